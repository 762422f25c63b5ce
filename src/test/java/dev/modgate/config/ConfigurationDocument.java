package dev.modgate.config;

import java.util.List;

/** Writes {@code docs/configuration.md} from the table of keys. */
final class ConfigurationDocument {

  /** Loads as it stands. */
  static final String EXAMPLE =
      """
      listen: 127.0.0.1:8080
      goproxy: "corp|public"
      mirrors:
        corp:
          url: https://mirror.corp.example/base
          timeouts: {connect: 1s, first-byte: 5s}
          breaker: {failure-rate: 30%, open: 30s}
          credentials: {bearer: {file: /run/secrets/corp-token}}
          private: true
          tls: {sans: [mirror.corp.example], revocation: ocsp}
          identity: {headers: {server: "nginx/*"}}
      goprivate: [corp.example/*]
      store: {ttl: 5m}
      audit: {trusted-peers: [10.0.0.0/8]}
      """;

  private static final String INTRODUCTION =
      """
      # Configuration

      <!-- Generated from the table of keys: mvn test -Dtest=ConfigurationDocumentTest -Ddocs.apply=true -->

      modgate starts without any configuration. What it is told, it is told by flags, environment
      variables and one YAML file (`--config FILE`, or `MODGATE_CONFIG`); of two values of one key the
      flag wins over the variable, the variable over the file, the file over the default.

      - `modgate config` prints the effective value of every key and where it comes from; `--json`
        prints one object a line. Credentials are printed as `[REDACTED]`.
      - `modgate check-config FILE` says `ok`, or names every key, line and fix and exits with 2.
      - An unknown key or variable, a unit left out, or a value out of range refuses to start.
      - The variable of a key is in the tables; `NAME` stands for the name of a mirror, in capitals and
        with `_` for `-`. Lists are written with commas there. Variables that start with
        `MODGATE_LAUNCHER_` are the launcher's. `GOPROXY` and its like are never read.
      - Of YAML there are mappings, lists, texts, numbers, `true` and `false`; no anchors, aliases,
        tags, merge keys, duplicate keys or second documents, at most 1 MiB. A text that starts with
        `[` (an IPv6 address) or holds `: ` needs quotes.

      ```yaml
      """;

  private ConfigurationDocument() {}

  static String text() {
    StringBuilder text = new StringBuilder(INTRODUCTION).append(EXAMPLE).append("```\n");
    section(text, "Keys", Keys.all().stream().filter(key -> !key.isOfMirror()).toList());
    section(text, "Keys of a mirror", Keys.ofMirrors());
    return text.toString();
  }

  private static void section(StringBuilder text, String title, List<Key<?>> keys) {
    text.append("\n## ").append(title).append("\n\n");
    text.append("| key | value | default | meaning | variable |\n|---|---|---|---|---|\n");
    for (Key<?> key : keys) {
      text.append(
          "| `%s` | %s | %s | %s | `%s` |\n"
              .formatted(
                  key.path(),
                  cell(key.type().what()),
                  defaultOf(key),
                  cell(key.description()),
                  key.variable()));
    }
  }

  private static String defaultOf(Key<?> key) {
    return switch (key.absence()) {
      case REFUSED -> "required";
      case NOTHING -> "–";
      case DEFAULT -> {
        if (key.defaultText().isEmpty()) {
          yield key.type() instanceof ListType ? "`[]`" : "none";
        }
        yield "`" + key.defaultText() + "`";
      }
    };
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
