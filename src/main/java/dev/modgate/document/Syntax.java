package dev.modgate.document;

import java.util.Optional;
import tools.jackson.core.JsonParser;

/** What differs between the two notations. */
sealed interface Syntax permits JsonSyntax, YamlSyntax {

  /** The sentence for anything after the one value. */
  String trailing();

  /** Why the token that the parser stands on is refused. */
  Optional<String> refusal(JsonParser parser);

  /** What a failure of the parser means, in words of our own: its messages quote the document. */
  RefusedDocument fault(JsonParser parser, RuntimeException failure);
}
