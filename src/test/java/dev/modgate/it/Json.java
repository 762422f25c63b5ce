package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.document.DocumentReader;
import dev.modgate.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an API answers; what is not there is empty, as deep as one asks.
 *
 * @param node nothing where nothing is
 */
record Json(Optional<Node> node) {

  static Json parse(String document) {
    return new Json(Optional.of(DocumentReader.json(document.getBytes(UTF_8)).orThrow()));
  }

  /** The member of a member of … */
  Json at(String... names) {
    Json here = this;
    for (String name : names) {
      here = new Json(here.mapping().flatMap(mapping -> mapping.find(name)));
    }
    return here;
  }

  /** The items of a list. */
  List<Json> items() {
    return node
        .filter(Node.Sequence.class::isInstance)
        .map(list -> ((Node.Sequence) list).items())
        .orElse(List.of())
        .stream()
        .map(item -> new Json(Optional.of(item)))
        .toList();
  }

  /** The members, with texts and numbers as texts. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    mapping()
        .ifPresent(mapping ->
            mapping
                .entries()
                .forEach(
                    entry -> texts.put(entry.key(), new Json(Optional.of(entry.value())).text())));
    return texts;
  }

  /** A text, or a number as it is written. */
  String text() {
    return switch (node.orElse(new Node.Null(1))) {
      case Node.Text text -> text.value();
      case Node.Numeral number -> number.text();
      case Node.Mapping _, Node.Sequence _, Node.Bool _, Node.Null _ -> "";
    };
  }

  private Optional<Node.Mapping> mapping() {
    return node.filter(Node.Mapping.class::isInstance).map(Node.Mapping.class::cast);
  }
}
