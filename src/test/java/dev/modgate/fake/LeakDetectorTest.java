package dev.modgate.fake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.LeakDetector.Encoding;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LeakDetectorTest {

  private final LeakDetector detector = LeakDetector.random(new SplittableRandom(7));

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void search_plantedLeak_namesItsEncoding(Encoding encoding) {
    byte[] haystack = ("before " + detector.encode(encoding) + " after").getBytes(UTF_8);
    assertTrue(detector.search(haystack).contains(encoding), () -> encoding + " was not noticed");
  }

  @Test
  void search_otherCanary_findsNothing() {
    LeakDetector other = LeakDetector.random(new SplittableRandom(8));
    for (Encoding encoding : Encoding.values()) {
      assertEquals(List.of(), detector.search(other.encode(encoding).getBytes(UTF_8)));
    }
  }

  @Test
  void search_basicCredentials_findsThePassword() {
    String pair = "someone:" + detector.canary() + "\n";
    byte[] header = Base64.getEncoder().encode(pair.getBytes(UTF_8));
    assertTrue(detector.search(header).contains(Encoding.BASE64_OFFSET_2));
  }

  @Test
  void encode_eachEncoding_differs() {
    Set<String> texts = new HashSet<>();
    for (Encoding encoding : Encoding.values()) {
      assertTrue(texts.add(detector.encode(encoding)), encoding::name);
    }
  }
}
