package dev.modgate.verify.zip;

import dev.modgate.verify.module.ModuleVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was read of a file ahead, each by its place. All of it is true of the bytes there, and
 * nothing says that they are what an archive means: that is for who asks to know.
 */
final class Findings {
  private final Map<Long, Measured> measured = new HashMap<>();
  private Optional<Directory> directory = Optional.empty();

  /** Data that begins at a place. */
  void add(long place, Measured data) {
    measured.put(place, data);
  }

  /** How many entries' data is measured. */
  int count() {
    return measured.size();
  }

  /** Data that begins at a place, whatever its lengths are. */
  Optional<Measured> at(long place) {
    return Optional.ofNullable(measured.get(place));
  }

  /** Directory records without a fault, to be read on. */
  void set(Optional<Directory> records) {
    directory = records;
  }

  Optional<Directory> directory() {
    return directory;
  }

  /** The beginning of a directory, given away once; empty if it is to be read. */
  Optional<Directory> take(EndRecord end, ModuleVersion version) {
    Optional<Directory> taken = directory.filter(read -> read.isBeginningOf(end, version));
    directory = Optional.empty();
    return taken;
  }
}
