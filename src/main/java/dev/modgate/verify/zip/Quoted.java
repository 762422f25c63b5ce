package dev.modgate.verify.zip;

/** Untrusted bytes as printable ASCII for a reason. */
final class Quoted {
  /** Longest text that is quoted whole, in bytes. */
  private static final int LIMIT = 120;

  private Quoted() {}

  /** In quotes; what is not printable ASCII as {@code \xHH}; cut after 120 bytes. */
  static String of(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length + 2).append('"');
    for (int i = 0; i < Math.min(bytes.length, LIMIT); i++) {
      append(text, bytes[i] & 0xff);
    }
    return text.append(bytes.length > LIMIT ? "\"..." : "\"").toString();
  }

  private static void append(StringBuilder text, int octet) {
    if (octet == '"' || octet == '\\') {
      text.append('\\').append((char) octet);
    } else if (octet >= 0x20 && octet < 0x7f) {
      text.append((char) octet);
    } else {
      text.append("\\x")
          .append(Character.forDigit(octet >> 4, 16))
          .append(Character.forDigit(octet & 0xf, 16));
    }
  }
}
