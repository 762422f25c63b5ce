package dev.modgate.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A method that Jazzer searches with.
 *
 * @param type its class
 * @param method its name
 */
record FuzzTarget(Class<?> type, String method) implements Comparable<FuzzTarget> {

  private static final Path SOURCES = Path.of("src", "test", "java");
  private static final Path RESOURCES = Path.of("src", "test", "resources");
  private static final Path GENERATED = Path.of(".cifuzz-corpus");
  private static final Pattern ANNOTATED = Pattern.compile("(?m)^  @FuzzTest$");

  /** The targets in the source tree, but for those that are planted to be found. */
  static List<FuzzTarget> all() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(FuzzTarget::isTarget)
          .map(FuzzTarget::className)
          .filter(name -> !name.contains(".Planted"))
          .map(FuzzTarget::of)
          .sorted()
          .toList();
    }
  }

  /** The one target of a class. */
  static FuzzTarget of(String className) {
    try {
      // Not initialised: a target may start a process.
      Class<?> type = Class.forName(className, false, FuzzTarget.class.getClassLoader());
      List<String> methods =
          Stream.of(type.getDeclaredMethods())
              .filter(method -> method.isAnnotationPresent(FuzzTest.class))
              .map(Method::getName)
              .toList();
      if (methods.size() != 1) {
        throw new IllegalArgumentException(className + " has the targets " + methods);
      }
      return new FuzzTarget(type, methods.getFirst());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("no class " + className, e);
    }
  }

  /** What the searches of a target of this package start from. */
  @SuppressWarnings("unchecked") // Their @MethodSource says what they have.
  static Stream<byte[]> seeds(String name) {
    try {
      Class<?> type = Class.forName(FuzzTarget.class.getPackageName() + "." + name);
      return (Stream<byte[]>) type.getDeclaredMethod("seeds").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("no seeds of " + name, e);
    }
  }

  /** The name of its class, without package. */
  String name() {
    return type.getSimpleName();
  }

  /** Where Jazzer replays inputs from that are part of the source tree; may not exist. */
  Path keptCorpus() {
    return RESOURCES.resolve(type.getPackageName().replace('.', '/'), name() + "Inputs", method);
  }

  /** Where long searches leave what they find worth keeping; may not exist. */
  Path generatedCorpus() {
    return GENERATED.resolve(type.getName(), method);
  }

  @Override
  public int compareTo(FuzzTarget other) {
    return name().compareTo(other.name());
  }

  private static boolean isTarget(Path file) {
    try {
      return file.toString().endsWith(".java") && ANNOTATED.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String className(Path file) {
    String path = SOURCES.relativize(file).toString();
    return path.substring(0, path.length() - ".java".length()).replace('/', '.');
  }
}
