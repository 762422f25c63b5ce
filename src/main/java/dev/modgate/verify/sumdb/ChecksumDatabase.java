package dev.modgate.verify.sumdb;

import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.note.VerifierKey;
import dev.modgate.verify.tlog.HashesRead;
import dev.modgate.verify.tlog.StoredHashIndex;
import dev.modgate.verify.tlog.Tile;
import dev.modgate.verify.tlog.TreeHead;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * A client of one checksum database. Safe for many threads; its methods block while sources are
 * asked.
 *
 * <p>Everything it returns is proven under a signed head that is consistent with every head it has
 * accepted before. Once the database has contradicted itself, everything is refused. No failure is
 * remembered.
 */
public final class ChecksumDatabase implements Lookups {

  /** Height of the database's tiles. */
  public static final int TILE_HEIGHT = 8;

  private final VerifierKey key;
  private final TileSupply tiles;
  private final Timeline timeline;
  private final Round round;
  private final RecordSearch records;
  private final HeadSearch heads;
  private final SingleFlight<Tile, Sought<byte[]>> tileReads;

  /**
   * A client with nothing in memory; nothing is read or asked yet.
   *
   * @param key of the database; its name is the database's name
   * @param store of this database alone; other processes may share it
   * @param sources where to read
   * @param events who is told what happens
   * @param executor runs work that blocks, each task at once (such as on virtual threads): tasks
   *     wait for one another
   */
  public ChecksumDatabase(
      VerifierKey key, LogStore store, LogSources sources, LogEvents events, Executor executor) {
    this(key, store, sources, events, executor, TILE_HEIGHT);
  }

  /** With tiles of another height: of height 2, small trees have many levels. */
  ChecksumDatabase(
      VerifierKey key,
      LogStore store,
      LogSources sources,
      LogEvents events,
      Executor executor,
      int tileHeight) {
    this.key = key;
    HeadNotes notes = new HeadNotes(key);
    this.tiles = new TileSupply(tileHeight, store, executor);
    this.timeline = new Timeline(key.name(), notes, store, tiles, events);
    this.round = new Round(sources, events);
    this.records = new RecordSearch(notes, store, timeline, round, executor);
    this.heads = new HeadSearch(notes, timeline, round, executor);
    this.tileReads = new SingleFlight<>(executor);
  }

  /** {@return the name of the database} */
  public String name() {
    return key.name();
  }

  /** {@return records of the newest accepted tree; 0 if there is none, or none may be believed} */
  public long treeSize() {
    return switch (timeline.newest()) {
      case Sought.Got<SignedHead>(SignedHead newest) -> newest.head().size();
      case Sought.Missing<SignedHead> _,
          Sought.Unavailable<SignedHead> _,
          Sought.Refused<SignedHead> _ ->
          0;
    };
  }

  @Override
  public Optional<String> alarm() {
    return switch (timeline.newest()) {
      case Sought.Refused<SignedHead>(String reason, Optional<Fork> _) -> Optional.of(reason);
      case Sought.Got<SignedHead> _,
          Sought.Missing<SignedHead> _,
          Sought.Unavailable<SignedHead> _ ->
          Optional.empty();
    };
  }

  /**
   * The hashes of a module version, out of the store or else of the first source that has a proof.
   *
   * <p>Source: golang.org/x/mod/sumdb, Client.Lookup. An answer without a line of this version is
   * refused (CVE-2026-42501), and lines count only inside of the proven record (CVE-2026-56864).
   */
  @Override
  public Lookup lookup(ModuleVersion module) {
    Sought<Lookup.Found> sought =
        records
            .prove(module)
            .then(proof ->
                timeline.newest().then(newest -> new Sought.Got<>(found(proof, newest.head()))));
    return switch (sought) {
      case Sought.Got<Lookup.Found>(Lookup.Found found) -> found;
      case Sought.Missing<Lookup.Found>(int status, String text) ->
          new Lookup.NotLogged(text, status);
      case Sought.Unavailable<Lookup.Found>(String reason) -> new Lookup.Unavailable(reason);
      case Sought.Refused<Lookup.Found>(String reason, Optional<Fork> fork) ->
          new Lookup.Refused(reason, fork);
    };
  }

