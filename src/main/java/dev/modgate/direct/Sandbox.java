package dev.modgate.direct;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;

/** The folders of one run, readable by their owner alone, and gone when it is closed. */
final class Sandbox implements AutoCloseable {

  private final Path root;

  private Sandbox(Path root) {
    this.root = root;
  }

  /**
   * Makes it.
   *
   * @param root a name that nobody uses
   */
  static Sandbox at(Path root) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectory(root, ownerOnly);
    Sandbox sandbox = new Sandbox(root.toRealPath());
    for (String folder : new String[] {"home", "path", "mod", "build", "tmp", "work", "roots"}) {
      Files.createDirectory(sandbox.folder(folder), ownerOnly);
    }
    Path telemetry = sandbox.folder("home").resolve(".config/go/telemetry");
    Files.createDirectories(telemetry);
    Files.writeString(telemetry.resolve("mode"), "off", UTF_8);
    return sandbox;
  }

  Path folder(String name) {
    return root.resolve(name);
  }

  /** No other run has it. */
  String mark() {
    return root.getFileName().toString();
  }

  /** The text without the place of this sandbox in it. */
  String withoutPlace(String text) {
    return text.replace(root.toString(), "sandbox");
  }

  /** Bytes of all its files, while they come and go. */
  long size() throws IOException {
    AtomicLong bytes = new AtomicLong();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes.addAndGet(attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return bytes.get();
  }

  /** Removes everything; links are removed and not followed. */
  @Override
  public void close() throws IOException {
    Files.walkFileTree(root, new Removal());
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      // Parts of a module cache may be read-only, whatever GOFLAGS says.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
