package dev.modgate.verify.sumdb;

import dev.modgate.verify.module.ModuleVersion;
import java.util.Optional;

/** Who knows what a module version has to be: a checksum database, or something around one. */
public interface Lookups {

  /** The hashes of a module version; waits for the network if it has to. */
  Lookup lookup(ModuleVersion version);

  /** Why nothing that the database says is to be believed, if that is so; one printable line. */
  Optional<String> alarm();
}
