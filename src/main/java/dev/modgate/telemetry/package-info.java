/**
 * Telemetry: the only room that knows OpenTelemetry.
 *
 * <p><b>Enters:</b> the {@code OTEL_*} variables, spans that the other rooms' decorators open, and
 * the secrets of this process, so that they can be recognised. <b>Leaves:</b> trace ids, and spans
 * that hold nothing but what {@link dev.modgate.telemetry.AllowedAttributes} names.
 *
 * <p><b>Trusts:</b> nobody with a secret, the collector least of all. Every span is rebuilt before
 * an exporter sees it; what the rebuilding does not know is absent; a span that can't be rebuilt is
 * dropped and counted; telemetry never makes a request fail. There are two locks on the way out:
 * {@code RedactingSpanProcessor} in front of every processor that exports, and {@code
 * RedactedOnlyExporter} around every exporter, which lets only rebuilt spans pass.
 */
package dev.modgate.telemetry;
