package dev.modgate.cli;

import dev.modgate.document.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a build got, for people. */
final class BuildText {

  private static final int COLUMNS = 100;

  /** Milliseconds; what was faster than this was not slow. */
  private static final int NOTABLE = 50;

  /** Of the words that lines begin with. */
  private static final String MARGIN = " ".repeat(12);

  private final Facts facts;
  private final Optional<Account> account;
  private final boolean isKnown;
  private final List<String> lines = new ArrayList<>();

  /**
   * What the command that ran the build knows itself.
   *
   * @param program without its folder and arguments: those may hold a secret
   * @param gate its address, and what there is to say of it
   */
  record Facts(String program, int exit, Duration took, String id, String gate, String trace) {}

  /** The gate's account, as {@code /builds/ID} tells it. */
  private record Account(Node.Mapping object) {

    long number(String key) {
      return object.find(key).map(Account::number).orElse(0L);
    }

    private static long number(Node node) {
      return node instanceof Node.Numeral(int _, String text) && text.matches("[0-9]{1,18}")
          ? Long.parseLong(text)
          : 0;
    }

    String text(String key) {
      return object.find(key).map(node -> node instanceof Node.Text t ? t.value() : "").orElse("");
    }

    Stream<Account> each(String key) {
      return object.find(key).stream()
          .flatMap(node -> node instanceof Node.Sequence list ? list.items().stream() : Stream.of())
          .flatMap(node -> node instanceof Node.Mapping item ? Stream.of(item) : Stream.of())
          .map(Account::new);
    }

    /** The objects below a key, by their names. */
    List<Named> below(String key) {
      return object.find(key).stream()
          .flatMap(node -> node instanceof Node.Mapping map ? map.entries().stream() : Stream.of())
          .flatMap(entry ->
              entry.value() instanceof Node.Mapping item
                  ? Stream.of(new Named(entry.key(), new Account(item)))
                  : Stream.of())
          .toList();
    }
  }

  private record Named(String name, Account account) {}

  /**
   * @param account of the gate; absent if nothing was asked for or nobody tells
   * @param isKnown whether somebody would tell
   */
  BuildText(Facts facts, Optional<Node.Mapping> account, boolean isKnown) {
    this.facts = facts;
    this.account = account.map(Account::new);
    this.isKnown = isKnown;
  }

  List<String> lines() {
    lines.clear();
    lines.add(
        "modgate: build %s: %s ended with %d after %s"
            .formatted(facts.id(), facts.program(), facts.exit(), time(facts.took().toMillis())));
    account.ifPresentOrElse(this::account, this::nothing);
    line("gate", facts.gate());
    line("trace", facts.trace());
    return List.copyOf(lines);
  }

  private void nothing() {
    line(
        "served",
        isKnown
            ? "nothing was asked for; go's own module cache may have had it all"
            : "not known: the gate's admin listener does not answer (--admin URL)");
  }

  private void account(Account all) {
    line("served", served(all));
    sources(all.below("sources"));
    proof(all);
    troubles(all, "refused", "refusals", true);
    troubles(all, "failed", "failures", false);
    slowest(all.each("slowest").toList());
  }

  private static String served(Account all) {
    String parts =
        Stream.of(
                count(all.number("zips"), "module"),
                count(all.number("goMods"), "go.mod file"),
                count(all.number("infos") + all.number("lists"), "answer") + " about versions",
                count(all.number("logParts"), "part") + " of the checksum database")
            .filter(part -> !part.startsWith("0 "))
            .collect(Collectors.joining(", "));
    return parts.isEmpty() ? "nothing" : parts + "; " + size(all.number("bytes"));
  }

  private void sources(List<Named> sources) {
    int width = sources.stream().mapToInt(source -> source.name().length()).max().orElse(0);
    String word = "from";
    for (Named source : sources) {
      long files = source.account().number("files");
      line(
          word,
          "%s  %5d %s  %9s"
              .formatted(
                  padded(source.name(), width),
                  files,
                  padded(files == 1 ? "file" : "files", 5),
                  size(source.account().number("bytes"))));
      word = "";
    }
  }

  private void proof(Account all) {
    long proven = all.number("proven");
    long exempt = all.number("exempt");
    if (proven > 0) {
      line(
          "proven",
          "%s%s at tree %d of %s"
              .formatted(
                  exempt == 0 ? "all " : "",
                  count(proven, "file"),
                  all.number("tree"),
                  all.text("database")));
    }
    if (exempt > 0) {
      line("unproven", count(exempt, "file") + " that gonosumdb exempts");
    }
  }

  private void troubles(Account all, String key, String counter, boolean tellNone) {
    List<Account> troubles = all.each(key).toList();
    if (troubles.isEmpty() && tellNone) {
      line(key, "none");
    }
    String word = key;
    for (Account trouble : troubles) {
      line(word, trouble.text("subject") + ": " + trouble.text("rule"));
      fold(trouble.text("reason"));
      fold(trouble.text("advice"));
      word = "";
    }
    long count = all.number(counter);
    if (count > troubles.size()) {
      line("", "%d answers in all, in the audit log".formatted(count));
    }
  }

  /** Below what it belongs to, broken at spaces. */
  private void fold(String text) {
    String indent = MARGIN + "  ";
    int room = COLUMNS - indent.length();
    String rest = text.strip();
    while (rest.length() > room) {
      int space = rest.lastIndexOf(' ', room);
      int end = space > 0 ? space : room;
      lines.add(indent + rest.substring(0, end).strip());
      rest = rest.substring(end).strip();
    }
    if (!rest.isEmpty()) {
      lines.add(indent + rest);
    }
  }

  private void slowest(List<Account> answers) {
    List<Account> slow =
        answers.stream().filter(answer -> answer.number("millis") >= NOTABLE).toList();
    int width = slow.stream().mapToInt(answer -> file(answer).length()).max().orElse(0);
    String word = "slowest";
    for (Account answer : slow) {
      line(
          word,
          "%s  %s  %s"
              .formatted(
                  time(answer.number("millis")), padded(file(answer), width), waits(answer)));
      word = "";
    }
    if (slow.isEmpty() && !answers.isEmpty()) {
      line(word, "nothing took longer than " + time(answers.getFirst().number("millis")));
    }
  }

  private static String file(Account answer) {
    return switch (answer.text("part")) {
      case "zip", "mod", "info" -> answer.text("subject") + " " + answer.text("part");
      default -> answer.text("subject");
    };
  }

  private static String waits(Account answer) {
    String waits =
        answer
            .each("waits")
            .map(wait ->
                wait.text("on")
                    + " "
                    + time(wait.number("millis"))
                    + (wait.text("failure").isEmpty() ? "" : " (" + wait.text("failure") + ")"))
            .collect(Collectors.joining(", "));
    return waits.isEmpty() ? "the gate itself" : waits;
  }

  private void line(String word, String text) {
    lines.add("  " + padded(word, MARGIN.length() - 2) + text);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static String time(long millis) {
    return millis < 10_000
        ? String.format(Locale.ROOT, "%.2f s", millis / 1e3)
        : String.format(Locale.ROOT, "%.1f s", millis / 1e3);
  }

  private static String size(long bytes) {
    return bytes < 1_000
        ? bytes + " B"
        : bytes < 1_000_000
            ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
            : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
