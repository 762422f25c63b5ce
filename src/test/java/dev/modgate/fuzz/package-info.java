/**
 * Fuzz targets of what reads bytes that an attacker wrote. Each holds one rule of one reader; the
 * rule takes the reader as a function, so that a test beside it can plant a broken one and see it
 * found.
 *
 * <p>{@code mvn test} replays the seeds and the kept corpus. {@code FuzzSearchIT} searches for a
 * moment with every target, and finds the bugs that are planted for it; {@code src/test/fuzz}
 * searches for long. {@code FuzzCorpusOracleIT} puts to Go what they start from and what they have
 * found. The commands and the last results are in docs/fuzzing.md.
 */
package dev.modgate.fuzz;
