package dev.modgate.edge;

import dev.modgate.protocol.Build;
import java.util.List;

/** Is told of each answer when its last byte has been sent, or the connection is gone. */
public interface ServedObserver {

  /** All of these, one after the other. */
  static ServedObserver all(List<ServedObserver> observers) {
    List<ServedObserver> each = List.copyOf(observers);
    return new ServedObserver() {
      @Override
      public void asked(Build build) {
        each.forEach(observer -> observer.asked(build));
      }

      @Override
      public void served(Served served) {
        each.forEach(observer -> observer.served(served));
      }
    };
  }

  /** A build asks; {@link #served} follows, with its share. It must not block, nor throw. */
  default void asked(Build build) {}

  /** Called on the thread that serves other requests next: it must not block, nor throw. */
  void served(Served served);
}
