package dev.modgate.probe;

import dev.modgate.chain.Sighting;
import dev.modgate.probe.ProbeReport.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the heads of all answers have in common. */
final class Looks {

  /** They belong to one answer and not to the mirror. */
  private static final Set<String> OF_ONE_ANSWER =
      Set.of(
          "accept-ranges",
          "age",
          "cache-control",
          "connection",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-length",
          "content-type",
          "date",
          "etag",
          "expires",
          "keep-alive",
          "last-modified",
          "location",
          "pragma",
          "retry-after",
          "transfer-encoding",
          "vary");

  /** They may hold what lets its holder in. */
  private static final Set<String> SECRET =
      Set.of("set-cookie", "authorization", "www-authenticate", "authentication-info");

  /** They say what made the answer, and not what the answer is. */
  private static final Set<String> TELLING =
      Set.of(
          "server",
          "via",
          "x-powered-by",
          "x-artifactory-id",
          "strict-transport-security",
          "content-security-policy",
          "x-content-type-options",
          "x-frame-options",
          "x-xss-protection");

  /** Beginnings of headers by which a network or a program gives itself away. */
  private static final Map<String, String> MAKERS =
      Map.ofEntries(
          Map.entry("cf-ray", "Cloudflare"),
          Map.entry("x-amz-cf-", "Amazon CloudFront"),
          Map.entry("x-amz-request-id", "Amazon S3"),
          Map.entry("x-fastly-", "Fastly"),
          Map.entry("x-served-by", "Fastly"),
          Map.entry("x-azure-ref", "Azure Front Door"),
          Map.entry("akamai-", "Akamai"),
          Map.entry("x-akamai-", "Akamai"),
          Map.entry("x-goog-", "Google Cloud Storage"),
          Map.entry("x-artifactory-", "Artifactory"),
          Map.entry("x-jfrog-", "Artifactory"),
          Map.entry("x-envoy-", "Envoy"),
          Map.entry("x-varnish", "Varnish"));

  private final Map<String, Optional<String>> common = new TreeMap<>();

  Looks(List<Sighting.Answer> answers) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    for (Sighting.Answer answer : answers) {
      answer
          .headers()
          .forEach((name, value) -> {
            seen.merge(name, 1, Integer::sum);
            common.merge(
                name,
                Optional.of(value),
                (before, now) -> before.equals(now) ? now : Optional.empty());
          });
    }
    seen.forEach((name, times) -> {
      if (times < answers.size()) {
        common.put(name, Optional.empty());
      }
    });
  }

  List<Header> headers() {
    List<Header> headers = new ArrayList<>();
    common.forEach((name, value) -> {
      if (!OF_ONE_ANSWER.contains(name)) {
        headers.add(new Header(name, value.filter(_ -> !SECRET.contains(name))));
      }
    });
    return headers;
  }

  List<String> makers() {
    Set<String> makers = new TreeSet<>();
    for (String name : common.keySet()) {
      MAKERS.forEach((beginning, maker) -> {
        if (name.startsWith(beginning)) {
          makers.add(maker);
        }
      });
    }
    return List.copyOf(makers);
  }

  /** Headers that are the same in every answer, as globs. */
  Map<String, String> globs() {
    Map<String, String> globs = new TreeMap<>();
    common.forEach((name, value) -> {
      if (TELLING.contains(name)) {
        value.filter(text -> text.matches("[ -~]+")).ifPresent(text -> globs.put(name, glob(text)));
      }
    });
    return globs;
  }

  /** A glob that matches one text alone. */
  static String glob(String text) {
    return text.replace("\\", "\\\\").replace("*", "\\*");
  }
}
