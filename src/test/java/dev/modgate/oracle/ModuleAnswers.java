package dev.modgate.oracle;

import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.FilePaths;
import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ImportPaths;
import dev.modgate.verify.module.ModulePath;
import dev.modgate.verify.module.ModulePatterns;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.module.PseudoVersion;
import dev.modgate.verify.module.Semver;
import dev.modgate.verify.module.SimpleFold;
import dev.modgate.verify.module.VersionText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What we say to the questions of module_ops.go, semver_ops.go and dirhash_ops.go. */
public final class ModuleAnswers {

  private ModuleAnswers() {}

  /** By operation. */
  public static Map<String, Function<Question, Answer>> all() {
    Map<String, Function<Question, Answer>> ours = new TreeMap<>();
    ours.put("checkpath", q -> Answer.of(ModulePath.parse(q.text(0)).isValid()));
    ours.put("checkimport", q -> Answer.of(ImportPaths.check(q.text(0)).isValid()));
    ours.put("checkfile", q -> Answer.of(FilePaths.check(q.text(0)).isValid()));
    ours.put("pathmajor", q -> path(q, ModulePath::major));
    ours.put("escapepath", q -> path(q, ModulePath::escaped));
    ours.put("unescapepath", q -> Answer.of(ModulePath.unescape(q.text(0))));
    ours.put("escapeversion", q -> Answer.of(VersionText.escape(q.text(0))));
    ours.put("unescapeversion", q -> Answer.of(VersionText.unescape(q.text(0))));
    ours.put("check", q -> Answer.of(version(q).isValid()));
    ours.put("canonicalversion", q -> nonEmpty(Semver.canonicalVersion(q.text(0))));
    ours.put("pseudo", q -> Answer.of(PseudoVersion.isPseudo(q.text(0))));
    ours.put("pseudobase", q -> Answer.of(PseudoVersion.base(q.text(0))));
    ours.put("pseudorev", q -> Answer.of(PseudoVersion.revision(q.text(0))));
    ours.put("pseudotime", q -> Answer.of(PseudoVersion.time(q.text(0))));
    ours.put("matchprefix", q -> Answer.of(ModulePatterns.parse(q.text(0)).match(q.text(1))));
    ours.put("equalfold", q -> Answer.of(SimpleFold.equal(q.text(0), q.text(1))));
    ours.put("semvervalid", q -> Answer.of(Semver.isValid(q.text(0))));
    ours.put("semverparts", ModuleAnswers::parts);
    ours.put("semvercompare", q -> Answer.yes("" + Semver.compare(q.text(0), q.text(1))));
    ours.put("hash1", ModuleAnswers::hash1);
    return ours;
  }

  private static Answer path(Question question, Function<ModulePath, String> property) {
    return Answer.of(
        ModulePath.parse(question.text(0)).then(path -> Parsed.valid(property.apply(path))));
  }

  private static Parsed<ModuleVersion> version(Question question) {
    return ModulePath.parse(question.text(0))
        .then(path -> ModuleVersion.of(path, question.text(1)));
  }

  private static Answer nonEmpty(String text) {
    return text.isEmpty() ? new Answer.No("empty") : Answer.yes(text);
  }

  private static Answer parts(Question question) {
    String v = question.text(0);
    return Answer.yes(
        Semver.canonical(v),
        Semver.major(v),
        Semver.majorMinor(v),
        Semver.prerelease(v),
        Semver.build(v));
  }

  private static Answer hash1(Question question) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      H1.Builder builder = new H1.Builder();
      for (int i = 0; i < question.args().size(); i += 2) {
        builder.add(question.args().get(i), sha256.digest(question.args().get(i + 1)));
      }
      return Answer.yes(builder.build().toString());
    } catch (IllegalArgumentException e) {
      return new Answer.No("a newline");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
