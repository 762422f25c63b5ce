package dev.modgate.config;

/** How grave something is that is said, the least first. */
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARNING,
  ERROR
}
