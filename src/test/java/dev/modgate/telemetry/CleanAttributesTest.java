package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the attributes that the SDK makes of the same pairs. */
final class CleanAttributesTest {

  private static final AttributeKey<String> MODULE = TextAttribute.MODULE.otel();
  private static final AttributeKey<String> CACHE = TextAttribute.CACHE.otel();
  private static final AttributeKey<Long> BYTES = NumberAttribute.BYTES.otel();

  /** In an order that no sorting makes. */
  private final Attributes clean = modulesFirst(7);

  private final Attributes sdk =
      Attributes.builder().put(CACHE, "hit").put(BYTES, 7L).put(MODULE, "example.com/a").build();

  private static Attributes modulesFirst(int most) {
    CleanAttributes.Builder builder = new CleanAttributes.Builder(most);
    builder.put(MODULE, "example.com/a");
    builder.put(BYTES, 7L);
    builder.put(CACHE, "hit");
    return builder.build();
  }

  @Test
  void get_eachKey_isItsValue() {
    for (Attributes attributes : List.of(clean, sdk)) {
      assertEquals("example.com/a", attributes.get(MODULE));
      assertEquals(7L, attributes.get(BYTES));
      assertEquals("hit", attributes.get(CACHE));
    }
  }

  @Test
  void get_absentKeyOrAnotherType_isNull() {
    for (Attributes attributes : List.of(clean, sdk)) {
      assertNull(attributes.get(TextAttribute.VERSION.otel()));
      assertNull(attributes.get(AttributeKey.stringKey(BYTES.getKey())));
    }
  }

  @Test
  void forEach_pairs_comeInTheOrderInWhichTheyWerePut() {
    List<Object> seen = new ArrayList<>();
    clean.forEach((key, value) -> {
      seen.add(key);
      seen.add(value);
    });
    assertEquals(List.of(MODULE, "example.com/a", BYTES, 7L, CACHE, "hit"), seen);
  }

  @Test
  void size_withRoomLeftAndWithout_isThatOfThePairs() {
    assertEquals(sdk.size(), clean.size());
    assertEquals(sdk.size(), modulesFirst(3).size());
    assertFalse(clean.isEmpty());
  }

  @Test
  void build_nothingPut_isTheEmptyOneOfTheSdk() {
    assertSame(Attributes.empty(), new CleanAttributes.Builder(5).build());
  }

  @Test
  void asMap_pairs_areThoseOfTheSdkAndCannotChange() {
    assertEquals(sdk.asMap(), clean.asMap());
    Map<AttributeKey<?>, Object> map = clean.asMap();
    assertThrows(UnsupportedOperationException.class, () -> map.remove(MODULE));
  }

  @Test
  void toBuilder_built_isEqualToTheSdksInBothDirections() {
    assertEquals(sdk, clean.toBuilder().build());
    assertEquals(clean.toBuilder().build(), sdk);
    AttributeKey<String> version = TextAttribute.VERSION.otel();
    assertEquals(
        sdk.toBuilder().put(version, "v1.0.0").build(),
        clean.toBuilder().put(version, "v1.0.0").build());
  }

  /** The SDK's own are equal to nothing but their kind, so the other direction is not ours. */
  @Test
  void equals_samePairs_whateverTheirOrderAndWhoeverMadeThem() {
    CleanAttributes.Builder turned = new CleanAttributes.Builder(3);
    turned.put(CACHE, "hit");
    turned.put(BYTES, 7L);
    turned.put(MODULE, "example.com/a");
    Attributes other = turned.build();
    assertEquals(clean, other);
    assertEquals(other, clean);
    assertEquals(clean.hashCode(), other.hashCode());
    assertEquals(sdk.asMap().hashCode(), clean.hashCode());
    assertTrue(clean.equals(sdk));
  }

  @Test
  void equals_otherPairsOrNoAttributes_isFalse() {
    CleanAttributes.Builder fewer = new CleanAttributes.Builder(2);
    fewer.put(MODULE, "example.com/a");
    fewer.put(BYTES, 7L);
    assertNotEquals(clean, fewer.build());
    assertNotEquals(fewer.build(), clean);
    assertNotEquals(clean, sdk.toBuilder().put(BYTES, 8L).build());
    assertFalse(clean.equals(clean.asMap()));
  }

  @Test
  void toString_pairs_areShown() {
    for (String pair : List.of("modgate.module=example.com/a", "modgate.bytes=7")) {
      assertTrue(clean.toString().contains(pair), clean::toString);
    }
  }
}
