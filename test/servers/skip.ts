/** How a test says that this machine lacks what it needs: aloud, and as a failure where somebody insists on it. */

const insisted = 'EWS_SETUP_REQUIRE_SERVERS'
const said = new Set<string>()

/**
 * For `test.skipIf(skipReason(server.missing))`: false when nothing is missing; otherwise true, and the reason is printed
 * once. With EWS_SETUP_REQUIRE_SERVERS=1 it throws instead, so that a machine meant to run everything cannot stay silent.
 */
export function skipReason(reason: string | null): boolean {
  if (reason === null) return false
  if (process.env[insisted] === '1') throw new Error(`${reason} (${insisted}=1 forbids to skip)`)
  return skipHere(reason)
}

/** The same for what no package can change, such as running as root: printed, and never a failure. */
export function skipHere(reason: string | null): boolean {
  if (reason === null) return false
  if (!said.has(reason)) {
    said.add(reason)
    console.warn(`skipped: ${reason}`)
  }
  return true
}
