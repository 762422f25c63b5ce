package dev.modgate.cli;

import dev.modgate.config.Configuration;
import dev.modgate.config.ConfigurationLoader;
import dev.modgate.config.LoadResult;
import dev.modgate.config.Problem;
import dev.modgate.config.Setting;
import dev.modgate.gateway.LogAccess;
import dev.modgate.verify.ArtifactKind;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.gosum.Claim;
import dev.modgate.verify.gosum.GoSum;
import dev.modgate.verify.gosum.SumCheck;
import dev.modgate.verify.module.ModuleVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Is every line of a go.sum in the log? */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Proves the lines of a go.sum, or the versions of modules, in the checksum database.",
      "Asks as a gate would; modules that goprivate or gonosumdb names are not asked about.",
      "Prints a line for each, what is not proven last."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:everything is proven, or exempt",
      "1:something is not: another hash in the log, not logged, or a log that can't be believed",
      "2:the arguments, a go.sum or the configuration are wrong",
      "3:the log could not be asked; nothing is known to be wrong"
    })
final class VerifyCommand implements Callable<Integer> {

  private static final Path HERE = Path.of("go.sum");

  private final Surroundings surroundings;

  @Mixin private final ConfigurationOptions options = new ConfigurationOptions();

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only what is not proven, and the last line.")
  private boolean quiet;

  @Parameters(
      paramLabel = "GO_SUM|MODULE@VERSION",
      description = "Files, and versions; without any, the go.sum of this folder.")
  private List<String> subjects = List.of();

  VerifyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return switch (claims()) {
      case Parsed.Invalid<List<Claim>>(String reason) -> wrong(reason);
      case Parsed.Valid<List<Claim>>(List<Claim> claims) ->
          switch (ConfigurationLoader.load(options.request(surroundings))) {
            case LoadResult.Loaded(Configuration configuration, List<Setting> _) ->
                check(claims, configuration);
            case LoadResult.Refused(List<Problem> problems) -> Refusal.of(problems, surroundings);
          };
    };
  }

  private int wrong(String reason) {
    say(reason);
    return ExitCode.USAGE;
  }

  private void say(String sentence) {
    surroundings.err().println(Printable.of("modgate: " + sentence));
  }

  private int check(List<Claim> claims, Configuration configuration) throws InterruptedException {
    ProcessLog.start();
    LogAccess log;
    try {
      log = LogAccess.open(configuration);
    } catch (IOException e) {
      return wrong("data " + configuration.data() + ": " + Failure.reason(e));
    }
    try (log) {
      SumCheck check = new SumCheck(log.database(), log.exempt());
      Findings findings =
          new Findings(
              Progress.of(
                  "proving", claims.size(), surroundings, tick -> check.check(claims, tick)));
      findings.lines(quiet).forEach(line -> surroundings.out().println(Printable.of(line)));
      surroundings.out().println(findings.summary(log.databaseName()));
      findings.advice().ifPresent(this::say);
      return findings.exitCode();
    }
  }

  private Parsed<List<Claim>> claims() {
    List<String> all = subjects.isEmpty() ? List.of(HERE.toString()) : subjects;
    List<Claim> claims = new ArrayList<>();
    for (String subject : all) {
      boolean isModule = subject.contains("@") && !Files.exists(Path.of(subject));
      switch (isModule ? ofModule(subject) : ofFile(Path.of(subject))) {
        case Parsed.Valid<List<Claim>>(List<Claim> more) -> claims.addAll(more);
        case Parsed.Invalid<List<Claim>> refused -> {
          return refused;
        }
      }
    }
    return Parsed.valid(claims);
  }

  private static Parsed<List<Claim>> ofModule(String subject) {
    return switch (ModuleVersion.parse(subject)) {
      case Parsed.Valid<ModuleVersion>(ModuleVersion module) ->
          Parsed.valid(
              Stream.of(ArtifactKind.ZIP, ArtifactKind.GO_MOD)
                  .map(kind -> new Claim(subject, module, kind, Optional.empty()))
                  .toList());
      case Parsed.Invalid<ModuleVersion>(String reason) -> Parsed.invalid(subject + ": " + reason);
    };
  }

  private static Parsed<List<Claim>> ofFile(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return GoSum.parse(file.toString(), in.readNBytes(GoSum.MAX_BYTES + 1));
    } catch (NoSuchFileException e) {
      return Parsed.invalid(file + ": there is no such file, and a module is MODULE@VERSION");
    } catch (IOException e) {
      return Parsed.invalid(file + ": can't be read: " + Failure.reason(e));
    }
  }
}
