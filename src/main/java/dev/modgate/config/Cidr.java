package dev.modgate.config;

import dev.modgate.verify.Parsed;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network (RFC 4632 §3.1, RFC 4291 §2.3).
 *
 * @param address its first one: all bits after the prefix are 0
 * @param prefix 0 to 32 bits, or 128 for IPv6
 */
public record Cidr(InetAddress address, int prefix) {

  private static final Pattern SYNTAX = Pattern.compile("([0-9A-Fa-f:.]{2,45})/(\\d{1,3})");

  /** Reads {@code ADDRESS/BITS}; the reason does not repeat the text. */
  public static Parsed<Cidr> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Parsed.invalid("is not ADDRESS/BITS");
    }
    Optional<InetAddress> address = Literal.parse(matcher.group(1));
    if (address.isEmpty()) {
      return Parsed.invalid("holds no IP address");
    }
    int prefix = Integer.parseInt(matcher.group(2));
    byte[] bytes = address.get().getAddress();
    if (prefix > bytes.length * 8) {
      return Parsed.invalid("has more bits than its address");
    }
    for (int bit = prefix; bit < bytes.length * 8; bit++) {
      if (bit(bytes, bit) != 0) {
        return Parsed.invalid("has bits set after its prefix");
      }
    }
    return Parsed.valid(new Cidr(address.get(), prefix));
  }

  /** True if an address lies in it; one of the other family does not. */
  public boolean contains(InetAddress other) {
    byte[] ours = address.getAddress();
    byte[] theirs = other.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      if (bit(ours, bit) != bit(theirs, bit)) {
        return false;
      }
    }
    return true;
  }

  private static int bit(byte[] bytes, int index) {
    return (bytes[index / 8] >> (7 - index % 8)) & 1;
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefix;
  }
}
