package dev.modgate.config;

/**
 * The effective value of one key.
 *
 * @param key its path, such as {@code mirrors.corp.url}
 * @param value in the form it may be written in, credentials as {@code [REDACTED]}; the items of a
 *     list separated by commas
 */
public record Setting(String key, String value, Origin origin) {}
