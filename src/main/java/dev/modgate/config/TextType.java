package dev.modgate.config;

import dev.modgate.verify.Parsed;
import java.util.function.Function;

/**
 * A text of a form.
 *
 * @param what it is, with its article
 * @param check valid, or why a text is refused ("is not …"), without repeating it
 */
record TextType(String what, String example, Function<String, Parsed<String>> check)
    implements ValueType<String> {

  @Override
  public Class<String> javaType() {
    return String.class;
  }

  @Override
  public Parsed<String> parse(String text) {
    return check.apply(text);
  }
}
