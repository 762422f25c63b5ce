package dev.modgate.edge;

import dev.modgate.protocol.Request;

/** What a request is about, in words for a person. */
final class Subjects {

  private Subjects() {}

  static String of(Request request) {
    return switch (request) {
      case Request.Artifact artifact -> artifact.version().toString();
      case Request.VersionList(var module) -> "the versions of " + module.text();
      case Request.Latest(var module) -> module.text() + "@latest";
      case Request.Query(var module, String query, String _) -> module.text() + "@" + query;
      case Request.LogRecordOf(String database, var version) -> version + " from " + database;
      case Request.AboutDatabase log -> "a part of " + log.database();
    };
  }
}
