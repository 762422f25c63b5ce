package dev.modgate.chain;

/** The states of the mirrors by their names. */
interface Roster {

  /** The state of a mirror; of one that nobody has heard of, a new one. */
  MirrorState state(String mirror);
}
