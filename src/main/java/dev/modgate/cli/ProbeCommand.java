package dev.modgate.cli;

import dev.modgate.config.Configuration;
import dev.modgate.config.ConfigurationLoader;
import dev.modgate.config.GoProxy;
import dev.modgate.config.LoadResult;
import dev.modgate.config.Problem;
import dev.modgate.config.Setting;
import dev.modgate.gateway.Probing;
import dev.modgate.probe.MirrorProbe;
import dev.modgate.probe.ProbeReport;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.ModuleVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who is this mirror? */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Shows who a mirror is and whether it keeps to the GOPROXY protocol, with keys to pin it by.",
      "Asks a dozen requests about one module version, as a gate with this configuration would."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:it conforms",
      "1:it breaks a rule of the protocol, or is not the mirror that is configured",
      "2:the arguments or the configuration are wrong",
      "3:it was not reached, or TLS refused it; the certificates that it sent are printed"
    })
final class ProbeCommand implements Callable<Integer> {

  private static final int BROKEN = 1;
  private static final int REFUSED = 3;

  /** Names the mirror in messages: the key that it is read by is not what was written. */
  private static final String KEY = "goproxy";

  private final Surroundings surroundings;

  @Mixin private final ConfigurationOptions options = new ConfigurationOptions();

  @Option(
      names = "--module",
      paramLabel = "MODULE@VERSION",
      defaultValue = "rsc.io/quote@v1.5.2",
      description = "What to ask for; default: ${DEFAULT-VALUE}.")
  private String module = "";

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Parameters(
      paramLabel = "URL|NAME",
      description = "The mirror, or its name in the configuration.")
  private String subject = "";

  ProbeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return switch (ModuleVersion.parse(module)) {
      case Parsed.Invalid<ModuleVersion>(String reason) -> usage(module + ": " + reason);
      case Parsed.Valid<ModuleVersion>(ModuleVersion version) ->
          switch (ConfigurationLoader.load(options.request(surroundings, Map.of(KEY, subject)))) {
            case LoadResult.Loaded(Configuration configuration, List<Setting> _) ->
                probe(configuration, version);
            case LoadResult.Refused(List<Problem> problems) -> refused(problems);
          };
    };
  }

  private int probe(Configuration configuration, ModuleVersion version)
      throws InterruptedException {
    ProcessLog.start();
    Optional<String> mirror = onlyMirror(configuration);
    if (mirror.isEmpty()) {
      return usage("one mirror, by its URL or its name in the configuration");
    }
    ProbeReport report =
        Progress.of(
            "probing",
            MirrorProbe.CHECKS,
            surroundings,
            tick -> report(configuration, mirror.get(), version, tick));
    List<String> lines =
        json
            ? List.of(ProbeJson.of(report).toString())
            : new ProbeText(report, InstantSource.system().instant()).lines();
    lines.forEach(line -> surroundings.out().println(Printable.of(line)));
    return report.refused().isPresent() ? REFUSED : report.conforms() ? ExitCode.OK : BROKEN;
  }

  private static ProbeReport report(
      Configuration configuration, String mirror, ModuleVersion version, Runnable tick) {
    try {
      return Probing.probe(configuration, mirror, version, tick);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> onlyMirror(Configuration configuration) {
    List<GoProxy.Step> steps = configuration.goproxy().steps();
    return steps.size() == 1 && steps.getFirst() instanceof GoProxy.Ask(String name, boolean _)
        ? Optional.of(name)
        : Optional.empty();
  }

  /** What was written here is no flag. */
  private int refused(List<Problem> problems) {
    for (Problem problem : problems) {
      if (problem.key().equals(KEY)) {
        return usage("the mirror " + problem.message() + "; " + problem.fix());
      }
    }
    return Refusal.of(problems, surroundings);
  }

  private int usage(String reason) {
    surroundings.err().println(Printable.of("modgate: " + reason));
    return ExitCode.USAGE;
  }
}
