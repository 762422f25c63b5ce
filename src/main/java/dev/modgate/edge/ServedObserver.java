package dev.modgate.edge;

/** Is told of each answer when its last byte has been sent, or the connection is gone. */
public interface ServedObserver {

  /** For a gate whose answers nobody wants to hear of. */
  ServedObserver NOBODY = served -> {};

  /** Called on the thread that serves other requests next: it must not block, nor throw. */
  void served(Served served);
}
