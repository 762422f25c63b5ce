package dev.modgate.verify.sumdb;

import dev.modgate.verify.tlog.Hash;
import dev.modgate.verify.tlog.HashesRead;
import dev.modgate.verify.tlog.Tile;
import dev.modgate.verify.tlog.TileHashReader;
import dev.modgate.verify.tlog.TileReader;
import dev.modgate.verify.tlog.TreeHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Reads hashes of trees out of tiles from memory, from the store, or from a source. Every tile that
 * is not from memory is authenticated against the tree's root before it is used or kept.
 */
final class TileSupply {

  /** Where the tiles of one read may come from. */
  enum From {
    /** Memory, else the store, else the source. */
    ANYWHERE,
    /** Memory, else the source: for a store with a wrong tile. */
    MEMORY_AND_SOURCE,
    /** The source alone: for a tree that may contradict the one whose tiles are held. */
    SOURCE
  }

  /**
   * A read and what of it is new.
   *
   * @param fetched the tiles that the store does not hold
   */
  record Reading(HashesRead outcome, Set<Tile> fetched) {}

  /** One tile at one source. */
  private record Wanted(String source, Tile tile) {}

  private final int height;
  private final LogStore store;
  private final TileCache memory = new TileCache();
  private final SingleFlight<Wanted, Fetched> flights;

  /**
   * @param height of the database's tiles
   * @param executor runs requests to sources, each of which may block, at once
   */
  TileSupply(int height, LogStore store, Executor executor) {
    this.height = height;
    this.store = store;
    this.flights = new SingleFlight<>(executor);
  }

  int height() {
    return height;
  }

  /** A proven tile from memory. */
  Optional<byte[]> inMemory(Tile tile) {
    return memory.get(tile);
  }

  /**
   * Hashes of an accepted tree. What is proven is kept. If a stored tile is wrong, the source's
   * takes its place.
   */
  HashesRead readAccepted(TreeHead head, long[] indexes, LogSource source) {
    Optional<List<Hash>> remembered = remembered(head, indexes);
    if (remembered.isPresent()) {
      return new HashesRead.Proven(remembered.get(), Map.of());
    }
    return readAcceptedTiles(head, indexes, source);
  }

  /** The same, with the tiles: none are left out because they are in memory. */
  HashesRead readAcceptedTiles(TreeHead head, long[] indexes, LogSource source) {
    Reading reading = read(head, indexes, source, From.ANYWHERE, Map.of());
    if (reading.outcome() instanceof HashesRead.Inconsistent) {
      reading = read(head, indexes, source, From.MEMORY_AND_SOURCE, Map.of());
    }
    keep(reading);
    return reading.outcome();
  }

  /** The hashes, if memory has all the tiles that hold them. */
  private Optional<List<Hash>> remembered(TreeHead head, long[] indexes) {
    List<Hash> hashes = new ArrayList<>(indexes.length);
    for (long index : indexes) {
      Tile tile = Tile.holding(height, index);
      Optional<byte[]> data = tile.in(head.size()).flatMap(memory::get);
      if (data.isEmpty()) {
        return Optional.empty();
      }
      hashes.add(tile.hashAt(data.get(), index));
    }
    return Optional.of(hashes);
  }

  /**
   * Hashes of a tree that is not accepted yet. Nothing is kept. Tiles that are held may be of
   * another history than that tree; then the source has to supply all.
   *
   * @param earlier tiles of earlier reads of the same tree, to which these are added
   */
  Reading readCandidate(
      TreeHead head, long[] indexes, LogSource source, Map<Tile, byte[]> earlier) {
    Reading reading = read(head, indexes, source, From.ANYWHERE, earlier);
    if (reading.outcome() instanceof HashesRead.Inconsistent) {
      reading = read(head, indexes, source, From.SOURCE, Map.of());
    }
    if (reading.outcome() instanceof HashesRead.Proven(var hashes, Map<Tile, byte[]> proven)) {
      earlier.putAll(proven);
    }
    return reading;
  }

