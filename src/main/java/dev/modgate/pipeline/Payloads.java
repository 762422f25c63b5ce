package dev.modgate.pipeline;

import dev.modgate.chain.Payload;

/** Payloads of requests whose answers fit into memory. */
final class Payloads {

  private Payloads() {}

  static byte[] bytes(Payload payload) {
    return switch (payload) {
      case Payload.InMemory memory -> memory.bytes();
      case Payload.Spooled _ ->
          throw new IllegalStateException("a text was spooled to disk as if it were a zip");
    };
  }
}
