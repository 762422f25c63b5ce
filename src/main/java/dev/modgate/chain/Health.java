package dev.modgate.chain;

/** How a mirror is, from good to bad. */
public enum Health {
  /** As far as anybody knows. */
  HEALTHY,
  /** Its last requests failed, or others were faster; asked last for a while. */
  SUSPECT,
  /** Its probe fails, or it asked to be left alone; asked last. */
  DOWN,
  /** It lied too often, or is not who it was; not asked. */
  TAKEN_OUT
}
