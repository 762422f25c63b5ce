package dev.modgate.traffic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.edge.ServedBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Lines as they are sent, each with its line feed; what they hold of bodies is read now, and
 * encoded as base64 (RFC 4648 §4).
 */
final class Batch {

  private final String run;
  private final List<byte[]> parts = new ArrayList<>();
  private int leftOut;

  private Batch(String run) {
    this.run = run;
  }

  /**
   * Reads what has to be read.
   *
   * @param run see {@link TrafficLine#json}
   */
  static Batch of(List<TrafficLine> lines, String run) {
    Batch batch = new Batch(run);
    lines.forEach(batch::add);
    return batch;
  }

  /** One after the other they are the batch. The bodies are in there once. */
  List<byte[]> parts() {
    return parts;
  }

  /** Lines that say that they are without the body that they should have. */
  int leftOut() {
    return leftOut;
  }

  private void add(TrafficLine line) {
    Optional<ServedBody> body = line.served().body();
    if (body.isEmpty()) {
      addWithoutBody(line);
      return;
    }
    try {
      byte[] bytes = read(body.get(), line.bodyBytes());
      String json = line.json(run);
      parts.add((json.substring(0, json.length() - 1) + ",\"body\":\"").getBytes(UTF_8));
      parts.add(Base64.getEncoder().encode(bytes));
      parts.add("\"}\n".getBytes(US_ASCII));
    } catch (IOException e) {
      addWithoutBody(line.without(LeftOut.GONE));
    }
  }

  private void addWithoutBody(TrafficLine line) {
    leftOut += line.leftOut().isPresent() ? 1 : 0;
    parts.add((line.json(run) + "\n").getBytes(UTF_8));
  }

  private static byte[] read(ServedBody body, long expected) throws IOException {
    byte[] bytes = body.read(Math.toIntExact(expected));
    if (bytes.length != expected) {
      throw new IOException("a body is shorter than what was served of it");
    }
    return bytes;
  }
}
