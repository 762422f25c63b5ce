package dev.modgate.bench;

/**
 * One operation.
 *
 * @param millis how long it took
 * @param cpuMillis processor time of the whole process meanwhile: compilers and garbage collectors
 *     count
 * @param bytes what it allocated on the heap
 */
record Sample(double millis, double cpuMillis, double bytes) {

  static final Sample NONE =
      new Sample(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** The least of each: what others do on the machine only ever adds. */
  Sample least(Sample other) {
    return new Sample(
        Math.min(millis, other.millis),
        Math.min(cpuMillis, other.cpuMillis),
        Math.min(bytes, other.bytes));
  }
}
