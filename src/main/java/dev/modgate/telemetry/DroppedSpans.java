package dev.modgate.telemetry;

/**
 * How many spans were dropped since the start because of redaction.
 *
 * @param failed the redaction threw; 0 or more
 * @param unredacted they came to an exporter past the redaction, which is a bug; 0 or more
 */
public record DroppedSpans(long failed, long unredacted) {}
