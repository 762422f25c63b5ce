/**
 * Go's own word: the program in src/test/go/oracle, built with the real {@code go}, says what
 * golang.org/x/mod says; {@link dev.modgate.oracle.Oracle} asks it. Another operation is one
 * function there and one line in the test that asks.
 */
package dev.modgate.oracle;
