package dev.modgate.verify.zip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PathTreeTest {

  @Test
  void add_moreThanTheBound_isAFault() {
    PathTree tree = new PathTree();
    for (int i = 0; i < PathTree.MAX_NODES; i++) {
      assertEquals(Optional.empty(), tree.add(Integer.toString(i), false));
    }
    assertEquals("paths", tree.add("one more", false).orElseThrow().rule());
  }
}
