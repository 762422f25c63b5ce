package dev.modgate.fuzz;

import dev.modgate.oracle.Question;
import dev.modgate.verify.tlog.Hash;
import dev.modgate.verify.tlog.TreeHead;
import java.util.ArrayList;
import java.util.List;

/** Lists of hashes, and what a script does to them. */
final class Hashes {

  private Hashes() {}

  /**
   * The list with the edits of a script: a bit flipped, one left out, one put in, two swapped.
   *
   * @param others what is put in; not empty
   */
  static List<Hash> edited(List<Hash> hashes, List<Hash> others, Script script) {
    List<Hash> edited = new ArrayList<>(hashes);
    while (!script.isAtEnd()) {
      int at = script.below(edited.size() + 1);
      switch (script.below(4)) {
        case 0 -> edited.add(at, others.get(script.below(others.size())));
        case 1 -> edited.subList(at, Math.min(at + 1, edited.size())).clear();
        case 2 -> edited.subList(at, edited.size()).replaceAll(hash -> flipped(hash, script));
        default -> edited.add(edited.isEmpty() ? others.getFirst() : edited.removeFirst());
      }
    }
    return edited;
  }

  /** The hash with one bit changed, or, if the script has ended, as it is. */
  static Hash flipped(Hash hash, Script script) {
    if (script.isAtEnd()) {
      return hash;
    }
    byte[] bytes = hash.toBytes();
    int bit = script.next();
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    return Hash.copyOf(bytes, 0);
  }

  /** Of checkrecord and checktree: a head, a number, a hash and a proof. */
  static Question question(String op, TreeHead head, String number, Hash hash, List<Hash> proof) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of(Long.toString(head.size()), head.root().toString()));
    args.addAll(List.of(number, hash.toString()));
    proof.forEach(one -> args.add(one.toString()));
    return Question.of(op, args.toArray(String[]::new));
  }
}
