package dev.modgate.verify.note;

/**
 * One signature line of a note.
 *
 * @param name who is said to have signed
 * @param keyHash the first four bytes of what the line holds, big endian
 * @param base64 as in the line: the key hash and the signature
 */
public record NoteSignature(String name, int keyHash, String base64) {}
