/**
 * What each build asked for and got. The shares of answers enter, one JSON object a build leaves to
 * the admin listener. A build is whatever a client calls so, hence everything is bounded: the
 * builds, and what is kept of each. Nothing is decided by it, nothing is kept on disk.
 */
package dev.modgate.builds;