  private Lookup.Found found(Proof proof, TreeHead head) {
    return new Lookup.Found(
        proof.lines().zip(), proof.lines().goMod(), proof.record().id(), head, name());
  }

  /**
   * For a client's {@code /latest}. The sources are asked only if there is no head yet.
   *
   * @return the signed note of the newest accepted head
   */
  public Relayed latest() {
    return relayed(
        timeline
            .newest()
            .then(head -> head.head().size() == 0 ? heads.refresh() : new Sought.Got<>(head))
            .then(ChecksumDatabase::note));
  }

  /**
   * Asks the sources for a newer head.
   *
   * @return the signed note of the newest accepted head, which may be the same as before
   */
  public Relayed refresh() {
    return relayed(heads.refresh().then(ChecksumDatabase::note));
  }

  private static Sought<byte[]> note(SignedHead head) {
    return new Sought.Got<>(head.noteBytes());
  }

  /**
   * For a client's {@code /lookup/…}: the record, and the note of our newest head in place of the
   * one that came with the record. So a client that goes from one of our heads to another needs
   * only tiles that we hold.
   *
   * @param module to look up
   * @return the record with its number, a blank line, and the note
   */
  public Relayed record(ModuleVersion module) {
    return relayed(
        records
            .prove(module)
            .then(proof -> timeline.newest().then(newest -> answer(proof, newest))));
  }

  private static Sought<byte[]> answer(Proof proof, SignedHead newest) {
    String body = proof.record().format() + newest.note();
    return new Sought.Got<>(body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * For a client's {@code /tile/…}: the hashes of a tile of the newest accepted tree, or of a
   * narrower one. If that tree does not reach the tile, the sources are asked for a newer head.
   *
   * @param tile of hashes, of height {@value #TILE_HEIGHT}; others are missing
   * @return 32 bytes for each hash
   */
  public Relayed tile(Tile tile) {
    if (tile.height() != tiles.height() || tile.level() == Tile.DATA) {
      return new Relayed.Missing(404, "only tiles of hashes of height " + tiles.height());
    }
    return relayed(
        timeline
            .newest()
            .then(head -> reaches(head, tile) ? new Sought.Got<>(head) : heads.refresh())
            .then(head -> tile(tile, head)));
  }

  private static boolean reaches(SignedHead head, Tile tile) {
    return tile.in(head.head().size()).filter(widest -> widest.width() >= tile.width()).isPresent();
  }

  private Sought<byte[]> tile(Tile tile, SignedHead newest) {
    if (!reaches(newest, tile)) {
      return new Sought.Missing<>(
          404, "the tree of size %d has no such tile".formatted(newest.head().size()));
    }
    Optional<byte[]> held = tiles.inMemory(tile);
    return held.isPresent()
        ? new Sought.Got<>(held.get())
        : tileReads.get(tile, () -> round.ask(source -> read(tile, newest.head(), source)));
  }

  /** Reads the tile as wide as the tree has it, because only so it can be authenticated. */
  private Sought<byte[]> read(Tile tile, TreeHead head, LogSource source) {
    Tile widest = tile.in(head.size()).orElseThrow();
    long index = StoredHashIndex.of(tile.level() * tile.height(), tile.number() << tile.height());
    return switch (tiles.readAcceptedTiles(head, new long[] {index}, source)) {
      case HashesRead.Proven(var hashes, Map<Tile, byte[]> proven) ->
          new Sought.Got<>(
              TileCache.cut(Optional.ofNullable(proven.get(widest)).orElseThrow(), tile));
      case HashesRead.Inconsistent(String reason) -> Sought.refuted(reason);
      case HashesRead.Unavailable(String reason) -> new Sought.Unavailable<>(reason);
    };
  }

  private static Relayed relayed(Sought<byte[]> sought) {
    return switch (sought) {
      case Sought.Got<byte[]>(byte[] bytes) -> new Relayed.Body(bytes);
      case Sought.Missing<byte[]>(int status, String text) -> new Relayed.Missing(status, text);
      case Sought.Unavailable<byte[]>(String reason) -> new Relayed.Unavailable(reason);
      case Sought.Refused<byte[]>(String reason, Optional<Fork> fork) ->
          new Relayed.Refused(reason, fork);
    };
  }
}
