package dev.modgate.verify.zip;

import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.FilePaths;
import dev.modgate.verify.module.SimpleFold;
import dev.modgate.verify.zip.ZipVerdict.Unsound;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files and directories of a module, so that a name is found that no file may have, and two
 * names that some file system takes for one (x/mod/zip, collisionChecker). The parents of each name
 * count as directories.
 *
 * <p>A tree of folded path elements, not a map of whole paths: a path of many elements costs its
 * length, not its square. The rules of x/mod's CheckFilePath hold element by element, so each is
 * checked when it is new. No more than {@link #MAX_NODES} files and directories.
 */
final class PathTree {
  /** Each entry in a directory of its own. */
  static final int MAX_NODES = 2 * EndRecord.MAX_ENTRIES;

  private static final int ROOT = 0;

  private final Map<Key, Node> nodes = new HashMap<>();

  /** The parent of the last name, with its final slash; most names share it. */
  private String lastParent = "";

  private int lastParentId = ROOT;

  /**
   * Adds a name.
   *
   * @param path without the final slash of a directory
   */
  Optional<Unsound> add(String path, boolean directory) {
    int slash = path.lastIndexOf('/');
    boolean near = slash == lastParent.length() - 1 && path.startsWith(lastParent);
    Optional<Unsound> fault = near ? Optional.empty() : enterParent(path, slash + 1);
    return fault.isPresent() ? fault : addLeaf(path, slash + 1, directory);
  }

  /** The parent's length counts its final slash; it is 0 for the root. */
  private Optional<Unsound> enterParent(String path, int length) {
    int parent = ROOT;
    for (int from = 0; from < length; ) {
      int end = path.indexOf('/', from);
      int before = nodes.size();
      Node node = node(parent, path.substring(from, end));
      boolean made = nodes.size() > before;
      Optional<Unsound> fault = made ? checkNew(node, path) : checkSame(node, path, from, end);
      if (fault.isPresent()) {
        return fault;
      }
      if (!node.directory) {
        return Fault.of("file-and-directory", "both: " + quoted(path.substring(0, end)));
      }
      parent = node.id;
      from = end + 1;
    }
    lastParent = path.substring(0, length);
    lastParentId = parent;
    return Optional.empty();
  }

  private Optional<Unsound> addLeaf(String path, int from, boolean directory) {
    int before = nodes.size();
    Node node = node(lastParentId, path.substring(from));
    if (nodes.size() > before) {
      node.directory = directory;
      node.listed = true;
      return checkNew(node, path);
    }
    Optional<Unsound> fault = checkSame(node, path, from, path.length());
    if (fault.isPresent()) {
      return fault;
    }
    if (node.directory != directory) {
      return Fault.of("file-and-directory", "both: " + quoted(path));
    }
    if (node.listed) {
      return Fault.of("duplicate", "more than once: " + quoted(path));
    }
    node.listed = true;
    return Optional.empty();
  }

  /** The node under a parent; a new one is a directory that no entry has listed. */
  private Node node(int parent, String element) {
    return nodes.computeIfAbsent(
        new Key(parent, SimpleFold.key(element)), key -> new Node(nodes.size() + 1, element));
  }

  private Optional<Unsound> checkNew(Node node, String path) {
    if (FilePaths.check(node.element) instanceof Parsed.Invalid<?>(String reason)) {
      return Fault.of("name", reason + ": " + quoted(path));
    }
    if (nodes.size() > MAX_NODES) {
      return Fault.of("paths", "more than " + MAX_NODES + " paths");
    }
    return Optional.empty();
  }

  private static Optional<Unsound> checkSame(Node node, String path, int from, int end) {
    int length = node.element.length();
    if (length == end - from && path.regionMatches(from, node.element, 0, length)) {
      return Optional.empty();
    }
    String other = path.substring(0, from) + node.element;
    return Fault.of(
        "collision",
        quoted(path.substring(0, end)) + " and " + quoted(other) + " differ in case only");
  }

  private static String quoted(String path) {
    return Quoted.of(path.getBytes(StandardCharsets.UTF_8));
  }

  /** Comparable, so that keys made to share a hash cost a map no more than a logarithm. */
  private record Key(int parent, String folded) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byParent = Integer.compare(parent, other.parent);
      return byParent != 0 ? byParent : folded.compareTo(other.folded);
    }
  }

  private static final class Node {
    private final int id;
    private final String element;
    private boolean directory = true;
    private boolean listed;

    Node(int id, String element) {
      this.id = id;
      this.element = element;
    }
  }
}
