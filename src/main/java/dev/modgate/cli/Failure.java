package dev.modgate.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns an exception that nobody expected into one line and exit code 1. */
final class Failure implements IExecutionExceptionHandler {

  /** If set, the stack trace follows. */
  static final String DEBUG = "MODGATE_LAUNCHER_DEBUG";

  static final int EXIT_CODE = 1;

  private final Surroundings surroundings;

  Failure(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public int handleExecutionException(
      Exception unexpected, CommandLine commandLine, ParseResult parseResult) {
    return report(unexpected);
  }

  int report(Throwable unexpected) {
    surroundings.err().println(Printable.of("modgate: " + sentence(unexpected)));
    if (surroundings.environment().containsKey(DEBUG)) {
      unexpected.printStackTrace(surroundings.err());
    }
    surroundings.err().flush();
    return EXIT_CODE;
  }

  /** Why a file could not be used, without its name. */
  static String reason(IOException failure) {
    String type = failure.getClass().getSimpleName();
    return switch (failure) {
      case AccessDeniedException _ -> "no permission";
      case FileSystemException file -> Optional.ofNullable(file.getReason()).orElse(type);
      default -> Optional.ofNullable(failure.getMessage()).orElse(type);
    };
  }

  /** Failures of input and output name the file; the message of any other may quote a secret. */
  private static String sentence(Throwable unexpected) {
    String what = "unexpected " + unexpected.getClass().getSimpleName();
    return switch (unexpected) {
      case IOException io -> what + ": " + io.getMessage();
      case UncheckedIOException io -> what + ": " + io.getMessage();
      default -> what + "; set " + DEBUG + "=1 to see where";
    };
  }
}
