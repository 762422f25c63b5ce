package dev.modgate.oracle;

import dev.modgate.verify.Parsed;
import java.util.List;

/** What was said to a {@link Question}, by the oracle or by us. */
public sealed interface Answer {

  /** True, or what came out. */
  record Yes(List<String> values) implements Answer {}

  /** False, or refused; the reasons of the two need not agree. */
  record No(String reason) implements Answer {}

  /** Yes without values, or no. */
  static Answer of(boolean yes) {
    return yes ? yes() : new No("false");
  }

  static Answer yes(String... values) {
    return new Yes(List.of(values));
  }

  /** Yes with the value as text, or no with the reason. */
  static Answer of(Parsed<?> parsed) {
    return switch (parsed) {
      case Parsed.Valid<?>(Object value) -> yes(value.toString());
      case Parsed.Invalid<?>(String reason) -> new No(reason);
    };
  }

  /** Whether the two say the same, whatever the reason. */
  default boolean agrees(Answer other) {
    return switch (this) {
      case Yes yes -> yes.equals(other);
      case No no -> other instanceof No;
    };
  }
}
