package dev.modgate.fake;

import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.note.VerifierKey;
import dev.modgate.verify.sumdb.LogSource;
import dev.modgate.verify.tlog.Hash;
import dev.modgate.verify.tlog.LogRecord;
import dev.modgate.verify.tlog.Tile;
import dev.modgate.verify.tlog.TreeHead;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A checksum database in memory that really hashes and signs. It is honest until a test tells it a
 * story: every method below the line "stories" makes it lie, forget or fail.
 */
public final class FakeLog implements LogSource {

  private final FakeSigner signer;
  private final int tileHeight;
  private final FakeTree tree;
  private final List<String> records = new ArrayList<>();
  private final Map<String, Long> ids = new HashMap<>();

  private final Map<String, byte[]> lies = new HashMap<>();
  private final Map<Tile, Integer> flips = new HashMap<>();
  private final List<String> requests = new ArrayList<>();
  private long shownSize = Long.MAX_VALUE;
  private String extraHeadLines = "";
  private Optional<RandomGenerator> oldHeads = Optional.empty();
  private boolean forgetsPartialTiles;
  private boolean down;
  private boolean withoutTiles;

  /** A log with tiles of height 8 whose key is made from the seed. */
  public FakeLog(String name, long seed) {
    this(name, seed, 8);
  }

  public FakeLog(String name, long seed, int tileHeight) {
    this(new FakeSigner(name, seed), tileHeight, new FakeTree());
  }

  private FakeLog(FakeSigner signer, int tileHeight, FakeTree tree) {
    this.signer = signer;
    this.tileHeight = tileHeight;
    this.tree = tree;
  }

  public VerifierKey key() {
    return signer.key();
  }

  /** {@code NAME+HASH+BASE64}, as GOSUMDB takes it. */
  public String keyText() {
    return signer.keyText();
  }

  public FakeSigner signer() {
    return signer;
  }

  /** Appends a module's two lines. Returns the number of the record. */
  public synchronized long add(String path, String version, String zipH1, String goModH1) {
    return addRecord(
        path + "@" + version,
        "%s %s %s\n%s %s/go.mod %s\n".formatted(path, version, zipH1, path, version, goModH1));
  }

  /** Appends a module with hashes that are made up from its name. */
  public synchronized long add(String module) {
    String[] pathAndVersion = module.split("@", 2);
    return add(pathAndVersion[0], pathAndVersion[1], anyH1(module), anyH1(module + "/go.mod"));
  }

  /** Appends any text as the record that a lookup of the module answers with. */
  public synchronized long addRecord(String module, String text) {
    long id = tree.add(Hash.ofRecord(bytes(text)));
    records.add(text);
    ids.put(lookupPath(module), id);
    return id;
  }

  /** Appends so many modules {@code test.example/N@v1.0.0}. */
  public synchronized FakeLog addMany(int count) {
    for (int i = 0; i < count; i++) {
      add("test.example/" + records.size() + "@v1.0.0");
    }
    return this;
  }

  /** A well-formed hash that depends on the seed text alone. */
  public static String anyH1(String seed) {
    return "h1:" + Base64.getEncoder().encodeToString(Hash.ofRecord(bytes(seed)).toBytes());
  }

  /** {@code /lookup/PATH@VERSION}, escaped. */
  public static String lookupPath(String module) {
    ModuleVersion parsed = ModuleVersion.parse(module).orThrow();
    return "/lookup/" + parsed.path().escaped() + "@" + parsed.escapedVersion();
  }

  public synchronized long size() {
    return tree.size();
  }

  public synchronized TreeHead head() {
    return tree.head(tree.size());
  }

  public synchronized TreeHead head(long size) {
    return tree.head(size);
  }

  /** The signed note of the head over the first records. */
  public synchronized byte[] note(long size) {
    return signer.sign(tree.head(size).format() + extraHeadLines);
  }

  /** The honest answer to a lookup, with the head over the first {@code size} records. */
  public synchronized byte[] lookupBody(long id, long size) {
    String record = new LogRecord(id, records.get(Math.toIntExact(id))).format();
    return concat(bytes(record), note(size));
  }

