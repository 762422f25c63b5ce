package dev.modgate.it;

import dev.modgate.fake.LeakDetector.Encoding;
import java.util.EnumSet;
import java.util.Set;

/** The ways by which a secret comes into modgate. */
enum CanaryDoor {
  CLIENT_AUTHORIZATION("a client's `Authorization: Bearer`", all()),
  CLIENT_COOKIE("a client's cookie", all()),
  CLIENT_USER_AGENT("a client's `User-Agent`", all()),
  CLIENT_HEADER("a client's header of its own, and `X-Forwarded-For`", all()),
  CLIENT_HEADER_NAME(
      "the name of a client's header",
      EnumSet.of(Encoding.HEX_LOWER, Encoding.HEX_UPPER, Encoding.FRAGMENT)),
  CLIENT_QUERY("a client's query", all()),
  CLIENT_PATH("a client's path that is no module's", all()),
  CLIENT_TRACE_STATE("a client's `tracestate`", all()),
  CLIENT_BAGGAGE("a client's `baggage`", all()),
  MIRROR_URL_PASSWORD("the password in a mirror's URL, echoed by the mirror", all()),
  MIRROR_TOKEN_FILE("a mirror's bearer token in a file, echoed by the mirror", all()),
  LOGIN_PASSWORD("the body of a login, echoed by the mirror", all()),
  LOGIN_TOKEN("the token that the login gave, echoed by the mirror", all()),
  REDIRECT_SIGNATURE("the query of a signed redirect", all()),
  FOREIGN_TOKEN("a token behind its name, in the words of a mirror; nobody told modgate", all()),
  COLLECTOR_HEADER("a header for the collector, echoed by the collector", all()),
  TRAFFIC_TOKEN("the token for the traffic endpoint, echoed by the endpoint", all());

  private final String meaning;
  private final Set<Encoding> carried;

  CanaryDoor(String meaning, Set<Encoding> carried) {
    this.meaning = meaning;
    this.carried = carried;
  }

  /** For people. */
  String meaning() {
    return meaning;
  }

  /** What can come in here. */
  boolean carries(Encoding encoding) {
    return carried.contains(encoding);
  }

  private static Set<Encoding> all() {
    return EnumSet.allOf(Encoding.class);
  }
}
