package dev.modgate.verify.sumdb;

import dev.modgate.verify.tlog.ConsistencyProof;
import dev.modgate.verify.tlog.Hash;
import dev.modgate.verify.tlog.HashesRead;
import dev.modgate.verify.tlog.LogRecord;
import dev.modgate.verify.tlog.StoredHashIndex;
import dev.modgate.verify.tlog.Tile;
import dev.modgate.verify.tlog.TileHashReader;
import dev.modgate.verify.tlog.TileReader;
import dev.modgate.verify.tlog.TreeHead;
import dev.modgate.verify.tlog.TreeRoot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Compares a signed head with the newest accepted one by the tiles of the larger tree: the smaller
 * root must be the root over the first records of the larger tree. A record that came with the head
 * is looked up in the same read.
 *
 * <p>Source: golang.org/x/mod/sumdb, Client.checkTrees and Client.checkRecord.
 */
final class Comparison {

  /** How many heads are remembered as contained in the accepted tree. */
  private static final int REMEMBERED_HEADS = 4_096;

  private static final HashesRead NOTHING = new HashesRead.Unavailable("not needed");

  /** What a comparison shows. */
  sealed interface Result {

    /**
     * The trees agree.
     *
     * @param recordFault why the record is not in the larger tree, if it is not
     * @param reading tiles of the larger tree that may be kept once it is accepted
     */
    record Consistent(Optional<String> recordFault, Optional<TileSupply.Reading> reading)
        implements Result {}

    /** The tiles prove that the trees disagree. */
    record Contradiction(Fork fork) implements Result {}

    /** The tiles are not those of the larger tree; nothing is shown. */
    record Inconsistent(String reason) implements Result {}

    /** A tile could not be had; nothing is shown. */
    record Unavailable(String reason) implements Result {}
  }

  private final String database;
  private final TileSupply tiles;
  private final Recent<TreeHead, TreeHead> contained = new Recent<>(REMEMBERED_HEADS);

  Comparison(String database, TileSupply tiles) {
    this.database = database;
    this.tiles = tiles;
  }

  /**
   * Whether the tree of a signed head begins with the accepted tree.
   *
   * @param newer has more records than {@code accepted}
   * @param earlier tiles of earlier comparisons of the same head, to which these are added
   */
  Result extension(
      SignedHead accepted,
      SignedHead newer,
      Optional<LogRecord> record,
      LogSource source,
      Map<Tile, byte[]> earlier) {
    TreeHead tree = newer.head();
    long[] prefix = TreeRoot.indexes(accepted.head().size());
    long[] indexes = withRecord(prefix, record, tree);
    TileSupply.Reading reading = tiles.readCandidate(tree, indexes, source, earlier);
    return switch (reading.outcome()) {
      case HashesRead.Unavailable(String reason) -> new Result.Unavailable(reason);
      case HashesRead.Inconsistent(String reason) -> new Result.Inconsistent(reason);
      case HashesRead.Proven(List<Hash> hashes, Map<Tile, byte[]> proven) -> {
        Hash implied = TreeRoot.of(accepted.head().size(), hashes);
        if (!implied.equals(accepted.head().root())) {
          yield contradiction(accepted, newer, implied, source, more -> reread(tree, proven, more));
        }
        yield new Result.Consistent(recordFault(record, hashes, tree), Optional.of(reading));
      }
    };
  }

  /**
   * Whether the accepted tree begins with the tree of a signed head.
   *
   * @param older has at most as many records as {@code accepted}
   */
  Result containment(
      SignedHead accepted, SignedHead older, Optional<LogRecord> record, LogSource source) {
    TreeHead tree = accepted.head();
    TreeHead old = older.head();
    Optional<Hash> known = rootWithoutTiles(tree, old);
    if (known.isPresent() && !known.get().equals(old.root())) {
      return contradiction(older, accepted, known.get(), source, more -> NOTHING);
    }
    long[] prefix = known.isPresent() ? new long[0] : TreeRoot.indexes(old.size());
    long[] indexes = withRecord(prefix, record, tree);
    if (indexes.length == 0) {
      return new Result.Consistent(recordFault(record, List.of(), tree), Optional.empty());
    }
    return switch (tiles.readAccepted(tree, indexes, source)) {
      case HashesRead.Unavailable(String reason) -> new Result.Unavailable(reason);
      case HashesRead.Inconsistent(String reason) -> new Result.Inconsistent(reason);
      case HashesRead.Proven(List<Hash> hashes, Map<Tile, byte[]> proven) -> {
        if (known.isEmpty()) {
          Hash implied = TreeRoot.of(old.size(), hashes);
          if (!implied.equals(old.root())) {
            yield contradiction(
                older, accepted, implied, source, more -> tiles.readAccepted(tree, more, source));
          }
          contained.put(old, old, (present, added) -> present);
        }
        yield new Result.Consistent(recordFault(record, hashes, tree), Optional.empty());
      }
    };
  }

