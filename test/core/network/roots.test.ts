// Which authorities a run trusts: the built-in ones and those it was given, and nobody else learns of these.
import tls from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRoots, trustedRoots } from '../../../src/core/network/tls.ts'
import { startWorld, type World } from '../../../src/demo/index.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ zones: {}, hosts: { 'good.example': { https: () => ({ status: 200 }) } } })
})
afterAll(() => world.stop())

const verdict = (secureContext: tls.SecureContext): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = tls.connect(
      {
        port: world.ports.https,
        host: '127.0.0.1',
        servername: 'good.example',
        secureContext,
        rejectUnauthorized: false,
      },
      () => {
        resolve(socket.authorized ? 'trusted' : String(socket.authorizationError))
        socket.destroy()
      },
    )
    socket.once('error', reject)
  })

test('an authority of the admin, or of the platform, is trusted by the run that was given it and by no other', async () => {
  const before = trustedRoots([])
  expect(await verdict(trustedRoots([world.caPem]))).toBe('trusted')
  expect(await verdict(trustedRoots([...tls.rootCertificates.slice(0, 3), world.caPem]))).toBe('trusted')
  for (const other of [before, trustedRoots([]), tls.createSecureContext()])
    expect(await verdict(other)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
})

test('a text that is no certificate adds nothing', async () => {
  expect(await verdict(trustedRoots(['not a certificate', '', 'neither']))).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
})

test("those of the platform are read only when they are asked for, and the admin's count in both", async () => {
  let read = 0
  const host = {
    get systemCas() {
      read++
      return [world.caPem]
    },
  }
  const roots = openRoots(host, '')
  expect(await verdict(roots.now())).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
  expect(read).toBe(0)
  expect(await verdict(roots.all())).toBe('trusted')
  expect(roots.now()).toBe(roots.all())
  const admins = openRoots({ systemCas: [] }, world.caPem)
  expect(await verdict(admins.now())).toBe('trusted')
  expect(admins.all()).toBe(admins.now())
})
