/**
 * Puts the rooms together. A configuration enters, a running gate leaves; nothing else imports
 * this.
 */
package dev.modgate.gateway;
