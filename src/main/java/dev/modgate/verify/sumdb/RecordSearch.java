package dev.modgate.verify.sumdb;

import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.tlog.LogRecord;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Finds and proves the record of a module version: from memory, else from the store, else from the
 * sources.
 *
 * <p>Source: golang.org/x/mod/sumdb, Client.Lookup.
 */
final class RecordSearch {

  /** How many proven records are kept in memory: a few MiB. */
  private static final int REMEMBERED_RECORDS = 8_192;

  private final HeadNotes notes;
  private final LogStore store;
  private final Timeline timeline;
  private final Round round;
  private final Recent<ModuleVersion, Proof> proofs = new Recent<>(REMEMBERED_RECORDS);
  private final SingleFlight<ModuleVersion, Sought<Proof>> flights;

  RecordSearch(HeadNotes notes, LogStore store, Timeline timeline, Round round, Executor executor) {
    this.notes = notes;
    this.store = store;
    this.timeline = timeline;
    this.round = round;
    this.flights = new SingleFlight<>(executor);
  }

  Sought<Proof> prove(ModuleVersion module) {
    return timeline
        .newest()
        .then(newest ->
            proofs
                .get(module)
                .<Sought<Proof>>map(Sought.Got::new)
                .orElseGet(() -> flights.get(module, () -> find(module))));
  }

  private Sought<Proof> find(ModuleVersion module) {
    Optional<LogRecord.Split> stored = stored(module);
    Sought<Proof> found =
        stored
            .flatMap(split -> held(module, split.record()))
            .orElseGet(() -> round.ask(source -> find(module, stored, source)));
    return found.then(proof -> {
      proofs.put(module, proof, (present, added) -> added);
      return found;
    });
  }

  private Optional<LogRecord.Split> stored(ModuleVersion module) {
    return store
        .lookup(module)
        .flatMap(body ->
            switch (LogRecord.parse(body)) {
              case Parsed.Valid<LogRecord.Split>(LogRecord.Split split) -> Optional.of(split);
              case Parsed.Invalid<LogRecord.Split> invalid -> Optional.empty();
            });
  }

  /**
   * The proof of a stored record by the head and the tiles that are held, if they suffice. Nobody
   * is asked, so it does not matter who is out of reach.
   */
  private Optional<Sought<Proof>> held(ModuleVersion module, LogRecord record) {
    return Optional.of(
            timeline
                .newest()
                .then(newest ->
                    record.id() < newest.head().size()
                        ? judged(module, record, timeline.judge(record, Round.NO_SOURCE))
                        : new Sought.Unavailable<>("the newest head is older")))
        .filter(Sought.Got.class::isInstance);
  }

  /** A stored lookup that can't be proven is fetched anew. */
  private Sought<Proof> find(
      ModuleVersion module, Optional<LogRecord.Split> stored, LogSource source) {
    if (stored.isPresent()) {
      Sought<Proof> sought = proveStored(module, stored.get(), source);
      boolean refuted =
          sought instanceof Sought.Refused<Proof>(String reason, Optional<Fork> fork)
              && fork.isEmpty();
      if (!refuted) {
        return sought;
      }
    }
    return fetch(module, source);
  }

  /** The stored note was merged when it came; it only matters if the head was lost since. */
  private Sought<Proof> proveStored(
      ModuleVersion module, LogRecord.Split stored, LogSource source) {
    return timeline
        .newest()
        .then(newest ->
            stored.record().id() < newest.head().size()
                ? judged(module, stored.record(), timeline.judge(stored.record(), source))
                : judged(module, stored, source));
  }

  private Sought<Proof> fetch(ModuleVersion module, LogSource source) {
    String path = "/lookup/" + module.path().escaped() + "@" + module.escapedVersion();
    return switch (source.get(path)) {
      case LogSource.Answer.Missing(int status, String text) -> new Sought.Missing<>(status, text);
      case LogSource.Answer.Failed(String reason) -> new Sought.Unavailable<>(reason);
      case LogSource.Answer.Body(byte[] body) -> fetched(module, body, source);
    };
  }

  private Sought<Proof> fetched(ModuleVersion module, byte[] body, LogSource source) {
    if (body.length > LogSource.MAX_BYTES) {
      return Sought.refuted("the answer has more than 64 KiB");
    }
    Sought<Proof> sought =
        switch (LogRecord.parse(body)) {
          case Parsed.Invalid<LogRecord.Split>(String reason) -> Sought.refuted(reason);
          case Parsed.Valid<LogRecord.Split>(LogRecord.Split split) ->
              judged(module, split, source);
        };
    if (sought instanceof Sought.Got<Proof>) {
      store.saveLookup(module, body);
    }
    return sought;
  }

  private Sought<Proof> judged(ModuleVersion module, LogRecord.Split answer, LogSource source) {
    return switch (notes.open(answer.rest())) {
      case Parsed.Invalid<SignedHead>(String reason) -> Sought.refuted(reason);
      case Parsed.Valid<SignedHead>(SignedHead signed) ->
          judged(
              module,
              answer.record(),
              timeline.judge(signed, Optional.of(answer.record()), source));
    };
  }

  private static Sought<Proof> judged(
      ModuleVersion module, LogRecord record, Timeline.Judgement judgement) {
    return switch (judgement) {
      case Timeline.Judgement.Refuted(String reason) -> Sought.refuted(reason);
      case Timeline.Judgement.Unavailable(String reason) -> new Sought.Unavailable<>(reason);
      case Timeline.Judgement.Forked(Fork fork) -> Sought.forked(fork);
      case Timeline.Judgement.Accepted accepted ->
          switch (RecordLines.of(module, record)) {
            case Parsed.Invalid<RecordLines>(String reason) -> Sought.refuted(reason);
            case Parsed.Valid<RecordLines>(RecordLines lines) ->
                new Sought.Got<>(new Proof(record, lines));
          };
    };
  }
}
