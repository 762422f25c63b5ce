package dev.modgate.config;

import dev.modgate.document.DocumentReader;
import dev.modgate.document.Node;
import dev.modgate.verify.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the file, and walks it down the paths of the keys. */
final class FileSource {

  private static final Pattern AT_A_LINE = Pattern.compile("line (\\d+)(?:, column \\d+)?: (.*)");

  /** Other names are not repeated: in a broken file a key may be anything. */
  private static final Pattern REPEATABLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private static final String MIRRORS = "mirrors";

  private final String file;
  private final Settings settings;

  private FileSource(String file, Settings settings) {
    this.file = file;
    this.settings = settings;
  }

  static void read(Path path, Settings settings) {
    FileSource source = new FileSource(path.toString(), settings);
    try (InputStream in = Files.newInputStream(path)) {
      source.document(in.readNBytes(DocumentReader.MAX_BYTES + 1));
    } catch (NoSuchFileException missing) {
      source.unreadable("the file does not exist");
    } catch (IOException unreadable) {
      source.unreadable(Files.isDirectory(path) ? "it is a directory" : "the file cannot be read");
    }
  }

  private void unreadable(String why) {
    String fix = "name a readable file with --config or MODGATE_CONFIG";
    settings.problems().add(new Problem(file, "config", why, fix));
  }

  private void document(byte[] bytes) {
    switch (DocumentReader.yaml(bytes)) {
      case Parsed.Valid<Node>(Node.Mapping root) -> place(root, "", "");
      case Parsed.Valid<Node>(Node other) ->
          settings.problem(
              at(other.line()),
              "",
              "expected a mapping of keys, found " + other.kind(),
              "write \"listen: 127.0.0.1:8080\", for example");
      case Parsed.Invalid<Node>(String reason) -> malformed(reason);
    }
  }

  private void malformed(String reason) {
    Matcher matcher = AT_A_LINE.matcher(reason);
    Origin origin = at(matcher.matches() ? Integer.parseInt(matcher.group(1)) : 1);
    settings.problem(origin, "", reason, "correct the line");
  }

  /** Everything below one template, such as {@code mirrors.NAME.timeouts}. */
  private void place(Node.Mapping mapping, String template, String path) {
    for (Node.Entry entry : mapping.entries()) {
      if (template.equals(MIRRORS)) {
        mirror(entry);
      } else {
        entry(entry, join(template, entry.key()), join(path, entry.key()), template);
      }
    }
  }

  /** A key is known by its name at its place: a path in one key, such as store.ttl, is not. */
  private void entry(Node.Entry entry, String template, String path, String parent) {
    if (!Places.names(parent).contains(entry.key())) {
      unknown(entry, path, parent);
      return;
    }
    Optional<Key<?>> leaf = Places.key(template);
    if (leaf.isPresent()) {
      value(leaf.get(), path, entry);
    } else {
      inside(entry, template, path);
    }
  }

  private <T> void value(Key<T> key, String path, Node.Entry entry) {
    Origin origin = at(entry.line());
    Optional<String> text = key.type().textOf(entry.value());
    if (text.isPresent()) {
      settings.offer(key, path, text.get(), origin);
      return;
    }
    String message =
        "expected %s, found %s".formatted(key.type().what(), key.type().found(entry.value()));
    settings.problem(origin, path, message, origin.advice(path, key.example()));
  }

  private void mirror(Node.Entry entry) {
    String path = MIRRORS + "." + entry.key();
    switch (MirrorName.parse(entry.key())) {
      case Parsed.Valid<String>(String name) -> {
        settings.define(name, at(entry.line()));
        inside(entry, MIRRORS + "." + Key.NAME, path);
      }
      case Parsed.Invalid<String>(String reason) ->
          settings.problem(
              at(entry.line()),
              REPEATABLE.matcher(entry.key()).matches() ? path : MIRRORS,
              "has a key that " + reason,
              MirrorName.RULE);
    }
  }

  private void inside(Node.Entry entry, String template, String path) {
    switch (entry.value()) {
      case Node.Mapping mapping -> place(mapping, template, path);
      case Node.Null _ -> {}
      case Node.Sequence _, Node.Text _, Node.Numeral _, Node.Bool _ ->
          settings.problem(
              at(entry.line()),
              path,
              "expected a mapping, found " + entry.value().kind(),
              template.equals(MIRRORS)
                  ? "write the names of mirrors below it, indented"
                  : known(Places.names(template)));
    }
  }

  private void unknown(Node.Entry entry, String path, String parent) {
    List<String> names = Places.names(parent);
    Optional<String> nearest = Nearest.to(entry.key(), names);
    boolean repeatable =
        REPEATABLE.matcher(entry.key()).matches()
            && (nearest.isPresent() || !(entry.value() instanceof Node.Null));
    settings.problem(
        at(entry.line()),
        repeatable ? path : parent,
        repeatable ? "is an unknown key" : "holds an unknown key",
        nearest.map(name -> "write " + name).orElse(known(names)));
  }

  private static String known(List<String> names) {
    return "the keys known here are: " + String.join(", ", names);
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private Origin at(int line) {
    return new Origin.InFile(file, line);
  }
}
