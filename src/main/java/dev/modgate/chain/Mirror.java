package dev.modgate.chain;

/**
 * One upstream module mirror. Behaviours are added by wrapping: {@link Mirrors#of} shows the order.
 */
public interface Mirror {

  /** The operator's name for it: in the audit log, in spans, in {@code Modgate-Mirror}. */
  String name();

  /**
   * Asks once and waits, within the mirror's deadlines. Call it on a thread that may block.
   *
   * @return never an exception for anything that the network or the mirror does
   */
  Reply get(MirrorRequest request);
}
