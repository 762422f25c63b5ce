package dev.modgate.verify.sumdb;

import dev.modgate.verify.tlog.LogRecord;

/**
 * A record that is proven to be in the newest tree, and so in every later one.
 *
 * @param lines those of the module version that was asked for
 */
record Proof(LogRecord record, RecordLines lines) {}
