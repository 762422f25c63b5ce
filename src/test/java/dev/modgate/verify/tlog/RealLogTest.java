package dev.modgate.verify.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.modgate.verify.note.SignedNote;
import dev.modgate.verify.note.VerifierKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lookup and tiles of the public database, as it served them with 69,959,272 records. */
final class RealLogTest {

  private static final String KEY =
      "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

  @Test
  void aRealLookup_withRealTiles_isProven() {
    LogRecord.Split lookup = LogRecord.parse(resource("lookup/golang.org/x/mod@v0.42.0")).orThrow();
    assertEquals(67_638_482, lookup.record().id());
    SignedNote.Opened opened =
        SignedNote.open(
            lookup.rest().getBytes(StandardCharsets.UTF_8),
            List.of(VerifierKey.parse(KEY).orThrow()));
    SignedNote note = assertInstanceOf(SignedNote.Opened.Verified.class, opened).note();
    TreeHead head = TreeHead.parse(note.text()).orThrow();
    assertEquals(69_959_272, head.size());
    HashesRead read =
        new TileHashReader(head, 8, RealLogTest::tiles)
            .read(StoredHashIndex.of(0, lookup.record().id()));
    HashesRead.Proven proven = assertInstanceOf(HashesRead.Proven.class, read);
    assertEquals(List.of(lookup.record().hash()), proven.hashes());
    assertEquals(6, proven.tiles().size());
  }

  private static TileReader.TilesRead tiles(List<Tile> tiles) {
    return new TileReader.TilesRead.Tiles(
        tiles.stream().map(tile -> resource(tile.path())).toList());
  }

  private static byte[] resource(String path) {
    try (InputStream in = RealLogTest.class.getResourceAsStream("/log/sum.golang.org/" + path)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
