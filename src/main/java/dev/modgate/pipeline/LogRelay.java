package dev.modgate.pipeline;

import dev.modgate.protocol.Request;
import dev.modgate.verify.sumdb.ChecksumDatabase;
import dev.modgate.verify.sumdb.Relayed;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The checksum database for clients that check it themselves, as the go command does. What is
 * passed on has been proven here first.
 *
 * @see <a href="https://go.dev/ref/mod#checksum-database">go.dev/ref/mod#checksum-database</a>
 */
public final class LogRelay {

  private static final Duration HEAD_TTL = Duration.ofSeconds(60);

  private final Map<String, ChecksumDatabase> databases;

  /**
   * @param databases by name
   */
  public LogRelay(Map<String, ChecksumDatabase> databases) {
    this.databases = Map.copyOf(databases);
  }

  Outcome answer(Request.AboutDatabase request) {
    ChecksumDatabase database =
        Optional.ofNullable(databases.get(request.database())).orElseThrow();
    Outcome.Lifetime immutable = new Outcome.Lifetime.Immutable();
    Outcome.Lifetime fresh = new Outcome.Lifetime.Fresh(HEAD_TTL);
    return switch (request) {
      case Request.Supported _ -> text(new byte[0], Outcome.Kind.LOG_TEXT, fresh, word());
      case Request.LatestHead _ ->
          outcome(database, database.latest(), Outcome.Kind.LOG_TEXT, fresh);
      case Request.LogRecordOf(String _, var version) ->
          outcome(database, database.record(version), Outcome.Kind.LOG_TEXT, fresh);
      case Request.LogTile(String _, var tile) ->
          outcome(database, database.tile(tile), Outcome.Kind.LOG_TILE, immutable);
    };
  }

  private static Outcome outcome(
      ChecksumDatabase database, Relayed relayed, Outcome.Kind kind, Outcome.Lifetime lifetime) {
    return switch (relayed) {
      case Relayed.Body(byte[] bytes) ->
          text(bytes, kind, lifetime, new Outcome.Standing.Logged(database.treeSize()));
      case Relayed.Missing(int status, String text) -> new Outcome.Absent(status, text);
      case Relayed.Unavailable(String reason) ->
          new Outcome.Unavailable(
              Outcome.Cause.NOT_NOW, "the checksum database was not reached: " + reason);
      case Relayed.Refused refused -> new Outcome.Refused(Refusal.unauthentic(refused.reason()));
    };
  }

  private static Outcome.Standing word() {
    return new Outcome.Standing.Word();
  }

  private static Outcome text(
      byte[] bytes, Outcome.Kind kind, Outcome.Lifetime lifetime, Outcome.Standing standing) {
    return new Outcome.Text(new Outcome.Content(bytes), kind, Outcomes.STORE, lifetime, standing);
  }
}
