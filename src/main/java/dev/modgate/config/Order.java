package dev.modgate.config;

/** Who is asked first of mirrors that may be asked in any order. */
public enum Order {
  /** The fastest that is well. */
  ADAPTIVE,
  /** The one that is written first and is well. */
  LISTED
}
