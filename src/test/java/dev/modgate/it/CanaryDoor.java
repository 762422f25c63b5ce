package dev.modgate.it;

import dev.modgate.fake.LeakDetector.Encoding;

/** The ways by which a secret comes into modgate. */
enum CanaryDoor {
  CLIENT_AUTHORIZATION("a client's `Authorization: Bearer`"),
  CLIENT_COOKIE("a client's cookie"),
  CLIENT_USER_AGENT("a client's `User-Agent`"),
  CLIENT_HEADER("a client's header of its own, and `X-Forwarded-For`"),
  CLIENT_HEADER_NAME("the name of a client's header"),
  CLIENT_QUERY("a client's query"),
  CLIENT_PATH("a client's path that is no module's"),
  CLIENT_TRACE_STATE("a client's `tracestate`"),
  CLIENT_BAGGAGE("a client's `baggage`"),
  MIRROR_URL_PASSWORD("the password in a mirror's URL, echoed by the mirror"),
  MIRROR_TOKEN_FILE("a mirror's bearer token in a file, echoed by the mirror"),
  LOGIN_PASSWORD("the body of a login, echoed by the mirror"),
  LOGIN_TOKEN("the token that the login gave, echoed by the mirror"),
  REDIRECT_SIGNATURE("the query of a signed redirect"),
  FOREIGN_TOKEN("a token behind its name, in the words of a mirror; nobody told modgate"),
  COLLECTOR_HEADER("a header for the collector, echoed by the collector"),
  TRAFFIC_TOKEN("the token for the traffic endpoint, echoed by the endpoint");

  private final String meaning;

  CanaryDoor(String meaning) {
    this.meaning = meaning;
  }

  /** For people. */
  String meaning() {
    return meaning;
  }

  /** What can come in here: in a name there are letters and digits only. */
  boolean carries(Encoding encoding) {
    return this != CLIENT_HEADER_NAME
        || encoding == Encoding.HEX_LOWER
        || encoding == Encoding.HEX_UPPER
        || encoding == Encoding.FRAGMENT;
  }
}
