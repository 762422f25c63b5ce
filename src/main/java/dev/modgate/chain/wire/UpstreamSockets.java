package dev.modgate.chain.wire;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Sockets without Nagle's delay. Guarded ones refuse to connect inside the operator's network: the
 * address is looked at when it is used, so a name that resolves to another one later gains nothing.
 */
public final class UpstreamSockets extends SocketFactory {

  private final boolean guarded;

  public UpstreamSockets(boolean guarded) {
    this.guarded = guarded;
  }

  @Override
  public Socket createSocket() throws SocketException {
    Socket socket = guarded ? new PublicSocket() : new Socket();
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  private Socket connected(SocketAddress address) throws IOException {
    Socket socket = createSocket();
    try {
      socket.connect(address);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** True for addresses that belong to the public internet. */
  static boolean isPublic(InetAddress address) {
    boolean special =
        address.isLoopbackAddress()
            || address.isAnyLocalAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress();
    return !special && !isReserved(address.getAddress(), address instanceof Inet6Address);
  }

  /** RFC 6890: shared, reserved and translated ranges. */
  private static boolean isReserved(byte[] a, boolean six) {
    int first = a[0] & 0xff;
    int second = a[1] & 0xff;
    if (six) {
      boolean uniqueLocal = (first & 0xfe) == 0xfc;
      boolean translated = first == 0x00 && second == 0x64;
      boolean sixToFour = first == 0x20 && second == 0x02;
      return uniqueLocal || translated || sixToFour || first == 0x00;
    }
    return first == 0
        || first >= 240
        || (first == 100 && (second & 0xc0) == 64)
        || (first == 192 && second == 0 && (a[2] & 0xff) == 0)
        || (first == 198 && (second & 0xfe) == 18);
  }

  private static final class PublicSocket extends Socket {
    @Override
    public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
      if (!(endpoint instanceof InetSocketAddress address)
          || address.isUnresolved()
          || !isPublic(address.getAddress())) {
        throw new ForbiddenAddressException();
      }
      super.connect(endpoint, timeoutMillis);
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }
  }
}
