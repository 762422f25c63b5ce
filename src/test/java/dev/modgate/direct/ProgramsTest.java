package dev.modgate.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramsTest {

  @TempDir private Path folder;

  private Path program(String name, String mode) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void find_aName_isTheFirstProgramInThePath() throws IOException {
    program("a/go", "rw-r--r--");
    Path go = program("b/go", "rwxr-xr-x");
    program("c/go", "rwxr-xr-x");
    Programs programs = Programs.in(":.:%s/a:%s/b:%s/c:bin".formatted(folder, folder, folder));
    assertEquals(Optional.of(go), programs.find("go"));
    assertEquals(Optional.empty(), programs.find("gone"));
  }

  @Test
  void find_aPath_isThatProgramOrNone() throws IOException {
    Path go = program("a/go", "rwxr-xr-x");
    assertEquals(Optional.of(go), Programs.in("").find(go.toString()));
    assertEquals(Optional.empty(), Programs.in("").find(folder.toString()));
  }

  @Test
  void pathFor_aCommand_holdsOnlyTheFoldersThatAreNeeded() throws IOException {
    Path go = program("go/bin/go", "rwxr-xr-x");
    program("x/git", "rwxr-xr-x");
    program("x/sh", "rwxr-xr-x");
    program("y/other", "rwxr-xr-x");
    Programs programs = Programs.in("%s/y:%s/x".formatted(folder, folder));
    assertEquals("%s/go/bin:%s/x".formatted(folder, folder), programs.pathFor(go));
  }
}
