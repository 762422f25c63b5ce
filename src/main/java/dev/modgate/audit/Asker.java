package dev.modgate.audit;

import java.util.Optional;

/**
 * For whom a decision was made.
 *
 * @param traceId 32 hex digits
 * @param client IP address
 * @param identity {@code anonymous} until somebody authenticates
 * @param build the client's own name for what it is doing
 */
public record Asker(String traceId, String client, String identity, Optional<String> build) {}
