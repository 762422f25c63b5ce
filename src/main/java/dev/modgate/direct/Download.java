package dev.modgate.direct;

import dev.modgate.chain.Payload;
import dev.modgate.chain.Reply;
import java.io.IOException;
import java.util.Optional;

/** The three files of a version, as one run brought them. */
final class Download {

  private final byte[] info;
  private final byte[] goMod;
  private final Reply withoutZip;
  private Optional<Payload.Spooled> zip;

  /**
   * @param zip empty if the run brought none
   * @param withoutZip the answer to who asks for the zip then
   */
  Download(byte[] info, byte[] goMod, Optional<Payload.Spooled> zip, Reply withoutZip) {
    this.info = info;
    this.goMod = goMod;
    this.zip = zip;
    this.withoutZip = withoutZip;
    this.bringsZip = zip.isPresent();
  }

  private final boolean bringsZip;

  byte[] info() {
    return info;
  }

  byte[] goMod() {
    return goMod;
  }

  /** The zip file, which belongs to the caller then; empty if it was taken before. */
  synchronized Optional<Payload.Spooled> takeZip() {
    Optional<Payload.Spooled> taken = zip;
    zip = Optional.empty();
    return taken;
  }

  /** The answer about the zip if there never was one; empty if there is, or was. */
  Optional<Reply> withoutZip() {
    return bringsZip ? Optional.empty() : Optional.of(withoutZip);
  }

  /** Bytes in memory. */
  long memory() {
    return (long) info.length + goMod.length;
  }

  /** Bytes on disk. */
  synchronized long disk() {
    return zip.map(Payload.Spooled::size).orElse(0L);
  }

  void discard() throws IOException {
    Optional<Payload.Spooled> left = takeZip();
    if (left.isPresent()) {
      left.get().discard();
    }
  }
}
