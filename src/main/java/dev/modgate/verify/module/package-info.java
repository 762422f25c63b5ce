/**
 * Module paths, versions, patterns and hashes: the words of everything else.
 *
 * <p>Enters: any text, from URLs, go.sum, configuration and zips. Leaves: values that can't be
 * malformed, or a printable reason why the text is none. Nothing is trusted, and nothing is read
 * but two tables of Unicode 15.0.0 that lie beside these classes.
 *
 * <p>The rules are those of golang.org/x/mod v0.42.0, packages {@code module}, {@code semver} and
 * {@code sumdb/dirhash}, to the letter; {@code ModuleOracleIT} compares. The one difference is
 * meant: a {@link dev.modgate.verify.module.ModuleVersion} is canonical, where module.Check also
 * takes {@code v1}.
 */
package dev.modgate.verify.module;
