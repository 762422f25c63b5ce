package dev.modgate.verify.zip;

import dev.modgate.verify.module.ModuleVersion;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
  private final Fault fault;
  private boolean rootListed;
  private long unpacked;

  EntryNames(ModuleVersion version, Fault fault) {
    this.prefix = (version + "/").getBytes(StandardCharsets.UTF_8);
    this.paths = new PathTree(fault);
    this.fault = fault;
  }

  /** Checks the name and size of an entry and remembers both. */
  boolean accept(Entry entry) {
    byte[] name = entry.name();
    if (!Arrays.equals(name, 0, Math.min(prefix.length, name.length), prefix, 0, prefix.length)) {
      return fault.of("prefix", entry.quotedName() + " does not begin with " + Quoted.of(prefix));
    }
    boolean directory = name[name.length - 1] == '/';
    if (directory && entry.bytes() != 0) {
      return fault.of("directory-data", "a directory with content: " + entry.quotedName());
    }
    if (name.length == prefix.length) {
      boolean again = rootListed;
      rootListed = true;
      return !again || fault.of("duplicate", "more than once: " + entry.quotedName());
    }
    return decodable(entry) && acceptPath(entry, directory) && acceptSize(entry);
  }

  /** Sum of the declared sizes so far, in bytes. */
  long unpacked() {
    return unpacked;
  }

  private boolean acceptPath(Entry entry, boolean directory) {
    byte[] name = entry.name();
    int end = directory ? name.length - 1 : name.length;
    String path = new String(name, prefix.length, end - prefix.length, StandardCharsets.UTF_8);
    return paths.add(path, directory) && (directory || acceptSpecial(entry, path));
  }

  private boolean acceptSpecial(Entry entry, String path) {
    String base = path.substring(path.lastIndexOf('/') + 1);
    if (base.equalsIgnoreCase("go.mod")) {
      if (base.length() != path.length()) {
        return fault.of("nested-go-mod", "a go.mod that is not at the root: " + entry.quotedName());
      }
      if (!path.equals("go.mod")) {
        return fault.of("go-mod-case", "go.mod must be in lower case: " + entry.quotedName());
      }
    }
    boolean special = path.equals("go.mod") || path.equals("LICENSE");
    return !special
        || entry.bytes() <= MAX_SPECIAL
        || fault.of("special-size", path + " is larger than " + MAX_SPECIAL + " bytes");
  }

  private boolean acceptSize(Entry entry) {
    unpacked += entry.bytes();
    return unpacked <= MAX_UNPACKED
        || fault.of("unpacked-size", "the files are larger than " + MAX_UNPACKED + " bytes");
  }

  private boolean decodable(Entry entry) {
    if (isAscii(entry.name())) {
      return true;
    }
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(entry.name()));
    } catch (CharacterCodingException e) {
      return fault.of("utf-8", "a name that is not UTF-8: " + entry.quotedName());
    }
    return entry.saysUtf8()
        || fault.of("utf-8", "a name that does not say it is UTF-8: " + entry.quotedName());
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
