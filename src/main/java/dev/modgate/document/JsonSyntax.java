package dev.modgate.document;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** RFC 8259. */
record JsonSyntax() implements Syntax {

  @Override
  public String trailing() {
    return "content after the end of the JSON document";
  }

  @Override
  public Optional<String> refusal(JsonParser parser) {
    return Optional.empty();
  }

  @Override
  public RefusedDocument fault(JsonParser parser, RuntimeException failure) {
    TokenStreamLocation location =
        failure instanceof JacksonException jackson && jackson.getLocation() != null
            ? jackson.getLocation()
            : parser.currentLocation();
    Position position =
        new Position(Math.max(location.getLineNr(), 1), Math.max(location.getColumnNr(), 0));
    return new RefusedDocument(position, kind(failure));
  }

  private static String kind(RuntimeException failure) {
    return switch (failure) {
      case UnexpectedEndOfInputException _ -> "the JSON document ends in the middle";
      case StreamConstraintsException _ -> "a number or a key is too long";
      case RuntimeException _ -> "not well-formed JSON";
    };
  }
}
