/** Addresses and names that mean something only inside a network. */

/** Names that nobody can register: RFC 6762 appendix G, ICANN's `internal`, RFC 8375, and what administrators of German networks write. */
const insideSuffix = /\.(local|localdomain|internal|intranet|intern|intra|private|corp|lan|home|home\.arpa)$/i

/** True for a name that can exist in public DNS. */
export function isPublicName(host: string): boolean {
  return host.includes('.') && !insideSuffix.test(host)
}

/**
 * True for an address that leads to nobody outside: private (RFC 1918, RFC 4193), shared by carriers (RFC 6598), link-local, or the
 * machine itself.
 */
export function isInsideAddress(address: string): boolean {
  if (address.includes(':')) return /^(f[cd]|fe[89ab]|::1$)/i.test(address)
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|127\.)/.test(
    address,
  )
}
