package dev.modgate.cli;

import dev.modgate.config.Configuration;
import dev.modgate.config.ConfigurationLoader;
import dev.modgate.config.LoadResult;
import dev.modgate.config.Problem;
import dev.modgate.config.Setting;
import dev.modgate.gateway.Gateway;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves until the process is told to end. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Serves modules until SIGINT or SIGTERM; answers under way may finish.",
      "The first line on standard output says what is listened on."
    })
final class ServeCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final ConfigurationOptions options = new ConfigurationOptions();

  @Mixin private final ListenOptions listen = new ListenOptions();

  ServeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return switch (ConfigurationLoader.load(options.request(surroundings, listen.flags()))) {
      case LoadResult.Loaded(Configuration configuration, List<Setting> _) -> serve(configuration);
      case LoadResult.Refused(List<Problem> problems) -> Refusal.of(problems, surroundings);
    };
  }

  /** Ends only with the process: the hook closes the gate. */
  private int serve(Configuration configuration) throws IOException, InterruptedException {
    ProcessLog.start(configuration.log().level());
    Gateway gateway =
        Gateway.start(configuration, surroundings.environment(), Main.Version.current());
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("modgate-end").unstarted(gateway::close));
    surroundings
        .out()
        .println("modgate: serving " + gateway.url() + " (admin " + gateway.adminUrl() + ")");
    new CountDownLatch(1).await();
    return 0;
  }
}
