package dev.modgate.verify.zip;

import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.zip.ZipVerdict.Unsound;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The names and declared sizes of a module zip's entries, one after another (x/mod/zip, CheckZip;
 * go.dev/ref/mod#zip-path-size-constraints).
 *
 * <p>Two rules are stricter than x/mod's, because readers differ: a name that is not ASCII carries
 * the UTF-8 flag, and no name occurs twice, not even a directory's.
 */
final class EntryNames {
  /** Sum of the declared sizes, in bytes. */
  static final long MAX_UNPACKED = 500L << 20;

  /** Size of go.mod, and of LICENSE, in bytes. */
  static final long MAX_SPECIAL = 16L << 20;

  private final byte[] prefix;
  private final PathTree paths;
  private boolean rootListed;
  private long unpacked;

  EntryNames(ModuleVersion version) {
    this.prefix = (version + "/").getBytes(StandardCharsets.UTF_8);
    this.paths = new PathTree();
  }

  /** Checks the name and size of an entry and remembers both. */
  Optional<Unsound> add(Entry entry) {
    byte[] name = entry.name();
    if (!Arrays.equals(name, 0, Math.min(prefix.length, name.length), prefix, 0, prefix.length)) {
      return Fault.of("prefix", entry.quotedName() + " does not begin with " + Quoted.of(prefix));
    }
    boolean directory = name[name.length - 1] == '/';
    if (directory && entry.bytes() != 0) {
      return Fault.of("directory-data", "a directory with content: " + entry.quotedName());
    }
    return name.length == prefix.length ? addRoot(entry) : addBelowRoot(entry, directory);
  }

  /** Sum of the declared sizes so far, in bytes. */
  long unpacked() {
    return unpacked;
  }

  private Optional<Unsound> addRoot(Entry entry) {
    if (rootListed) {
      return Fault.of("duplicate", "more than once: " + entry.quotedName());
    }
    rootListed = true;
    return Optional.empty();
  }

  private Optional<Unsound> addBelowRoot(Entry entry, boolean directory) {
    Optional<Unsound> fault = checkDecodable(entry);
    if (fault.isEmpty()) {
      fault = addPath(entry, directory);
    }
    return fault.isPresent() ? fault : addSize(entry);
  }

  private Optional<Unsound> addPath(Entry entry, boolean directory) {
    byte[] name = entry.name();
    int end = directory ? name.length - 1 : name.length;
    String path = new String(name, prefix.length, end - prefix.length, StandardCharsets.UTF_8);
    Optional<Unsound> fault = paths.add(path, directory);
    return directory || fault.isPresent() ? fault : checkSpecial(entry, path);
  }

  private static Optional<Unsound> checkSpecial(Entry entry, String path) {
    String base = path.substring(path.lastIndexOf('/') + 1);
    if (base.equalsIgnoreCase("go.mod")) {
      if (base.length() != path.length()) {
        return Fault.of("nested-go-mod", "a go.mod that is not at the root: " + entry.quotedName());
      }
      if (!path.equals("go.mod")) {
        return Fault.of("go-mod-case", "go.mod must be in lower case: " + entry.quotedName());
      }
    }
    boolean special = path.equals("go.mod") || path.equals("LICENSE");
    if (special && entry.bytes() > MAX_SPECIAL) {
      return Fault.of("special-size", path + " is larger than " + MAX_SPECIAL + " bytes");
    }
    return Optional.empty();
  }

  private Optional<Unsound> addSize(Entry entry) {
    unpacked += entry.bytes();
    if (unpacked > MAX_UNPACKED) {
      return Fault.of("unpacked-size", "the files are larger than " + MAX_UNPACKED + " bytes");
    }
    return Optional.empty();
  }

  private static Optional<Unsound> checkDecodable(Entry entry) {
    if (isAscii(entry.name())) {
      return Optional.empty();
    }
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(entry.name()));
    } catch (CharacterCodingException e) {
      return Fault.of("utf-8", "a name that is not UTF-8: " + entry.quotedName());
    }
    if (!entry.saysUtf8()) {
      return Fault.of("utf-8", "a name that does not say it is UTF-8: " + entry.quotedName());
    }
    return Optional.empty();
  }

  private static boolean isAscii(byte[] name) {
    for (byte octet : name) {
      if (octet < 0) {
        return false;
      }
    }
    return true;
  }
}
