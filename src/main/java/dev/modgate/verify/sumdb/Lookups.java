package dev.modgate.verify.sumdb;

import dev.modgate.verify.module.ModuleVersion;
import java.util.Optional;

/** Who knows what a module version has to be: a checksum database, or something around one. */
public interface Lookups {

  /**
   * The hashes of a module version; waits for the network if it has to. Nothing is thrown: every
   * failure is a value.
   *
   * @param version to look up
   * @return its hashes with the size of the tree they are proven in, or why there are none
   */
  Lookup lookup(ModuleVersion version);

  /**
   * Why nothing that the database says is to be believed.
   *
   * @return one printable line; empty if it may be believed
   */
  Optional<String> alarm();
}
