package dev.modgate.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;

/** A client that writes its request byte by byte as it is told, and no header of its own. */
final class RawClient {

  private final URI server;

  RawClient(String url) {
    this.server = URI.create(url);
  }

  /**
   * What came back, a character each byte.
   *
   * @param head status line and headers
   */
  record Answer(String head, String body) {}

  Answer get(String target, List<String> headers) throws IOException {
    StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\n");
    request.append("Host: ").append(server.getAuthority()).append("\r\nConnection: close\r\n");
    headers.forEach(header -> request.append(header).append("\r\n"));
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.append("\r\n").toString().getBytes(ISO_8859_1));
      return split(socket.getInputStream().readAllBytes());
    } catch (SocketException reset) {
      // A request that is none is hung up on.
      return new Answer("", "");
    }
  }

  private static Answer split(byte[] all) {
    String text = new String(all, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    String head = end < 0 ? text : text.substring(0, end);
    String body = end < 0 ? "" : text.substring(end + 4);
    return new Answer(head, body);
  }
}
