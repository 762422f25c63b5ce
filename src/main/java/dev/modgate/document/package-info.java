/**
 * Structured text. Untrusted bytes enter {@link dev.modgate.document.DocumentReader}, a tree of
 * {@link dev.modgate.document.Node}s that know their lines leaves, or one sentence that says where
 * and why not. {@link dev.modgate.document.JsonLine} is the way out: one object on one line.
 *
 * <p>It trusts nothing. Size, depth and number of nodes are bounded before they cost anything; what
 * two readers could read differently (duplicate keys, bytes that are not UTF-8, a second document)
 * is refused, and so is what makes YAML a language (anchors, aliases, tags, merge keys). A document
 * may hold secrets: no sentence and no {@code toString} repeats its texts, only its keys.
 *
 * <p>The only room that knows Jackson and the YAML engine below it.
 */
package dev.modgate.document;
