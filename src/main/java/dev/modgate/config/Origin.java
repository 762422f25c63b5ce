package dev.modgate.config;

/** Where the value of a key comes from. It prints as {@code modgate config} shows it. */
public sealed interface Origin {

  /** How to write the value of a key there. */
  String advice(String path, String example);

  /** Nobody set it. */
  record Default() implements Origin {
    @Override
    public String advice(String path, String example) {
      return "set " + path + " to " + example + ", for example";
    }

    @Override
    public String toString() {
      return "default";
    }
  }

  /**
   * A line of the file.
   *
   * @param file as it was named
   * @param line from 1
   */
  record InFile(String file, int line) implements Origin {
    @Override
    public String advice(String path, String example) {
      return "write \""
          + path.substring(path.lastIndexOf('.') + 1)
          + ": "
          + example
          + "\", for example";
    }

    @Override
    public String toString() {
      return file + ":" + line;
    }
  }

  /** An environment variable. */
  record Environment(String variable) implements Origin {
    @Override
    public String advice(String path, String example) {
      return "set " + variable + "=" + example + ", for example";
    }

    @Override
    public String toString() {
      return "env " + variable;
    }
  }

  /**
   * A flag of the command.
   *
   * @param name without its dashes
   */
  record Flag(String name) implements Origin {
    @Override
    public String advice(String path, String example) {
      return "pass --" + name + " " + example + ", for example";
    }

    @Override
    public String toString() {
      return "flag --" + name;
    }
  }
}
