package dev.modgate.cli;

import dev.modgate.config.Configuration;
import dev.modgate.config.ConfigurationLoader;
import dev.modgate.config.Endpoint;
import dev.modgate.config.LoadResult;
import dev.modgate.config.Problem;
import dev.modgate.config.Setting;
import dev.modgate.gateway.BuildTrace;
import dev.modgate.gateway.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a build through a gate, in one trace. */
@Command(
    name = "exec",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisHeading = "Usage: modgate exec [OPTIONS] [--] COMMAND [ARG...]%n",
    customSynopsis = "",
    description = {
      "Runs a command whose go asks a gate for its modules, and tells at the end what",
      "it got. That is the gate at the configuration's addresses, or, if none runs",
      "there, one that is started for the time of the command."
    },
    exitCodeOnInvalidInput = ExecCommand.FAILED,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "N:of the command; 128 and the number of the signal that ended it",
      "125:the arguments or the configuration are wrong, or there is no gate; nothing was run",
      "126:the command can't be run",
      "127:there is no such command"
    })
final class ExecCommand implements Callable<Integer> {

  /** As env and docker run say that it was they who failed. */
  static final int FAILED = 125;

  /** For answers under way when the command is gone, and for the last spans. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private static final String FREE_PORT = "127.0.0.1:0";

  private final Surroundings surroundings;

  @Mixin private final ConfigurationOptions options = new ConfigurationOptions();

  @Option(
      names = "--gate",
      paramLabel = "URL",
      description = "A gate that runs already; default: at the configuration's address.")
  private Optional<String> gate = Optional.empty();

  @Option(
      names = "--admin",
      paramLabel = "URL",
      description = "Its admin listener, for the report.")
  private Optional<String> admin = Optional.empty();

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "What the build is called: letters, digits, - and _; default: random.")
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write the gate's account of the build there.")
  private Optional<Path> json = Optional.empty();

  @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "What to run.")
  private List<String> command = List.of();

  ExecCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    String build = id.orElseGet(ExecCommand::randomId);
    if (!BuildTrace.isId(build)) {
      return failed("--id is 1 to 64 letters, digits, dashes and low lines");
    }
    Optional<Child.Obstacle> obstacle =
        Child.obstacle(command.getFirst(), surroundings.environment().getOrDefault("PATH", ""));
    if (obstacle.isPresent()) {
      say(obstacle.get().sentence());
      return obstacle.get().exit();
    }
    ProcessLog.start();
    try {
      return switch (ConfigurationLoader.load(options.request(surroundings))) {
        case LoadResult.Loaded(Configuration configuration, List<Setting> _) ->
            throughAGate(configuration, build);
        case LoadResult.Refused(List<Problem> problems) -> refused(problems);
      };
    } catch (IOException e) {
      return failed(Failure.reason(e));
    }
  }

  private int throughAGate(Configuration configuration, String build)
      throws IOException, InterruptedException {
    RunningGate running =
        new RunningGate(
            gate.map(ExecCommand::withoutSlash).orElse(url(configuration.listen())),
            admin.map(ExecCommand::withoutSlash).orElse(url(configuration.admin())));
    boolean isThere = running.serves("/~" + build) && (gate.isPresent() || running.keepsAccounts());
    if (isThere) {
      try (BuildTrace trace =
          BuildTrace.begin(
              surroundings.environment(), Main.Version.current(), build, traceparent())) {
        return new Run(running, "", trace).run(build);
      }
    }
    return gate.isPresent()
        ? failed("no gate that knows builds answers at " + running.url() + "; nothing was run")
        : throughAGateOfItsOwn(build);
  }

  private int throughAGateOfItsOwn(String build) throws IOException, InterruptedException {
    Map<String, String> flags = Map.of("listen", FREE_PORT, "admin", FREE_PORT);
    return switch (ConfigurationLoader.load(options.request(surroundings, flags))) {
      case LoadResult.Refused(List<Problem> problems) -> refused(problems);
      case LoadResult.Loaded(Configuration configuration, List<Setting> _) -> {
        Gateway own =
            Gateway.start(configuration, surroundings.environment(), Main.Version.current());
        try (BuildTrace trace = own.build(build, traceparent())) {
          yield new Run(
                  new RunningGate(own.url(), own.adminUrl()), ", for this command alone", trace)
              .run(build);
        } finally {
          // It would wait for answers that nobody reads any more; the store is whole at any time.
          Thread closing = Thread.ofPlatform().daemon().start(own::close);
          boolean _ = closing.join(PATIENCE);
        }
      }
    };
  }

  /** The command, from its start to the report. */
  private final class Run {

    private final RunningGate gate;
    private final String standing;
    private final BuildTrace trace;

    Run(RunningGate gate, String standing, BuildTrace trace) {
      this.gate = gate;
      this.standing = standing;
      this.trace = trace;
    }

    int run(String build) throws InterruptedException {
      new GoSettings(surroundings.environment(), surroundings.home())
          .warnings(gate.url())
          .forEach(ExecCommand.this::say);
      Child child =
          new Child(
              command,
              Map.of("GOPROXY", gate.url() + trace.prefix(), "TRACEPARENT", trace.traceparent()));
      Signals.handle("INT", child::signal);
      Signals.handle("TERM", child::signal);
      long start = System.nanoTime();
      int exit = exit(child);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      trace.end(exit);
      report(build, exit, took);
      return exit;
    }

    private int exit(Child child) throws InterruptedException {
      try {
        return child.run();
      } catch (IOException e) {
        say(Failure.reason(e));
        return Child.NOT_EXECUTABLE;
      }
    }

    private void report(String build, int exit, Duration took) throws InterruptedException {
      Optional<String> account = gate.account(build);
      BuildText text =
          new BuildText(
              new BuildText.Facts(
                  Path.of(command.getFirst()).getFileName().toString(),
                  exit,
                  took,
                  build,
                  gate.url() + standing,
                  trace.traceId()),
              account.flatMap(RunningGate::json),
              account.isPresent() || gate.keepsAccounts());
      text.lines().forEach(line -> surroundings.err().println(Printable.of(line)));
      json.ifPresent(file -> write(file, account.orElse("{}")));
    }

    private void write(Path file, String account) {
      try {
        Files.writeString(file, account + "\n");
      } catch (IOException e) {
        say(file + ": the account can't be written: " + Failure.reason(e));
      }
    }
  }

  private Optional<String> traceparent() {
    return Optional.ofNullable(surroundings.environment().get("TRACEPARENT"));
  }

  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** A gate that listens everywhere is reached on this machine too. */
  private static String url(Endpoint endpoint) {
    return "http://"
        + switch (endpoint.host()) {
          case "0.0.0.0" -> new Endpoint("127.0.0.1", endpoint.port());
          case "::" -> new Endpoint("::1", endpoint.port());
          default -> endpoint;
        };
  }

  private static String randomId() {
    return HexFormat.of().toHexDigits(new SecureRandom().nextInt());
  }

  private int refused(List<Problem> problems) {
    int _ = Refusal.of(problems, surroundings);
    return FAILED;
  }

  private int failed(String sentence) {
    say(sentence);
    return FAILED;
  }

  private void say(String sentence) {
    surroundings.err().println(Printable.of("modgate: " + sentence));
  }
}
