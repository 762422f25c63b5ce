package dev.modgate.verify.sumdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class LogSourceTest {

  @Test
  void of_function_isAskedForThePath() {
    LogSource source =
        LogSource.of("mirror", path -> new LogSource.Answer.Missing(404, "no " + path));
    assertEquals("mirror", source.name());
    assertEquals(new LogSource.Answer.Missing(404, "no /latest"), source.get("/latest"));
  }

  @Test
  void of_functionThatThrows_isAFailure() {
    LogSource source =
        LogSource.of(
            "mirror",
            _ -> {
              throw new IOException("no connection");
            });
    assertEquals(
        new LogSource.Answer.Failed("java.io.IOException: no connection"), source.get("/latest"));
  }
}
