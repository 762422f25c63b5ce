package dev.modgate.bench;

/**
 * One measurement of one operation.
 *
 * @param millis how long it took
 * @param bytes what it allocated on the heap
 */
record Sample(double millis, double bytes) {

  static final Sample NONE = new Sample(Double.POSITIVE_INFINITY, 0);

  Sample faster(Sample other) {
    return other.millis < millis ? other : this;
  }
}
