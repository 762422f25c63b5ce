package dev.modgate.verify.module;

import static dev.modgate.verify.module.ModuleTexts.FILES;
import static dev.modgate.verify.module.ModuleTexts.GLOBS;
import static dev.modgate.verify.module.ModuleTexts.PATHS;
import static dev.modgate.verify.module.ModuleTexts.PIECES;
import static dev.modgate.verify.module.ModuleTexts.VERSIONS;

import dev.modgate.oracle.Mutator;
import dev.modgate.oracle.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Questions about the texts of this room, hand-picked or random. */
final class ModuleQuestions {

  /** Operations on one path, and on one version; every text is asked in all of them. */
  private static final List<String> OF_PATH =
      List.of("checkpath", "checkimport", "checkfile", "pathmajor", "escapepath", "unescapepath");

  private static final List<String> OF_VERSION =
      List.of(
          "escapeversion",
          "unescapeversion",
          "canonicalversion",
          "pseudo",
          "pseudobase",
          "pseudorev",
          "pseudotime",
          "semvervalid",
          "semverparts");

  private final RandomGenerator random;
  private final Mutator paths;
  private final Mutator names;
  private final Mutator versions;
  private final Mutator globs;

  ModuleQuestions(long seed) {
    random = new SplittableRandom(seed);
    paths = new Mutator(random, PATHS, PIECES);
    names = new Mutator(random, Stream.concat(PATHS.stream(), FILES.stream()).toList(), PIECES);
    versions = new Mutator(random, VERSIONS, PIECES);
    globs = new Mutator(random, GLOBS, PIECES);
  }

  static List<Question> handPicked() {
    List<String> all =
        Stream.of(PATHS, FILES, VERSIONS, GLOBS, PIECES).flatMap(List::stream).toList();
    List<Question> questions = new ArrayList<>();
    for (String text : all) {
      OF_PATH.forEach(op -> questions.add(Question.of(op, text)));
      OF_VERSION.forEach(op -> questions.add(Question.of(op, text)));
      questions.add(
          Question.of("hash1", "b", text, text + "\uFB00", "x", text + "\uD801\uDC00", "y"));
    }
    pairs(questions, "check", PATHS, VERSIONS);
    pairs(questions, "matchprefix", GLOBS, all);
    pairs(questions, "semvercompare", VERSIONS, VERSIONS);
    pairs(questions, "equalfold", PIECES, PIECES);
    everyAscii(questions);
    everyDevice(questions);
    everyCasedCharacter(questions);
    return questions;
  }

  private static void pairs(List<Question> to, String op, List<String> left, List<String> right) {
    left.forEach(a -> right.forEach(b -> to.add(Question.of(op, a, b))));
  }

  /** Each ASCII character at the places where rules differ. */
  private static void everyAscii(List<Question> to) {
    for (int c = 0; c < 0x80; c++) {
      String text = Character.toString(c);
      for (String form : List.of("?.b", "x?.b", "a.b/x?y", "a.b/?", "a.b/x?", "a.b/!?", "?/x.b")) {
        OF_PATH.forEach(op -> to.add(Question.of(op, form.replace("?", text))));
      }
      for (String form :
          List.of("?", "!?", "?1.2.3", "v1.2.3-x?y", "v1.2.3+x?y", "v1.?.3", "v1?")) {
        OF_VERSION.forEach(op -> to.add(Question.of(op, form.replace("?", text))));
      }
      pairs(to, "matchprefix", List.of("[a-" + text + "]", text, "\\" + text), List.of("b", text));
    }
  }

