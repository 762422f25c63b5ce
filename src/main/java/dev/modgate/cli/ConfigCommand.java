package dev.modgate.cli;

import dev.modgate.config.ConfigurationLoader;
import dev.modgate.config.LoadResult;
import dev.modgate.config.Problem;
import dev.modgate.config.Setting;
import dev.modgate.document.JsonLine;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is every key set to, and by whom? */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Prints the effective value of every key and where it comes from.")
final class ConfigCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final ConfigurationOptions options = new ConfigurationOptions();

  @Mixin private final ListenOptions listen = new ListenOptions();

  @Option(names = "--json", description = "Print one JSON object a line: key, value, origin.")
  private boolean json;

  ConfigCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    return switch (ConfigurationLoader.load(options.request(surroundings, listen.flags()))) {
      case LoadResult.Loaded(_, List<Setting> settings) -> {
        (json ? objects(settings) : columns(settings)).forEach(surroundings.out()::println);
        yield ExitCode.OK;
      }
      case LoadResult.Refused(List<Problem> problems) -> Refusal.of(problems, surroundings);
    };
  }

  private static List<String> objects(List<Setting> settings) {
    return settings.stream().map(ConfigCommand::object).toList();
  }

  private static String object(Setting setting) {
    return new JsonLine()
        .text("key", setting.key())
        .text("value", setting.value())
        .text("origin", setting.origin().toString())
        .toString();
  }

  private static List<String> columns(List<Setting> settings) {
    int key = settings.stream().mapToInt(setting -> setting.key().length()).max().orElse(0);
    int value = settings.stream().mapToInt(setting -> shown(setting).length()).max().orElse(0);
    return settings.stream()
        .map(setting ->
            padded(setting.key(), key)
                + padded(shown(setting), value)
                + Printable.of(setting.origin().toString()))
        .toList();
  }

  /** An empty list is to be seen. */
  private static String shown(Setting setting) {
    return setting.value().isEmpty() ? "[]" : Printable.of(setting.value());
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length() + 2);
  }
}
