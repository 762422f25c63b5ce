package dev.modgate.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.LeakDetector;
import dev.modgate.fake.LeakDetector.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Everything that left a process, by the way that it left, and the search in it. */
final class CanarySurfaces {

  /** Bytes of a surface around which a control is planted. */
  private static final int PIECE = 4096;

  private final SequencedMap<String, List<byte[]>> bytes = new LinkedHashMap<>();

  /**
   * Adds one way.
   *
   * @param marker what must be there, so that it is the surface and not its absence that is clean
   */
  void add(String name, List<byte[]> what, String marker) {
    boolean live = what.stream().anyMatch(one -> new String(one, ISO_8859_1).contains(marker));
    assertTrue(live, () -> name + " has no " + marker);
    bytes.put(name, List.copyOf(what));
  }

  /**
   * One cell of the report.
   *
   * @param leaks the doors whose secrets were found
   * @param controls for how many doors a planted secret was found
   */
  record Cell(List<CanaryDoor> leaks, int controls) {}

  /** By surface and encoding. */
  SequencedMap<String, Map<Encoding, Cell>> search(Map<CanaryDoor, LeakDetector> canaries) {
    SequencedMap<String, Map<Encoding, Cell>> found = new LinkedHashMap<>();
    bytes.forEach((name, what) -> found.put(name, search(what, canaries)));
    return found;
  }

  /** Where they were found, each with what stands around it, for who has to mend it. */
  List<String> excerpts(Map<CanaryDoor, LeakDetector> canaries) {
    List<String> excerpts = new ArrayList<>();
    bytes.forEach((name, what) ->
        what.forEach(one ->
            canaries.forEach((door, canary) -> {
              List<Encoding> leaked = canary.search(one);
              if (!leaked.isEmpty()) {
                excerpts.add(name + ": " + door + " " + leaked + ": " + lines(one, canary));
              }
            })));
    return excerpts;
  }

  private static List<String> lines(byte[] one, LeakDetector canary) {
    return new String(one, ISO_8859_1)
        .lines()
        .filter(line -> !canary.search(line.getBytes(ISO_8859_1)).isEmpty())
        .map(line -> line.substring(0, Math.min(line.length(), 500)))
        .limit(3)
        .toList();
  }

  private static Map<Encoding, Cell> search(
      List<byte[]> what, Map<CanaryDoor, LeakDetector> canaries) {
    byte[] around = piece(what);
    Map<Encoding, List<CanaryDoor>> leaks = new EnumMap<>(Encoding.class);
    Map<Encoding, Integer> controls = new EnumMap<>(Encoding.class);
    canaries.forEach((door, canary) -> {
      canary
          .search(what)
          .forEach(encoding -> leaks.computeIfAbsent(encoding, _ -> new ArrayList<>()).add(door));
      for (Encoding encoding : Encoding.values()) {
        boolean fires = canary.search(planted(around, canary.encode(encoding))).contains(encoding);
        controls.merge(encoding, fires ? 1 : 0, Integer::sum);
      }
    });
    Map<Encoding, Cell> cells = new EnumMap<>(Encoding.class);
    for (Encoding encoding : Encoding.values()) {
      cells.put(
          encoding,
          new Cell(leaks.getOrDefault(encoding, List.of()), controls.getOrDefault(encoding, 0)));
    }
    return cells;
  }

  /** Out of the middle of the longest part. */
  private static byte[] piece(List<byte[]> what) {
    byte[] longest = new byte[0];
    for (byte[] one : what) {
      longest = one.length > longest.length ? one : longest;
    }
    int from = Math.max(0, longest.length / 2 - PIECE / 2);
    return Arrays.copyOfRange(longest, from, Math.min(longest.length, from + PIECE));
  }

  private static byte[] planted(byte[] around, String secret) {
    String text = new String(around, ISO_8859_1);
    int middle = text.length() / 2;
    return (text.substring(0, middle) + secret + text.substring(middle)).getBytes(ISO_8859_1);
  }
}
