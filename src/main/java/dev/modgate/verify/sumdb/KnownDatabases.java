package dev.modgate.verify.sumdb;

import java.util.Map;
import java.util.Optional;

/**
 * The databases that can be named without their key.
 *
 * <p>Source: go.dev/ref/mod#environment-variables (GOSUMDB) and cmd/go, knownGOSUMDB.
 */
public final class KnownDatabases {

  /** The public checksum database. */
  public static final String SUM_GOLANG_ORG = "sum.golang.org";

  /** The same database under a name that is reachable from mainland China. */
  static final String SUM_GOLANG_GOOGLE_CN = "sum.golang.google.cn";

  private static final Map<String, String> KEYS =
      Map.of(
          SUM_GOLANG_ORG, "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8");

  private KnownDatabases() {}

  /**
   * The verifier key of a known name.
   *
   * @param name such as {@code sum.golang.org}
   * @return the key's text form; empty if the name is not known
   */
  public static Optional<String> key(String name) {
    return Optional.ofNullable(KEYS.get(name));
  }
}
