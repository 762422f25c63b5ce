package dev.modgate.secret;

import dev.modgate.verify.Parsed;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * A secret that is looked up each time it is used. A rotated file is picked up at once; one that
 * can't be used, or vanishes, changes nothing: what it held before stays in use.
 */
public final class LiveSecret {

  private static final System.Logger LOG = System.getLogger("modgate.credentials");

  private final String owner;
  private final Function<String, Parsed<Secret>> reading;
  private final RecentSecrets recent;
  private final Optional<WatchedFile> file;
  private Optional<Secret> held = Optional.empty();
  private String problem = "";

  private LiveSecret(
      String owner,
      Optional<WatchedFile> file,
      Function<String, Parsed<Secret>> reading,
      SecretListener listener) {
    this.owner = owner;
    this.file = file;
    this.reading = reading;
    this.recent = new RecentSecrets(listener);
  }

  /**
   * A secret that is referred to.
   *
   * @param owner where it is configured, for the log: {@code mirrors.corp.credentials}
   */
  public static LiveSecret of(
      String owner, SecretReference reference, InstantSource clock, SecretListener listener) {
    return switch (reference) {
      case SecretReference.Held(Secret secret) -> {
        LiveSecret live = new LiveSecret(owner, Optional.empty(), Secret::of, listener);
        live.keep(secret);
        yield live;
      }
      case SecretReference.InFile(Path path) ->
          inFile(owner, path, Secret.MAX_LENGTH + 2, LiveSecret::line, clock, listener);
    };
  }

  /**
   * A secret in a file of a form of its own.
   *
   * @param limit bytes of the file, at most
   * @param reading what the text of the file, one character a byte, holds
   */
  public static LiveSecret inFile(
      String owner,
      Path path,
      int limit,
      Function<String, Parsed<Secret>> reading,
      InstantSource clock,
      SecretListener listener) {
    WatchedFile file = new WatchedFile(path, limit, clock);
    return new LiveSecret(owner, Optional.of(file), reading, listener);
  }

  /** The value, or why there never was one: a sentence that does not quote it. */
  public synchronized Parsed<Secret> current() {
    if (file.isPresent()) {
      switch (file.get().look()) {
        case WatchedFile.Same() -> {}
        case WatchedFile.Changed changed -> take(reading.apply(changed.text()));
        case WatchedFile.Unusable(String reason) -> complain("the file " + reason);
      }
    }
    return held.<Parsed<Secret>>map(Parsed::valid).orElseGet(() -> Parsed.invalid(problem));
  }

  private void take(Parsed<Secret> read) {
    switch (read) {
      case Parsed.Valid<Secret>(Secret secret) -> keep(secret);
      case Parsed.Invalid<Secret>(String reason) -> complain(reason);
    }
  }

  private void keep(Secret secret) {
    recent.add(secret);
    held = Optional.of(secret);
    problem = "";
  }

  /** Once for each new problem. */
  private void complain(String reason) {
    if (!reason.equals(problem)) {
      problem = reason;
      String then = held.isPresent() ? "; the secret that it held before stays in use" : "";
      LOG.log(System.Logger.Level.WARNING, "{0}: {1}{2}", owner, reason, then);
    }
  }

  /** One line; the line feed at its end, if there is one, is not part of it. */
  private static Parsed<Secret> line(String text) {
    if (text.endsWith("\r\n")) {
      return Secret.of(text.substring(0, text.length() - 2));
    }
    return Secret.of(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
  }
}
