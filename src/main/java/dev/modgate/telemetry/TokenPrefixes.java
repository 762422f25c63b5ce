package dev.modgate.telemetry;

import java.util.List;

/** How issuers begin their tokens, in lower case. */
final class TokenPrefixes {

  /** How a JSON Web Token begins: base64 of a brace and a quote (RFC 7519). */
  static final String JWT = "eyj";

  /** What follows is a token if there is a digit in it, or if it is long. */
  static final List<String> ALL =
      List.of(
              "ghp_,gho_,ghu_,ghs_,ghr_,github_pat_", // GitHub
              "glpat-,gldt-,glcbt-,glptt-,glrt-,glft-,glimt-,glagent-,glsoat-,glrtr-,glffct-", // GitLab
              "gr1348941", // GitLab, older
              "xoxa-,xoxb-,xoxe-,xoxo-,xoxp-,xoxr-,xoxs-,xapp-", // Slack
              "sk-,sk_,rk_", // OpenAI, Stripe
              "akia,asia,abia,acca,a3t,absk,bedrock-api-key-", // AWS
              "aiza,ya29.", // Google
              "ltai", // Alibaba
              "t1.,aqvn,yc", // Yandex
              "hf_,api_org_", // Hugging Face
              "hvs.,hvb.", // Vault
              "a3-,ops_", // 1Password
              "nrak-,nrjs-,nrii-", // New Relic
              "pscale_tkn_,pscale_oauth_,pscale_pw_", // PlanetScale
              "sm_pat_,sm_aat_,sm_sat_", // SettleMint
              "sqp_,squ_,sqa_", // Sonar
              "sq0atp-,sq0csp-,eaaa", // Square
              "flwseck_test-,flwpubk_test-", // Flutterwave
              "dnkey-,dnkey", // Defined Networking
              "pat.,sat.", // Harness
              "npm_,pypi-,dop_v1_,sg.,atatt,hrku-aa,sl.,tk-us-,sha256~",
              JWT)
          .stream()
          .flatMap(line -> List.of(line.split(",")).stream())
          .toList();

  private TokenPrefixes() {}
}
