/**
 * Fuzz targets of what reads bytes that an attacker wrote. Each holds one rule of one reader; the
 * rule takes the reader as a function, so that a test beside it can plant a broken one and see it
 * found.
 *
 * <p>{@code mvn test} replays the seeds. {@code mvn verify} also searches for a second each, {@code
 * -Dfuzz.duration=10m} longer; docs/verification.md has the commands. What a search has found stays
 * in {@code .cifuzz-corpus}, and {@code FuzzCorpusOracleIT} asks Go about all of it.
 */
package dev.modgate.fuzz;
