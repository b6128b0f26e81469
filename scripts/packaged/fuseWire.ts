/** The fuse wire of an Electron binary, read from its bytes: what @electron/fuses has written, found again without it. */

const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1')

/** By place on the wire of version 1, named as electron-builder's `electronFuses` names them. */
export const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
  'wasmTrapHandlers',
] as const
export type FuseName = (typeof fuseNames)[number]

/** `removed`: this Electron no longer has the fuse, and which way it would be is not said. */
export type FuseState = 'on' | 'off' | 'removed' | 'unreadable'

export type FuseWire =
  | { kind: 'wire'; fuses: Partial<Record<FuseName, FuseState>> }
  | { kind: 'none' }
  | { kind: 'unknown-version'; version: number }

const states: Readonly<Record<string, FuseState>> = { '1': 'on', '0': 'off', r: 'removed' }

/** One for each slice of a binary; a binary without any is reported as one `none`. */
export function readFuseWires(binary: Buffer): FuseWire[] {
  const wires: FuseWire[] = []
  for (let at = binary.indexOf(sentinel); at !== -1; at = binary.indexOf(sentinel, at + 1)) {
    wires.push(wireAt(binary, at + sentinel.length))
  }
  return wires.length === 0 ? [{ kind: 'none' }] : wires
}

function wireAt(binary: Buffer, at: number): FuseWire {
  const version = binary[at] ?? 0
  if (version !== 1) return { kind: 'unknown-version', version }
  const length = binary[at + 1] ?? 0
  const fuses: Partial<Record<FuseName, FuseState>> = {}
  for (const [index, name] of fuseNames.entries()) {
    if (index >= length) break
    fuses[name] = states[String.fromCodePoint(binary[at + 2 + index] ?? 0)] ?? 'unreadable'
  }
  return { kind: 'wire', fuses }
}
