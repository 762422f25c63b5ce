package dev.modgate.pipeline;

import dev.modgate.audit.Asker;
import java.util.Optional;

/**
 * Who asks.
 *
 * @param traceId of the request, 32 hex digits
 * @param address IP address
 * @param identity {@code anonymous} until somebody authenticates
 * @param build its own name for what it is doing; only the audit log is told
 */
public record Client(String traceId, String address, String identity, Optional<String> build) {

  Asker asker() {
    return new Asker(traceId, address, identity, build);
  }
}
