/**
 * One reading of a module zip. A file enters, a {@link dev.modgate.verify.zip.ZipVerdict} leaves:
 * its {@code h1:} hash, or the rule that it breaks. Only a layout that every reader agrees on is
 * accepted; x/mod/zip's rules on names and sizes hold besides. It trusts nothing in the file.
 *
 * <p>A file that is still coming in enters a {@link dev.modgate.verify.zip.ReadAhead}. What leaves
 * it are facts about bytes; no verdict depends on them.
 *
 * <p>The rules, by the words that name them:
 *
 * <ul>
 *   <li>no zip, or not all of it: {@code empty-file}, {@code not-a-zip}, {@code end-record}
 *   <li>the parts of the archive: {@code comment}, {@code disks}, {@code zip64}, {@code
 *       directory-place}, {@code directory}, {@code gap}, {@code overlap}
 *   <li>an entry's headers: {@code local-header}, {@code local-name}, {@code local-flags}, {@code
 *       local-method}, {@code local-size}, {@code descriptor}, {@code stored-descriptor}, {@code
 *       extra}, {@code entry-comment}, {@code encrypted}, {@code flags}, {@code method}
 *   <li>its content: {@code deflate}, {@code deflate-tail}, {@code size}, {@code crc}, {@code
 *       directory-data}
 *   <li>its name: {@code prefix}, {@code utf-8}, {@code name}, {@code duplicate}, {@code
 *       collision}, {@code file-and-directory}, {@code nested-go-mod}, {@code go-mod-case}
 *   <li>too much: {@code file-size}, {@code unpacked-size}, {@code special-size}, {@code entries},
 *       {@code directory-size}, {@code name-length}, {@code paths}
 * </ul>
 */
package dev.modgate.verify.zip;
