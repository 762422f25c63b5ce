package dev.modgate.traffic;

import dev.modgate.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where lines go, and how many may wait.
 *
 * @param url of the endpoint, without credentials
 * @param userAndPassword {@code user:password}, sent as HTTP Basic
 * @param queue lines that wait or are under way at most
 * @param timeout of one batch
 */
public record TrafficSettings(
    URI url, Optional<Secret> userAndPassword, int queue, Duration timeout) {}
