package dev.modgate.protocol;

/** What a raw request target turned out to be. */
public sealed interface Target {

  /** A request of the protocol. */
  record Known(Request request) implements Target {}

  /** It has the shape of the protocol but breaks a rule of it. */
  record Malformed(String reason) implements Target {}

  /** It is not of the protocol: the module listener has nothing there. */
  record NotServed() implements Target {}

  /** A checksum database that is not configured: nothing is asked on its behalf. */
  record UnknownDatabase() implements Target {}
}