  /** The root of the tree over its first records, where that needs no tile. */
  private Optional<Hash> rootWithoutTiles(TreeHead tree, TreeHead old) {
    if (old.size() == tree.size()) {
      return Optional.of(tree.root());
    }
    if (old.size() == 0) {
      return Optional.of(Hash.OF_EMPTY_TREE);
    }
    return contained.get(old).map(TreeHead::root);
  }

  /** The indexes, and behind them that of the record if the tree reaches it. */
  private static long[] withRecord(long[] prefix, Optional<LogRecord> record, TreeHead tree) {
    LongStream leaf =
        record.filter(claimed -> claimed.id() < tree.size()).stream()
            .mapToLong(claimed -> StoredHashIndex.of(0, claimed.id()));
    return LongStream.concat(LongStream.of(prefix), leaf).toArray();
  }

  /**
   * @param hashes the last one is that of the record if the tree reaches it
   */
  private static Optional<String> recordFault(
      Optional<LogRecord> record, List<Hash> hashes, TreeHead tree) {
    return record.flatMap(claimed -> {
      if (claimed.id() >= tree.size()) {
        return Optional.of(
            "record %d can't be in a tree of size %d".formatted(claimed.id(), tree.size()));
      }
      return hashes.getLast().equals(claimed.hash())
          ? Optional.empty()
          : Optional.of("the answer is not what the log has as record " + claimed.id());
    });
  }

  private Result contradiction(
      SignedHead older,
      SignedHead newer,
      Hash implied,
      LogSource source,
      Function<long[], HashesRead> reader) {
    String proof =
        "root of the newer tree over its first %d records:\n%s\n%s"
            .formatted(
                older.head().size(), implied, proof(older.head(), newer.head(), implied, reader));
    return new Result.Contradiction(
        new Fork(database, source.name(), older.note(), newer.note(), proof));
  }

  /** The consistency proof from that root to the newer one, where there is one. */
  private static String proof(
      TreeHead older, TreeHead newer, Hash implied, Function<long[], HashesRead> reader) {
    if (older.size() == 0 || older.size() == newer.size()) {
      return "";
    }
    return switch (reader.apply(ConsistencyProof.indexes(newer.size(), older.size()))) {
      case HashesRead.Proven(List<Hash> hashes, Map<Tile, byte[]> proven) -> {
        ConsistencyProof proof = ConsistencyProof.of(newer.size(), older.size(), hashes);
        if (!proof.proves(newer, new TreeHead(older.size(), implied))) {
          throw new IllegalStateException("a consistency proof of authenticated hashes failed");
        }
        yield proof.hashes().stream()
            .map(hash -> hash + "\n")
            .collect(Collectors.joining("", "consistency proof:\n", ""));
      }
      case HashesRead.Inconsistent(String reason) -> "no consistency proof: " + reason + "\n";
      case HashesRead.Unavailable(String reason) -> "no consistency proof: " + reason + "\n";
    };
  }

  /** Reads on in tiles that are proven. */
  private HashesRead reread(TreeHead tree, Map<Tile, byte[]> proven, long[] indexes) {
    TileReader reader =
        wanted ->
            proven.keySet().containsAll(wanted)
                ? new TileReader.TilesRead.Tiles(
                    wanted.stream().map(tile -> proven.getOrDefault(tile, new byte[0])).toList())
                : new TileReader.TilesRead.Unavailable("a tile was not read before");
    return new TileHashReader(tree, tiles.height(), reader).read(indexes);
  }
}
