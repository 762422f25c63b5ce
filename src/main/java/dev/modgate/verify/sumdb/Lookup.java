package dev.modgate.verify.sumdb;

import dev.modgate.verify.module.H1;
import dev.modgate.verify.tlog.TreeHead;
import java.util.Optional;

/** What a checksum database says about a module version. */
public sealed interface Lookup {

  /**
   * A record with at least one hash of the module version is proven to be in the log.
   *
   * @param zip hash of the module's files; empty if the record has none
   * @param goMod hash of the go.mod file; empty if the record has none
   * @param recordId number of the record, below the size of {@code provenIn}
   * @param provenIn a signed head of a tree that has the record
   * @param database name of the database
   */
  record Found(
      Optional<H1> zip, Optional<H1> goMod, long recordId, TreeHead provenIn, String database)
      implements Lookup {}

  /**
   * Every source says that the database does not know the module version.
   *
   * @param text of the last source
   * @param status 404 or 410
   */
  record NotLogged(String text, int status) implements Lookup {}

  /**
   * Nothing is known now; asking later may help. This is never "not there".
   *
   * @param reason one printable sentence
   */
  record Unavailable(String reason) implements Lookup {}

  /**
   * What was answered can't be true.
   *
   * @param reason one printable sentence
   * @param fork present if the database itself contradicts itself
   */
  record Refused(String reason, Optional<Fork> fork) implements Lookup {}
}
