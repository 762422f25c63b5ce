package dev.modgate.secret;

import java.nio.file.Path;

/**
 * A client certificate in PEM.
 *
 * @param certificate the client's own first, then those that signed it
 * @param key PKCS #8, not encrypted
 */
public record CertificateFiles(Path certificate, Path key) {}
