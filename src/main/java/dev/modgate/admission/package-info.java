/**
 * May this request pass? A request enters, a {@link dev.modgate.admission.Permit} or a {@link
 * dev.modgate.admission.Admission.Denial} leaves. A permit is a ticket: only this room makes one,
 * and the chain fetches nothing without it. It trusts the configuration and nothing else.
 */
package dev.modgate.admission;
