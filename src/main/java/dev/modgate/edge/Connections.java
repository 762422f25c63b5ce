package dev.modgate.edge;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many connections a listener takes at once; the next ones wait to be accepted. */
final class Connections {

  /** Descriptors that are left for the store, mirrors and the log, at least. */
  private static final long RESERVE = 200;

  /** Where nobody says how many descriptors there are. */
  private static final int UNKNOWN = 1024;

  static final int MOST = most();

  private Connections() {}

  private static int most() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? of(unix.getMaxFileDescriptorCount())
        : UNKNOWN;
  }

  /** Three quarters of the descriptors, and never the last {@value #RESERVE}. */
  static int of(long descriptors) {
    long most = descriptors - Math.max(descriptors / 4, RESERVE);
    return Math.toIntExact(Math.clamp(most, 1, 1_000_000));
  }
}
