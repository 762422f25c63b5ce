package dev.modgate.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.modgate.secret.SecretWatch;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DiscreetMirrorTest {

  private static final SecretWatch WATCH =
      new SecretWatch() {
        @Override
        public boolean isRepeatedIn(byte[] bytes) {
          return new String(bytes, UTF_8).contains("s3cr3t");
        }

        @Override
        public String clean(String words) {
          return words.replace("s3cr3t", "[REDACTED]");
        }
      };

  @Test
  void get_documentThatRepeatsASecret_isNoAnswer() {
    assertEquals(
        new Reply.Failed(new Failure.Broken("repeated a secret that it was shown")),
        through(document("{\"URL\":\"https://ci:s3cr3t@git.test\"}")));
  }

  @Test
  void get_documentWithoutASecret_isPassedOn() {
    Reply reply = document("{\"URL\":\"https://git.test\"}");
    assertSame(reply, through(reply));
  }

  @Test
  void get_wordsWithASecret_loseIt() {
    assertEquals(
        new Reply.NotThere(410, "you showed [REDACTED]"),
        through(new Reply.NotThere(410, "you showed s3cr3t")));
  }

  @Test
  void get_fileOrFailure_isPassedOn() {
    Reply file = new Reply.Content(new Payload.Spooled(Path.of("s3cr3t"), 1), Duration.ofMillis(1));
    assertSame(file, through(file));
    Reply failed = new Reply.Failed(new Failure.Broken("broke off"));
    assertSame(failed, through(failed));
  }

  private static Reply document(String text) {
    return new Reply.Content(new Payload.InMemory(text.getBytes(UTF_8)), Duration.ofMillis(1));
  }

  private static Reply through(Reply reply) {
    Mirror mirror =
        new Mirror() {
          @Override
          public String name() {
            return "corp";
          }

          @Override
          public Reply get(MirrorRequest request) {
            return reply;
          }
        };
    return new DiscreetMirror(mirror, WATCH).get(MirrorRequest.inMemory("/m/@v/list", 1024));
  }
}
