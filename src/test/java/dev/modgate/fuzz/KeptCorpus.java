package dev.modgate.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The inputs of a target that are part of the source tree: {@code mvn test} replays them, every
 * search starts from them. A file's name is the hash that libFuzzer gave it.
 *
 * @param files in the order of their sizes
 */
record KeptCorpus(FuzzTarget target, List<Path> files) {

  static final int MAX_FILES = 64;
  static final long MAX_BYTES = 64 << 10;

  static KeptCorpus of(FuzzTarget target) throws IOException {
    if (!Files.isDirectory(target.keptCorpus())) {
      return new KeptCorpus(target, List.of());
    }
    try (Stream<Path> files = Files.list(target.keptCorpus())) {
      return new KeptCorpus(
          target,
          files
              .sorted(Comparator.comparingLong(KeptCorpus::sizeOf).thenComparing(Path::toString))
              .toList());
    }
  }

  int size() {
    return files.size();
  }

  boolean isSmall() {
    return size() <= MAX_FILES && bytes() <= MAX_BYTES;
  }

  /** Bytes in all files. */
  long bytes() {
    return files.stream().mapToLong(KeptCorpus::sizeOf).sum();
  }

  /**
   * Adds what reaches code that nothing here reaches, the small ones first, as long as there is
   * room.
   */
  Jazzer.Result takeOver(Jazzer jazzer, Path generated) throws IOException, InterruptedException {
    Path kept = Files.createDirectories(target.keptCorpus());
    Jazzer.Result result = jazzer.merge(target, kept, generated);
    List<Path> added = new ArrayList<>(of(target).files);
    added.removeAll(files);
    int room = MAX_FILES - size();
    long bytes = bytes();
    for (Path file : added) {
      bytes += sizeOf(file);
      room--;
      if (room < 0 || bytes > MAX_BYTES) {
        Files.delete(file);
      }
    }
    return result;
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
