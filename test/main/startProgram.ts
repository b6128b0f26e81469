/** The desktop program over the stub of Electron, in a state directory of its own; new for each test. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import type { Contract } from '../../src/contract/contract.ts'
import type * as Electron from './electronStub.ts'
import { openPorts } from './port.ts'

export type Stub = typeof Electron
export type MainClient = ContractRouterClient<Contract>

/** The frame of our own page. */
export const own = { url: 'app://bundle/index.html', origin: 'app://bundle', parent: null }
export const channel = 'ews-setup:port'

export type Program = {
  directory: string
  stub: Stub
  /** What the program said to the terminal. */
  problems: string[]
  /** Evaluates the entry only, up to `ready`. */
  evaluate(): Promise<void>
  /** Starts the program up to its window. */
  start(): Promise<InstanceType<Stub['StubWindow']>>
  /** A client over a port that the page of the window hands over. */
  client(): MainClient
}

/** For each test of the file that calls this. */
export function prepareProgram(): Program {
  const handlers = ['uncaughtException', 'unhandledRejection'] as const
  const before = handlers.map((name) => process.listeners(name as 'uncaughtException'))
  let argv: string[]
  const program: Program = {
    directory: '',
    stub: {} as Stub,
    problems: [],
    async evaluate() {
      await import('../../src/main/index.ts')
    },
    async start() {
      await program.evaluate()
      program.stub.app.becomeReady()
      await vi.waitFor(() => expect(program.stub.recorded.windows).toHaveLength(1))
      return program.stub.recorded.windows[0] ?? expect.fail('no window')
    },
    client() {
      const { main, page } = openPorts()
      program.stub.recorded.windows[0]?.webContents.ipc.emit(channel, { ports: [main], senderFrame: own })
      return clientOver(page)
    },
  }

  beforeEach(async () => {
    program.directory = mkdtempSync(join(tmpdir(), 'ews-main-'))
    vi.stubEnv('EWS_SETUP_HOME', program.directory)
    vi.stubEnv('ELECTRON_RENDERER_URL', undefined)
    // No keychain of whoever runs the tests.
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nowhere')
    argv = process.argv
    // As the packaged program gets them; the test runner's own would be files to open.
    process.argv = ['/opt/ews-setup']
    vi.resetModules()
    program.stub = await import('./electronStub.ts')
    program.problems = []
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => program.problems.push(String(text).trim()) > 0)
  })
  afterEach(() => {
    for (const [index, name] of handlers.entries()) {
      for (const listener of process.listeners(name as 'uncaughtException')) {
        if (before[index]?.includes(listener) !== true) process.off(name, listener)
      }
    }
    process.argv = argv
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    rmSync(program.directory, { recursive: true, force: true })
  })
  return program
}

export function clientOver(page: ReturnType<typeof openPorts>['page']): MainClient {
  return createORPCClient(new RPCLink({ port: page }))
}
