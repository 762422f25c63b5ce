package dev.modgate.telemetry;

import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.Lookup;
import dev.modgate.verify.sumdb.Lookups;
import java.util.Optional;

/** A span for each question to the checksum database. */
public final class TracedLookups implements Lookups {

  private final Lookups next;
  private final ChildSpans spans;

  public TracedLookups(Lookups next, ChildSpans spans) {
    this.next = next;
    this.spans = spans;
  }

  @Override
  public Lookup lookup(ModuleVersion version) {
    return spans.in(
        SpanName.LOOKUP,
        span -> {
          span.attribute(TextAttribute.MODULE, version.path().text());
          span.attribute(TextAttribute.VERSION, version.version());
          long start = System.nanoTime();
          Lookup lookup = next.lookup(version);
          describe(span, lookup);
          Waits.current()
              .ifPresent(waits -> waits.note("checksum database", start, failure(lookup)));
          return lookup;
        });
  }

  private static Optional<String> failure(Lookup lookup) {
    return switch (lookup) {
      case Lookup.Found _ -> Optional.empty();
      case Lookup.NotLogged _ -> Optional.of("not logged");
      case Lookup.Unavailable _ -> Optional.of("unavailable");
      case Lookup.Refused _ -> Optional.of("refused");
    };
  }

  private static void describe(OpenSpan span, Lookup lookup) {
    switch (lookup) {
      case Lookup.Found found -> {
        span.attribute(TextAttribute.DATABASE, found.database());
        span.attribute(TextAttribute.VERDICT, "logged");
        span.attribute(NumberAttribute.TREE_SIZE, found.provenIn().size());
      }
      case Lookup.NotLogged _ -> span.attribute(TextAttribute.VERDICT, "not-logged");
      case Lookup.Unavailable _ -> span.failed("unavailable");
      case Lookup.Refused _ -> span.failed("refused");
    }
  }

  @Override
  public Optional<String> alarm() {
    return next.alarm();
  }
}
