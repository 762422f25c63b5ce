package dev.modgate.fake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

final class FakeLogServerTest {

  @Test
  void server_belowItsPrefix_answersAsTheLog() throws Exception {
    FakeLog log = new FakeLog("log.test", 1).addMany(3);
    log.add("test.example/Azure@v2.0.0+incompatible");
    try (FakeLogServer server = new FakeLogServer(log, "/sumdb/log.test");
        HttpClient client = HttpClient.newHttpClient()) {
      assertEquals(200, get(client, server.uri() + "/supported").statusCode());
      assertArrayEquals(log.note(4), get(client, server.uri() + "/latest").body());
      for (String escaped : new String[] {"!azure", "%21azure"}) {
        String url = server.uri() + "/lookup/test.example/" + escaped + "@v2.0.0+incompatible";
        assertArrayEquals(log.lookupBody(3, 4), get(client, url).body());
      }
      assertEquals(128, get(client, server.uri() + "/tile/8/0/000.p/4").body().length);
      assertEquals(404, get(client, server.uri() + "/tile/8/0/000").statusCode());
      assertEquals(404, get(client, server.uri() + "/lookup/a.test/b@v1.0.0").statusCode());
      assertEquals(404, get(client, server.uri().resolve("/latest").toString()).statusCode());
      log.down(true);
      assertEquals(500, get(client, server.uri() + "/latest").statusCode());
    }
  }

  private static HttpResponse<byte[]> get(HttpClient client, String url) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
