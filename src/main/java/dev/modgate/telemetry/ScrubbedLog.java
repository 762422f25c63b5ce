package dev.modgate.telemetry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Stands between all that is logged in this process and where it is printed: a library may quote a
 * header, and a collector's answer may echo one. Messages are scrubbed and brought onto one line;
 * of an exception its class and its frames remain, never a message.
 */
final class ScrubbedLog implements AutoCloseable {

  /** Kept, because the log manager holds loggers weakly. */
  private static final Logger ROOT = Logger.getLogger("");

  private static final Gate GATE = new Gate();

  /** How Undertow quotes a request, up to a closing brace. */
  private static final String EXCHANGE = "HttpServerExchange{";

  private final Scrubber scrubber;
  private final Handler copy;

  private ScrubbedLog(Scrubber scrubber, Handler copy) {
    this.scrubber = scrubber;
    this.copy = copy;
  }

  /**
   * In effect until it is closed; several scrub one after the other.
   *
   * @param style of all that is printed until the last one is closed
   * @param copy gets each record that has been scrubbed
   */
  static ScrubbedLog install(Scrubber scrubber, LogStyle style, Handler copy) {
    ScrubbedLog log = new ScrubbedLog(scrubber, copy);
    GATE.add(log, style);
    return log;
  }

  @Override
  public void close() {
    GATE.remove(this);
  }

  /** The one handler of the root logger while any is in effect; the former ones print for it. */
  private static final class Gate extends Handler {
    private final List<ScrubbedLog> inEffect = new CopyOnWriteArrayList<>();
    private final Formatter formatter = new SimpleFormatter();
    private final Map<Handler, Formatter> styles = new HashMap<>();
    private volatile List<Handler> printers = List.of();

    synchronized void add(ScrubbedLog log, LogStyle style) {
      inEffect.add(log);
      if (inEffect.size() == 1) {
        printers = List.of(ROOT.getHandlers());
        ROOT.addHandler(this);
        printers.forEach(ROOT::removeHandler);
      }
      style.formatter().ifPresent(this::print);
    }

    private void print(Formatter style) {
      for (Handler printer : printers) {
        // One without a formatter prints in a way of its own.
        Optional.ofNullable(printer.getFormatter())
            .ifPresent(before -> {
              styles.putIfAbsent(printer, before);
              printer.setFormatter(style);
            });
      }
    }

    synchronized void remove(ScrubbedLog log) {
      inEffect.remove(log);
      if (inEffect.isEmpty()) {
        styles.forEach(Handler::setFormatter);
        styles.clear();
        printers.forEach(ROOT::addHandler);
        ROOT.removeHandler(this);
      }
    }

    @Override
    public void publish(LogRecord record) {
      CleanRecord clean = CleanRecord.of(record, message(record));
      inEffect.forEach(log -> log.copy.publish(clean));
      printers.forEach(printer -> printer.publish(clean));
    }

    private String message(LogRecord record) {
      try {
        String message = withoutTarget(formatter.formatMessage(record));
        for (ScrubbedLog log : inEffect) {
          message = log.scrubber.scrubWords(message);
        }
        return oneLine(message);
      } catch (RuntimeException failed) {
        return Cuts.PLACEHOLDER;
      }
    }

    /** Of a request that the HTTP server quotes: a client may have written anything into it. */
    private static String withoutTarget(String message) {
      int from = message.indexOf(EXCHANGE);
      int to = message.lastIndexOf('}');
      return from < 0
          ? message
          : message.substring(0, from + EXCHANGE.length())
              + Cuts.PLACEHOLDER
              + message.substring(to > from ? to : message.length());
    }

    private static String oneLine(String text) {
      StringBuilder line = new StringBuilder(text.length());
      text.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
      return line.toString();
    }

    @Override
    public void flush() {
      printers.forEach(Handler::flush);
    }

    @Override
    public void close() {
      flush();
    }
  }
}
