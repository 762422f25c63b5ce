package dev.modgate.traffic;

import java.util.Optional;

/**
 * How the copy fares. Every line is in exactly one of the first four numbers.
 *
 * @param sent lines that the endpoint has taken
 * @param dropped lines for which there was no place
 * @param rejected lines that the endpoint does not want
 * @param queued lines that wait or are under way
 * @param failed attempts to send a batch that did not succeed
 * @param leftOut lines among those sent that were without the body that they should have had
 * @param trouble why the last attempt failed; empty if it did not
 */
public record TrafficReport(
    long sent,
    long dropped,
    long rejected,
    long queued,
    long failed,
    long leftOut,
    Optional<String> trouble) {}
