/**
 * The commands. Arguments, the environment and the home directory enter through {@link
 * dev.modgate.cli.Surroundings}; lines and an exit code leave: 0 done, 1 unexpected failure, 2
 * wrong arguments or a refused configuration. It trusts the operator. A failure is one line; its
 * stack trace is for {@code MODGATE_LAUNCHER_DEBUG} alone, because exceptions quote what they
 * stumble over.
 */
package dev.modgate.cli;
