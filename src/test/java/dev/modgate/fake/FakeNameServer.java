package dev.modgate.fake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A name server over UDP (RFC 1035 §4) that knows IPv4 addresses of a few names, and of all others
 * that they do not exist. Its answers may not be kept (TTL 0).
 */
public final class FakeNameServer implements AutoCloseable {

  /** The port of resolvers: {@code resolv.conf} can't name another. */
  public static final int PORT = 53;

  private static final int HEADER = 12;
  private static final int LONGEST = 512;
  private static final short TYPE_A = 1;
  private static final short CLASS_IN = 1;
  private static final int RESPONSE = 0x8180; // QR, RD, RA
  private static final int NO_SUCH_NAME = 3;
  private static final short THE_QUESTION = (short) 0xc00c; // a pointer to the name at offset 12

  private final DatagramSocket socket;
  private final Thread thread;
  private final Map<String, InetAddress> addresses = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  /**
   * @throws IOException if the address is not to be had, or the port takes more rights
   */
  public FakeNameServer(InetSocketAddress address) throws IOException {
    this.socket = new DatagramSocket(address);
    this.thread = Thread.ofPlatform().daemon().name("name server").start(this::serve);
  }

  /** From now on the name means this. */
  public void let(String name, InetAddress address) {
    addresses.put(name, address);
  }

  /** Forgets what was asked. Returns whether the name's IPv4 address was. */
  public boolean wasAsked(String name) {
    boolean was = asked.contains(name);
    asked.clear();
    return was;
  }

  private void serve() {
    byte[] buffer = new byte[LONGEST];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        byte[] answer = answer(ByteBuffer.wrap(buffer, 0, packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        // Closed, or nobody waits for the answer any more.
      }
    }
  }

  private byte[] answer(ByteBuffer query) {
    short id = query.getShort();
    query.position(HEADER);
    String name = name(query);
    boolean isAddress = query.getShort() == TYPE_A;
    int end = query.position() + Short.BYTES;
    if (isAddress) {
      asked.add(name);
    }
    Optional<InetAddress> known = Optional.ofNullable(addresses.get(name));
    boolean isAnswered = isAddress && known.isPresent();
    ByteBuffer answer = ByteBuffer.allocate(LONGEST);
    answer.putShort(id).putShort((short) (RESPONSE | (known.isPresent() ? 0 : NO_SUCH_NAME)));
    answer.putShort((short) 1).putShort((short) (isAnswered ? 1 : 0)).putInt(0);
    answer.put(query.slice(HEADER, end - HEADER));
    if (isAnswered) {
      byte[] address = known.orElseThrow().getAddress();
      answer.putShort(THE_QUESTION).putShort(TYPE_A).putShort(CLASS_IN).putInt(0);
      answer.putShort((short) address.length).put(address);
    }
    byte[] bytes = new byte[answer.position()];
    answer.flip().get(bytes);
    return bytes;
  }

  /** Labels, each after its length, up to an empty one (RFC 1035 §3.1). */
  private static String name(ByteBuffer query) {
    StringBuilder name = new StringBuilder();
    for (int length = query.get(); length > 0; length = query.get()) {
      byte[] label = new byte[length];
      query.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, US_ASCII));
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    socket.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