  /** The names of devices on Windows, and names close to them. */
  private static void everyDevice(List<Question> to) {
    List<String> names =
        new ArrayList<>(List.of("con", "prn", "aux", "nul", "com", "lpt", "conin$"));
    IntStream.rangeClosed(0, 10).forEach(i -> names.addAll(List.of("com" + i, "lpt" + i)));
    for (String name : names) {
      for (String form :
          List.of("a.b/?", "a.b/?/c", "a.b/?.x", "a.b/x.?", "a.b/.?", "?.b", "a.b/x?")) {
        OF_PATH.forEach(op -> to.add(Question.of(op, form.replace("?", name))));
        OF_PATH.forEach(
            op -> to.add(Question.of(op, form.replace("?", name.toUpperCase(Locale.ROOT)))));
      }
      to.add(Question.of("escapeversion", name));
      to.add(Question.of("unescapeversion", name));
    }
  }

  /** Each character that the JDK takes for cased, with what it takes for its other cases. */
  private static void everyCasedCharacter(List<Question> to) {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String text = Character.toString(c);
      IntStream.of(Character.toUpperCase(c), Character.toLowerCase(c), Character.toTitleCase(c))
          .mapToObj(Character::toString)
          .distinct()
          .filter(other -> !other.equals(text))
          .forEach(other -> to.add(Question.of("equalfold", text, other)));
    }
  }

  /** As many questions of each operation. */
  List<Question> random(int each) {
    List<Question> questions = new ArrayList<>();
    OF_PATH.forEach(op -> add(questions, each, () -> Question.of(op, pathFor(op))));
    OF_VERSION.forEach(op -> add(questions, each, () -> Question.of(op, versions.next())));
    add(questions, each, () -> Question.of("check", paths.next(), versions.next()));
    add(questions, each, this::matchPrefix);
    add(questions, each, this::equalFold);
    add(questions, each, this::compare);
    add(questions, each, this::hash1);
    return questions;
  }

  private static void add(List<Question> to, int each, Supplier<Question> question) {
    Stream.generate(question).limit(each).forEach(to::add);
  }

  private String pathFor(String op) {
    return switch (op) {
      case "checkfile", "checkimport" -> names.next();
      case "unescapepath" -> random.nextBoolean() ? Escape.escape(paths.next()) : paths.next();
      default -> paths.next();
    };
  }

  /** Half of the paths are made to fit the globs. */
  private Question matchPrefix() {
    String list = globs.next() + (random.nextInt(4) == 0 ? "," + globs.next() : "");
    String path = random.nextBoolean() ? names.next() : instance(list);
    return Question.of("matchprefix", list, path);
  }

  private String instance(String glob) {
    StringBuilder path = new StringBuilder();
    for (int c : glob.codePoints().filter(c -> "\\[],".indexOf(c) < 0).toArray()) {
      switch (c) {
        case '*' -> path.append(List.of("", "x", "xay", "\u20AC", "a.b/c").get(random.nextInt(5)));
        case '?' -> path.append(List.of("x", "\u20AC", "/").get(random.nextInt(3)));
        default -> path.appendCodePoint(c);
      }
    }
    return path + List.of("", "/d", "/d/e", "d").get(random.nextInt(4));
  }

  private Question equalFold() {
    String text = names.next();
    int[] cased =
        text.codePoints()
            .map(c ->
                switch (random.nextInt(4)) {
                  case 0 -> Character.toUpperCase(c);
                  case 1 -> Character.toLowerCase(c);
                  case 2 -> UnicodeTables.leastFold(c);
                  default -> c;
                })
            .toArray();
    String other = new String(cased, 0, cased.length);
    return Question.of("equalfold", text, names.edit(other, random.nextInt(4) / 3));
  }

  private Question compare() {
    String version = versions.next();
    String other = random.nextBoolean() ? versions.next() : versions.edit(version, 1);
    return Question.of("semvercompare", version, other);
  }

  /** Up to four files with different names. */
  private Question hash1() {
    Set<String> different = new TreeSet<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      different.add(names.next());
    }
    return Question.of(
        "hash1",
        different.stream().flatMap(name -> Stream.of(name, name + "!")).toArray(String[]::new));
  }
}
