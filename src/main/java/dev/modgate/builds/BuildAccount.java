package dev.modgate.builds;

import dev.modgate.document.JsonLine;
import dev.modgate.edge.BuildShare;
import dev.modgate.edge.BuildShare.Result;
import dev.modgate.edge.Served;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What one build asked for and got. */
final class BuildAccount {

  /** Who delivered: there are no more mirrors than the operator names. */
  private static final int MOST_SOURCES = 64;

  private static final String OTHERS = "others";

  private final Instant begun;
  private Instant last;
  private Optional<String> trace = Optional.empty();
  private long asked;
  private long ended;
  private long bytes;
  private long proven;
  private long exempt;
  private long absent;
  private long unanswered;
  private Optional<Result.Proven> tree = Optional.empty();
  private final Map<BuildShare.Part, Long> served = new EnumMap<>(BuildShare.Part.class);
  private final Map<String, Sum> sources = new LinkedHashMap<>();
  private final Troubles refused = new Troubles();
  private final Troubles unavailable = new Troubles();
  private final Slowest slowest = new Slowest();

  /** Files and their bytes. */
  private record Sum(long files, long bytes) {
    Sum plus(Sum other) {
      return new Sum(files + other.files, bytes + other.bytes);
    }
  }

  BuildAccount(Instant begun) {
    this.begun = begun;
    this.last = begun;
  }

  synchronized void asked(Instant now) {
    asked++;
    last = now;
  }

  synchronized void served(Served answer, BuildShare share, Instant now) {
    ended++;
    last = now;
    bytes += answer.bytes();
    trace = answer.traceId().or(() -> trace);
    slowest.add(share, answer.mirror());
    switch (share.result()) {
      case Result.Proven head -> {
        proven++;
        tree = Optional.of(tree.filter(t -> t.treeSize() > head.treeSize()).orElse(head));
        delivered(answer, share);
      }
      case Result.Exempt() -> {
        exempt++;
        delivered(answer, share);
      }
      case Result.Told() -> served.merge(share.part(), 1L, Long::sum);
      case Result.Absent() -> absent++;
      case Result.Refused(String rule, String reason, String advice) ->
          refused.add(new Troubles.Trouble(share.subject(), rule, reason, advice));
      case Result.Unavailable(String reason) ->
          unavailable.add(
              new Troubles.Trouble(share.subject(), "status " + answer.status(), reason, ""));
      case Result.Unanswered() -> unanswered++;
    }
  }

  /** An artifact. */
  private void delivered(Served answer, BuildShare share) {
    served.merge(share.part(), 1L, Long::sum);
    String mirror = answer.mirror().orElse(OTHERS);
    boolean isKnown = sources.containsKey(mirror) || sources.size() < MOST_SOURCES;
    sources.merge(isKnown ? mirror : OTHERS, new Sum(1, answer.bytes()), Sum::plus);
  }

  /** The account as it stands; {@code open} requests have not been answered yet. */
  synchronized JsonLine json(String id) {
    JsonLine from = new JsonLine();
    sources.forEach((name, sum) -> from.object(name, json(sum)));
    JsonLine account =
        new JsonLine()
            .text("build", id)
            .text("trace", trace)
            .text("begun", begun.toString())
            .text("last", last.toString())
            .number("asked", asked)
            .number("open", asked - ended)
            .number("zips", count(BuildShare.Part.ZIP))
            .number("goMods", count(BuildShare.Part.GO_MOD))
            .number("infos", count(BuildShare.Part.INFO))
            .number("lists", count(BuildShare.Part.VERSIONS))
            .number("logParts", count(BuildShare.Part.LOG))
            .number("bytes", bytes)
            .object("sources", from)
            .number("proven", proven)
            .number("exempt", exempt);
    tree.ifPresent(head -> account.text("database", head.database()));
    tree.ifPresent(head -> account.number("tree", head.treeSize()));
    return account
        .number("absent", absent)
        .number("unanswered", unanswered)
        .number("refusals", refused.count())
        .objects("refused", refused.json())
        .number("failures", unavailable.count())
        .objects("failed", unavailable.json())
        .objects("slowest", slowest.json());
  }

  private long count(BuildShare.Part part) {
    return Optional.ofNullable(served.get(part)).orElse(0L);
  }

  private static JsonLine json(Sum sum) {
    return new JsonLine().number("files", sum.files()).number("bytes", sum.bytes());
  }
}
