package dev.modgate.telemetry;

import java.util.HashSet;
import java.util.Set;

/**
 * The names that a span may have: a method and a route for a request that came in, or a {@link
 * SpanName}. Anything else becomes {@value #REDACTED}.
 */
public final class SpanNames {

  /**
   * The routes of modgate: GOPROXY (go.dev/ref/mod#goproxy-protocol), the relayed checksum database
   * (go.dev/design/25530-sumdb#proxying-a-checksum-database), the admin listener, and one for all
   * else.
   */
  public static final Set<String> ROUTES =
      Set.of(
          "/{module}/@v/list",
          "/{module}/@v/{version}.info",
          "/{module}/@v/{version}.mod",
          "/{module}/@v/{version}.zip",
          "/{module}/@latest",
          "/sumdb/{database}/supported",
          "/sumdb/{database}/latest",
          "/sumdb/{database}/lookup/{module}@{version}",
          "/sumdb/{database}/tile/{tile}",
          "/healthz",
          "/readyz",
          "/metrics",
          "/status",
          "/",
          "/{other}");

  /** The name of a span that has no allowed one. */
  static final String REDACTED = "redacted";

  private static final Set<String> ALL = all();

  private SpanNames() {}

  /** GET and HEAD as they are; HTTP for any other, as the semantic conventions say. */
  static String request(String method, String route) {
    return (isKnownMethod(method) ? method : "HTTP") + " " + route;
  }

  static boolean isKnownMethod(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  static String clean(String name) {
    return ALL.contains(name) ? name : REDACTED;
  }

  private static Set<String> all() {
    Set<String> all = new HashSet<>();
    for (SpanName name : SpanName.values()) {
      all.add(name.text());
    }
    for (String route : ROUTES) {
      all.add(request("GET", route));
      all.add(request("HEAD", route));
      all.add(request("_OTHER", route));
    }
    return Set.copyOf(all);
  }
}
