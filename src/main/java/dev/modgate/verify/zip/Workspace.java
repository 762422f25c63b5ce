package dev.modgate.verify.zip;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.CRC32;
import java.util.zip.Inflater;

/**
 * What one thread reads a zip with. Who closes it gives it back to be taken for another zip, so
 * that nothing of this size is made anew for each; as many are kept as there are processors. What
 * an earlier zip left in the buffers is never read: a {@link Window} shows no more than it has
 * loaded, and {@link Content} begins every entry anew.
 */
final class Workspace implements AutoCloseable {
  private static final int PACKED = 256 << 10;
  private static final int UNPACKED = 64 << 10;

  /** In bytes, of both buffers. */
  static final int SIZE = PACKED + UNPACKED;

  private static final BlockingQueue<Workspace> IDLE =
      new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

  /** For a {@link Window}. */
  final byte[] packed = new byte[PACKED];

  final byte[] unpacked = new byte[UNPACKED];
  final Inflater inflater = new Inflater(true);
  final CRC32 crc = new CRC32();
  final MessageDigest sha256 = newSha256();

  private Workspace() {}

  static Workspace take() {
    Workspace idle = IDLE.poll();
    return idle == null ? new Workspace() : idle;
  }

  @Override
  public void close() {
    if (!IDLE.offer(this)) {
      inflater.end();
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