  /** Remembers the tiles of a tree that is accepted, and saves the new ones. */
  void keep(Reading reading) {
    if (reading.outcome() instanceof HashesRead.Proven(var hashes, Map<Tile, byte[]> tiles)) {
      tiles.forEach(memory::put);
      reading.fetched().forEach(tile -> save(tile, tiles));
    }
  }

  private void save(Tile tile, Map<Tile, byte[]> tiles) {
    byte[] data = tiles.get(tile);
    if (data != null) {
      store.saveTile(tile, data);
    }
  }

  private Reading read(
      TreeHead head, long[] indexes, LogSource source, From from, Map<Tile, byte[]> earlier) {
    Set<Tile> fetched = ConcurrentHashMap.newKeySet();
    TileReader reader = tiles -> supply(tiles, source, from, earlier, fetched);
    return new Reading(new TileHashReader(head, height, reader).read(indexes), fetched);
  }

  /** All tiles; those that are not held are fetched at once. */
  private TileReader.TilesRead supply(
      List<Tile> tiles, LogSource source, From from, Map<Tile, byte[]> earlier, Set<Tile> fetched) {
    List<CompletableFuture<Fetched>> answers = new ArrayList<>(tiles.size());
    for (Tile tile : tiles) {
      Optional<byte[]> before = Optional.ofNullable(earlier.get(tile));
      Optional<byte[]> held = before.isPresent() ? before : held(tile, from);
      if (held.isEmpty() || before.isPresent()) {
        fetched.add(tile);
      }
      answers.add(
          held.<CompletableFuture<Fetched>>map(
                  data -> CompletableFuture.completedFuture(new Fetched.Bytes(data)))
              .orElseGet(() ->
                  flights.start(
                      new Wanted(source.name(), tile), () -> Fetched.from(source, tile))));
    }
    List<byte[]> data = new ArrayList<>(tiles.size());
    for (CompletableFuture<Fetched> answer : answers) {
      switch (SingleFlight.await(answer)) {
        case Fetched.Bytes(byte[] bytes) -> data.add(bytes);
        case Fetched.Failed(String reason) -> {
          return new TileReader.TilesRead.Unavailable(reason);
        }
      }
    }
    return new TileReader.TilesRead.Tiles(data);
  }

  private Optional<byte[]> held(Tile tile, From from) {
    return switch (from) {
      case ANYWHERE -> memory.get(tile).or(() -> stored(tile)).or(() -> storedFull(tile));
      case MEMORY_AND_SOURCE -> memory.get(tile);
      case SOURCE -> Optional.empty();
    };
  }

  private Optional<byte[]> stored(Tile tile) {
    return store.tile(tile).filter(data -> data.length == tile.bytes());
  }

  private Optional<byte[]> storedFull(Tile tile) {
    return tile.isFull()
        ? Optional.empty()
        : stored(tile.full()).map(data -> TileCache.cut(data, tile));
  }

  /** A tile as a source gave it. */
  private sealed interface Fetched {

    // The array is handed over and never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Bytes(byte[] bytes) implements Fetched {}

    record Failed(String reason) implements Fetched {}

    /**
     * Asks for the tile. A partial tile that does not exist has been completed, it may be: then the
     * first hashes of the full one are the same.
     */
    static Fetched from(LogSource source, Tile tile) {
      return switch (source.get("/" + tile.path())) {
        case LogSource.Answer.Body(byte[] bytes) -> new Bytes(bytes);
        case LogSource.Answer.Failed(String reason) -> failed(tile, reason);
        case LogSource.Answer.Missing(int status, String text) ->
            tile.isFull() ? failed(tile, "status " + status) : prefix(source, tile, status);
      };
    }

    private static Fetched prefix(LogSource source, Tile tile, int status) {
      return switch (source.get("/" + tile.full().path())) {
        case LogSource.Answer.Body(byte[] bytes) ->
            new Bytes(
                bytes.length == tile.full().bytes() ? TileCache.cut(bytes, tile) : new byte[0]);
        case LogSource.Answer.Failed(String reason) -> failed(tile, reason);
        case LogSource.Answer.Missing missing -> failed(tile, "status " + status);
      };
    }

    private static Fetched failed(Tile tile, String reason) {
      return new Failed(tile.path() + ": " + reason);
    }
  }
}
