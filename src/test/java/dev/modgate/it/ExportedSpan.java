package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A span as a collector gets it, as far as a search in Jaeger looks at it.
 *
 * @param trace its id, in hex
 * @param tags texts and whole numbers
 * @see <a
 *     href="https://github.com/open-telemetry/opentelemetry-proto/blob/v1.9.0/opentelemetry/proto/trace/v1/trace.proto">trace.proto</a>
 */
record ExportedSpan(String service, String operation, String trace, Map<String, String> tags) {

  /** All spans in the body of an export request: protobuf, unpacked. */
  static List<ExportedSpan> in(byte[] body) {
    List<ExportedSpan> spans = new ArrayList<>();
    for (byte[] resourceSpans : Message.of(body).all(1)) {
      Message part = Message.of(resourceSpans);
      String service =
          part.messages(1)
              .map(ExportedSpan::tags)
              .findFirst()
              .orElse(Map.of())
              .getOrDefault("service.name", "");
      part.messages(2)
          .flatMap(scopeSpans -> scopeSpans.messages(2))
          .forEach(span ->
              spans.add(
                  new ExportedSpan(service, span.text(5), span.hex(1), tags(span.messages(9)))));
    }
    return spans;
  }

  private static Map<String, String> tags(Message resource) {
    return tags(resource.messages(1));
  }

  private static Map<String, String> tags(Stream<Message> keyValues) {
    Map<String, String> tags = new HashMap<>();
    keyValues.forEach(pair ->
        pair.messages(2).forEach(value -> tags.put(pair.text(1), value.text(1) + value.text(3))));
    return tags;
  }

  /** A message of protobuf: the values of each field; a varint is its decimal digits. */
  private record Message(Map<Integer, List<byte[]>> fields) {

    static Message of(byte[] bytes) {
      Map<Integer, List<byte[]>> fields = new HashMap<>();
      ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      while (in.hasRemaining()) {
        int tag = (int) varint(in);
        fields.computeIfAbsent(tag >>> 3, _ -> new ArrayList<>()).add(value(in, tag & 7));
      }
      return new Message(fields);
    }

    private static byte[] value(ByteBuffer in, int wireType) {
      return switch (wireType) {
        case 0 -> Long.toString(varint(in)).getBytes(UTF_8);
        case 1 -> take(in, 8);
        case 2 -> take(in, (int) varint(in));
        case 5 -> take(in, 4);
        default -> throw new IllegalStateException("wire type " + wireType);
      };
    }

    private static byte[] take(ByteBuffer in, int length) {
      byte[] bytes = new byte[length];
      in.get(bytes);
      return bytes;
    }

    private static long varint(ByteBuffer in) {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = in.get();
        value |= (next & 0x7fL) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }

    List<byte[]> all(int field) {
      return fields.getOrDefault(field, List.of());
    }

    Stream<Message> messages(int field) {
      return all(field).stream().map(Message::of);
    }

    String hex(int field) {
      return HexFormat.of().formatHex(all(field).getLast());
    }

    /** Empty if there is none. */
    String text(int field) {
      return all(field).isEmpty() ? "" : new String(all(field).getLast(), UTF_8);
    }
  }
}
