/** The reader of the fuse wire against the library that writes it, on stand-ins for a binary. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { afterAll, expect, test } from 'vitest'
import { fuseNames, readFuseWires } from '../../scripts/packaged/fuseWire.ts'

const directory = mkdtempSync(join(tmpdir(), 'ews-fuses-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const binary = (wire: string, version = 1) =>
  Buffer.concat([
    Buffer.from(`before${sentinel}`, 'latin1'),
    Buffer.from([version, wire.length]),
    Buffer.from(`${wire}after`, 'latin1'),
  ])

test('what @electron/fuses writes is read back by name, on each slice of a binary', async () => {
  const file = join(directory, 'electron')
  writeFileSync(file, Buffer.concat([binary('101100011'), binary('101100011')]))
  await flipFuses(file, {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  })
  const fuses = {
    runAsNode: 'off',
    enableCookieEncryption: 'on',
    enableNodeOptionsEnvironmentVariable: 'on',
    enableNodeCliInspectArguments: 'on',
    enableEmbeddedAsarIntegrityValidation: 'off',
    onlyLoadAppFromAsar: 'on',
    loadBrowserProcessSpecificV8Snapshot: 'off',
    grantFileProtocolExtraPrivileges: 'off',
    wasmTrapHandlers: 'on',
  }
  expect(readFuseWires(readFileSync(file))).toEqual([
    { kind: 'wire', fuses },
    { kind: 'wire', fuses },
  ])
})

test('the names stand where the library has them', () => {
  const places = Object.entries(FuseV1Options).filter(([, place]) => typeof place === 'number')
  expect(places.length).toBeGreaterThan(7)
  for (const [name, place] of places) {
    expect(fuseNames[Number(place)]?.toLowerCase()).toBe(name.toLowerCase())
  }
})

test.each([
  ['no wire', Buffer.from('nothing of the kind'), [{ kind: 'none' }]],
  ['a wire of another version', binary('1', 2), [{ kind: 'unknown-version', version: 2 }]],
  ['a removed fuse', binary('r'), [{ kind: 'wire', fuses: { runAsNode: 'removed' } }]],
  ['a sign that means nothing', binary('x'), [{ kind: 'wire', fuses: { runAsNode: 'unreadable' } }]],
])('%s', (_name, bytes, wires) => {
  expect(readFuseWires(bytes)).toEqual(wires)
})
