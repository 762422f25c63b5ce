package dev.modgate.traffic;

import java.util.List;

/** Where lines go. */
interface TrafficEndpoint extends AutoCloseable {

  /**
   * Sends one batch; returns within the endpoint's time-out.
   *
   * @param lines of JSON, each with its line feed, in parts that are one text
   * @throws InterruptedException if it is not waited for any longer
   */
  Delivery deliver(List<byte[]> lines) throws InterruptedException;

  @Override
  void close();

  /** What became of a batch. */
  sealed interface Delivery {

    /** The endpoint has it. */
    record Taken() implements Delivery {}

    /**
     * The endpoint does not want this batch, and would not want it the next time.
     *
     * @param status of its answer
     */
    record Rejected(int status) implements Delivery {}

    /**
     * It may take it later. It may also have it, and just not have said so.
     *
     * @param reason words that hold nothing the endpoint sent
     */
    record NotNow(String reason) implements Delivery {}
  }
}