  @Override
  public String name() {
    return signer.name();
  }

  /** The same log seen as a source with another name. */
  public LogSource as(String sourceName) {
    return LogSource.of(sourceName, this::get);
  }

  @Override
  public synchronized Answer get(String path) {
    requests.add(path);
    if (down) {
      return new Answer.Failed("connection refused");
    }
    byte[] lie = lies.get(path);
    if (lie != null) {
      return new Answer.Body(lie.clone());
    }
    if (path.equals("/latest")) {
      return new Answer.Body(note(shown()));
    }
    if (path.startsWith("/lookup/")) {
      return lookup(path);
    }
    return Tile.parse(path.substring(1)).isValid()
        ? tile(Tile.parse(path.substring(1)).orThrow())
        : new Answer.Missing(404, "not found: " + path);
  }

  private Answer lookup(String path) {
    long id = ids.getOrDefault(path, Long.MAX_VALUE);
    if (id >= shown()) {
      return new Answer.Missing(404, "not found: " + path);
    }
    long size = oldHeads.isPresent() ? oldHeads.get().nextLong(id + 1, shown() + 1) : shown();
    return new Answer.Body(lookupBody(id, size));
  }

  private Answer tile(Tile tile) {
    Optional<Tile> widest = tile.in(shown());
    boolean known =
        !withoutTiles
            && tile.height() == tileHeight
            && widest.isPresent()
            && tile.width() <= widest.get().width()
            && (tile.isFull() || !forgetsPartialTiles || !widest.get().isFull());
    if (!known) {
      return new Answer.Missing(404, "not found: " + tile.path());
    }
    byte[] data = tree.tile(tile);
    int flip = flips.getOrDefault(new Tile(tile.height(), tile.level(), tile.number(), 1), -1);
    if (flip >= 0 && flip < tile.width()) {
      data[Hash.BYTES * flip] ^= 1;
    }
    return new Answer.Body(data);
  }

  private long shown() {
    return Math.min(shownSize, tree.size());
  }

  // Stories.

  /** A second history with the same key: equal up to now, from now on it grows by itself. */
  public synchronized FakeLog fork() {
    FakeLog fork = new FakeLog(signer, tileHeight, new FakeTree(tree));
    fork.records.addAll(records);
    fork.ids.putAll(ids);
    return fork;
  }

  /** Shows itself as it was at that size, or as it is with {@code Long.MAX_VALUE}. */
  public synchronized void rollBack(long size) {
    shownSize = size;
  }

  /** Changes one hash of a tile, in every width of it that has the hash. */
  public synchronized void flip(Tile tile, int hash) {
    flips.put(tile.withWidth(1), hash);
  }

  /** Answers a path with any bytes. */
  public synchronized void lie(String path, byte[] answer) {
    lies.put(path, answer.clone());
  }

  /** Answers the lookup of a module with the authentic record of another. */
  public synchronized void answerWith(String module, String other) {
    lie(lookupPath(module), lookupBody(ids.getOrDefault(lookupPath(other), -1L), shown()));
  }

  /** Signs further lines behind the three of the tree head, each ended by a newline. */
  public synchronized void signExtraLines(String lines) {
    extraHeadLines = lines;
  }

  /** Signs the heads in lookups over a random number of records, at least up to the record. */
  public synchronized void showOldHeads(RandomGenerator random) {
    oldHeads = Optional.of(random);
  }

  /** Has no partial tile any more where the full one exists. */
  public synchronized void forgetPartialTiles() {
    forgetsPartialTiles = true;
  }

  public synchronized void loseTiles(boolean lost) {
    withoutTiles = lost;
  }

  public synchronized void down(boolean isDown) {
    down = isDown;
  }

  /** Tells the truth again. */
  public synchronized void repent() {
    lies.clear();
    flips.clear();
    extraHeadLines = "";
    oldHeads = Optional.empty();
    shownSize = Long.MAX_VALUE;
    withoutTiles = false;
    down = false;
  }

  /** The paths that were asked for, in order. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  public synchronized void forgetRequests() {
    requests.clear();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
