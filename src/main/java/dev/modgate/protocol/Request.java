package dev.modgate.protocol;

import dev.modgate.verify.module.ModulePath;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.tlog.Tile;

/** What a client may ask of the module listener: these eleven things and nothing else. */
public sealed interface Request {

  /**
   * The one spelling of this request: the path of the upstream URL, of the file in the store, and
   * the key of policy and single flight. It starts with a slash, is escaped ({@code !a} for {@code
   * A}), and percent-encoded where a path must be (RFC 3986 §3.3), as in the name of a branch.
   */
  String path();

  /** The shape of the path without names in it, for spans and metrics. */
  String route();

  /** About one module. */
  sealed interface AboutModule extends Request {
    ModulePath module();

    /** The base that all paths of the module share: {@code /escaped/path}. */
    private static String base(ModulePath module) {
      return "/" + module.escaped();
    }
  }

  /** Fixed for ever once the version exists. */
  sealed interface Artifact extends AboutModule {
    ModuleVersion version();

    @Override
    default ModulePath module() {
      return version().path();
    }

    private static String file(ModuleVersion version, String extension) {
      return AboutModule.base(version.path()) + "/@v/" + version.escapedVersion() + extension;
    }
  }

  /** {@code $module/@v/$version.info} of a canonical version: JSON, a mirror's word. */
  record Info(ModuleVersion version) implements Artifact {
    @Override
    public String path() {
      return Artifact.file(version, ".info");
    }

    @Override
    public String route() {
      return "/{module}/@v/{version}.info";
    }
  }

  /** {@code $module/@v/$version.mod}: hashed as it is. */
  record GoMod(ModuleVersion version) implements Artifact {
    @Override
    public String path() {
      return Artifact.file(version, ".mod");
    }

    @Override
    public String route() {
      return "/{module}/@v/{version}.mod";
    }
  }

  /** {@code $module/@v/$version.zip}. */
  record Zip(ModuleVersion version) implements Artifact {
    @Override
    public String path() {
      return Artifact.file(version, ".zip");
    }

    @Override
    public String route() {
      return "/{module}/@v/{version}.zip";
    }
  }

  /** An answer that may be another one tomorrow: a mirror's word, kept for a short time. */
  sealed interface Mutable extends AboutModule {}

  /** {@code $module/@v/list}. */
  record VersionList(ModulePath module) implements Mutable {
    @Override
    public String path() {
      return AboutModule.base(module) + "/@v/list";
    }

    @Override
    public String route() {
      return "/{module}/@v/list";
    }
  }

  /** {@code $module/@latest}. */
  record Latest(ModulePath module) implements Mutable {
    @Override
    public String path() {
      return AboutModule.base(module) + "/@latest";
    }

    @Override
    public String route() {
      return "/{module}/@latest";
    }
  }

  /**
   * {@code $module/@v/$query.info}, where the query is a branch, a tag or a commit.
   *
   * @param query unescaped; a valid file path element, ASCII
   * @param escaped the query with {@code !} escapes
   */
  record Query(ModulePath module, String query, String escaped) implements Mutable {
    @Override
    public String path() {
      return AboutModule.base(module) + "/@v/" + PercentDecoder.encode(escaped) + ".info";
    }

    @Override
    public String route() {
      return "/{module}/@v/{version}.info";
    }
  }

  /** About a checksum database that this gate relays. */
  sealed interface AboutDatabase extends Request {
    /** The database's name, one of those configured; it may hold a slash. */
    String database();
  }

  /** {@code /sumdb/$name/supported}: our own answer, never an upstream's. */
  record Supported(String database) implements AboutDatabase {
    @Override
    public String path() {
      return "/sumdb/" + database + "/supported";
    }

    @Override
    public String route() {
      return "/sumdb/{database}/supported";
    }
  }

  /** {@code /sumdb/$name/latest}: the newest signed tree head that we have proven. */
  record LatestHead(String database) implements AboutDatabase {
    @Override
    public String path() {
      return "/sumdb/" + database + "/latest";
    }

    @Override
    public String route() {
      return "/sumdb/{database}/latest";
    }
  }

  /** {@code /sumdb/$name/lookup/$module@$version}. */
  record LogRecordOf(String database, ModuleVersion version) implements AboutDatabase {
    @Override
    public String path() {
      return "/sumdb/"
          + database
          + "/lookup/"
          + version.path().escaped()
          + "@"
          + version.escapedVersion();
    }

    @Override
    public String route() {
      return "/sumdb/{database}/lookup/{module}@{version}";
    }
  }

  /** {@code /sumdb/$name/tile/8/…}. */
  record LogTile(String database, Tile tile) implements AboutDatabase {
    @Override
    public String path() {
      return "/sumdb/" + database + "/" + tile.path();
    }

    @Override
    public String route() {
      return "/sumdb/{database}/tile/{tile}";
    }
  }
}
