package dev.modgate.verify.sumdb;

import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.tlog.LogRecord;
import java.util.Optional;

/**
 * The go.sum lines of one module version in a record.
 *
 * @param zip of the line {@code PATH VERSION h1:…}
 * @param goMod of the line {@code PATH VERSION/go.mod h1:…}
 */
record RecordLines(Optional<H1> zip, Optional<H1> goMod) {

  /**
   * Reads the lines out of the text of a record, which must be authenticated: nothing around it
   * counts (CVE-2026-56864). A record without a line for the module version is refused
   * (CVE-2026-42501). Of several lines with the same path, version and algorithm the first counts;
   * lines with an algorithm other than h1 are passed by.
   */
  static Parsed<RecordLines> of(ModuleVersion module, LogRecord record) {
    String start = module.path().text() + " " + module.version();
    Optional<String> zip = first(record, start + " ");
    Optional<String> goMod = first(record, start + "/go.mod ");
    if (zip.isEmpty() && goMod.isEmpty()) {
      return Parsed.invalid(
          "record %d has no hash of %s@%s"
              .formatted(record.id(), module.path().text(), module.version()));
    }
    return hash(zip)
        .then(zipHash -> hash(goMod).then(hash -> Parsed.valid(new RecordLines(zipHash, hash))));
  }

  private static Optional<String> first(LogRecord record, String start) {
    return record
        .text()
        .lines()
        .filter(line -> line.startsWith(start + "h1:"))
        .map(line -> line.substring(start.length()))
        .findFirst();
  }

  private static Parsed<Optional<H1>> hash(Optional<String> text) {
    return text.isEmpty()
        ? Parsed.valid(Optional.empty())
        : H1.parse(text.get()).then(hash -> Parsed.valid(Optional.of(hash)));
  }
}
