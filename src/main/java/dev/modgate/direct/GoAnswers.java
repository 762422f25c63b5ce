package dev.modgate.direct;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.chain.Failure;
import dev.modgate.chain.Payload;
import dev.modgate.chain.Reply;
import dev.modgate.chain.Spool;
import dev.modgate.direct.BoundedProcess.Exited;
import dev.modgate.direct.GoRunner.Brought;
import dev.modgate.direct.GoRunner.Failed;
import dev.modgate.direct.GoRunner.Nothing;
import dev.modgate.direct.GoRunner.Outcome;
import dev.modgate.document.DocumentReader;
import dev.modgate.document.Node;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.ModulePath;
import dev.modgate.verify.module.VersionText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads what the go command prints, and takes the files that it names out of the sandbox. Only
 * files of the sandbox's module cache are taken.
 *
 * @see <a href="https://go.dev/ref/mod#go-mod-download">go.dev/ref/mod#go-mod-download</a>
 */
final class GoAnswers {

  /** Bytes; as much as a mirror may send. */
  private static final long INFO = 256 * 1024;

  private static final long GO_MOD = 16L << 20;
  private static final long ZIP = 500L << 20;

  private final Spool spool;

  GoAnswers(Spool spool) {
    this.spool = spool;
  }

  /** Of {@code go mod download -json}. */
  Outcome<Download> download(Exited exited, Sandbox sandbox, Failed<Download> failed)
      throws IOException {
    Optional<Path> info = file(exited, "Info", sandbox);
    Optional<Path> goMod = file(exited, "GoMod", sandbox);
    if (info.isEmpty() || goMod.isEmpty()) {
      return failed.with(complaint(exited));
    }
    if (Files.size(info.get()) > INFO || Files.size(goMod.get()) > GO_MOD) {
      return new Nothing<>(new Reply.Failed(new Failure.TooLarge(GO_MOD)));
    }
    byte[] infoBytes = Files.readAllBytes(info.get());
    byte[] goModBytes = Files.readAllBytes(goMod.get());
    Optional<Path> zip = file(exited, "Zip", sandbox);
    if (zip.isPresent() && exited.isSuccess()) {
      return zip(zip.get(), infoBytes, goModBytes);
    }
    // A go that is too old for the module has its go.mod, and refuses the rest.
    return switch (failed.with(complaint(exited))) {
      case Nothing<Download>(Reply reply) ->
          new Brought<>(new Download(infoBytes, goModBytes, Optional.empty(), reply));
      case Brought<Download> brought -> brought;
    };
  }

  private Outcome<Download> zip(Path zip, byte[] info, byte[] goMod) throws IOException {
    long size = Files.size(zip);
    if (size > ZIP) {
      return new Nothing<>(new Reply.Failed(new Failure.TooLarge(ZIP)));
    }
    Path file = Files.move(zip, spool.next());
    return new Brought<>(
        new Download(
            info,
            goMod,
            Optional.of(new Payload.Spooled(file, size)),
            new Reply.NotThere(404, "no zip")));
  }

  /**
   * Of {@code go list -m -json} of a query: the {@code .info} that the run has left in its cache.
   */
  Outcome<byte[]> resolved(ModulePath module, Exited exited, Sandbox sandbox, Failed<byte[]> failed)
      throws IOException {
    Optional<String> version = exited.isSuccess() ? field(exited, "Version") : Optional.empty();
    if (version.isEmpty()
        || !(VersionText.escape(version.get()) instanceof Parsed.Valid<String>(String escaped))) {
      return failed.with(complaint(exited));
    }
    Path info =
        sandbox
            .folder("mod")
            .resolve("cache/download")
            .resolve(module.escaped())
            .resolve("@v")
            .resolve(escaped + ".info");
    return Files.isRegularFile(info) && Files.size(info) <= INFO
        ? new Brought<>(Files.readAllBytes(info))
        : new Nothing<>(GoWords.failed("go resolved a version and left no info about it"));
  }

  /** Of {@code go list -m -versions} with a version a line. */
  Outcome<byte[]> versions(Exited exited, Failed<byte[]> failed) {
    return exited.isSuccess()
        ? new Brought<>(exited.output().getBytes(UTF_8))
        : failed.with(complaint(exited));
  }

  /** The error of the JSON, or else what stands on standard error. */
  private static String complaint(Exited exited) {
    return field(exited, "Error").orElse(exited.errors());
  }

  private static Optional<String> field(Exited exited, String name) {
    return DocumentReader.json(exited.output().getBytes(UTF_8))
                instanceof Parsed.Valid<Node>(Node.Mapping json)
            && json.find(name).orElse(json) instanceof Node.Text(int _, String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  private static Optional<Path> file(Exited exited, String name, Sandbox sandbox) {
    return field(exited, name)
        .map(Path::of)
        .filter(file -> file.normalize().startsWith(sandbox.folder("mod")))
        .filter(Files::isRegularFile);
  }
}
