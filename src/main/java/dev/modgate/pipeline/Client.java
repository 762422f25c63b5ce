package dev.modgate.pipeline;

import dev.modgate.audit.Decision;

/**
 * Who asks.
 *
 * @param traceId of the request, 32 hex digits
 * @param address IP address
 * @param identity {@code anonymous} until somebody authenticates
 */
public record Client(String traceId, String address, String identity) {

  Decision.Who who() {
    return new Decision.Who(traceId, address, identity);
  }
}
