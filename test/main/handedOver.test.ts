/** Files that the operating system hands over, through the program as it starts, up to what its window gets. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { handedOver } from '../../src/main/handedOver.ts'
import { limits } from '../../src/core/limits.ts'
import { prepareProgram } from './startProgram.ts'

const program = prepareProgram()
const configuration = '{"format":"ews-setup-configuration","schema":2,"profiles":{"Contoso":{}}}'
const evidence = 'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM\r\n\r\n'
let file: string
beforeEach(() => {
  file = join(program.directory, 'contoso.json')
  writeFileSync(file, configuration)
})

/** The next that the window is given. */
async function next() {
  return (await nextOf(await program.client().app.arrivals.stream({}))).arrival
}

async function nextOf<T>(stream: AsyncIterator<T>): Promise<T> {
  const { done, value } = await stream.next()
  if (done === true) expect.fail('the stream ended')
  return value
}

/** Emits an event of the system; whether the program took it. */
function emit(name: string, value: string): boolean {
  let prevented = false
  program.stub.app.emit(name, { preventDefault: () => (prevented = true) }, value)
  return prevented
}

describe('arguments', () => {
  test.each([
    [['/opt/ews-setup', 'a.json', '--flag', '-x', '--key=b.json', '', 'c.json'], true, ['a.json', 'c.json']],
    [['/opt/electron', '.', 'a.json'], false, ['a.json']],
    [['/opt/ews-setup', 'x'.repeat(limits.filePathCharacters + 1)], true, []],
  ])('%j: switches and the program itself are no files', (argv, isPackaged, files) => {
    expect(handedOver(argv, isPackaged)).toEqual({ directory: process.cwd(), files })
  })

  test.runIf(process.platform === 'linux').each([
    ['file:///home/anna/My%20files/a.json', '/home/anna/My files/a.json'],
    ['FILE:///a.json', '/a.json'],
    // Of another computer, with a hidden slash, or of another scheme: addresses, which are refused.
    ['file://server/share/a.json', 'file://server/share/a.json'],
    ['file:///a%2fb.json', 'file:///a%2fb.json'],
    ['ews-setup:///a.json', 'ews-setup:///a.json'],
  ])('%s as desktops of Linux write it is %s', (argument, file) => {
    expect(handedOver(['/opt/ews-setup', argument], true).files).toEqual([file])
  })

  test('are not endless', () => {
    expect(
      handedOver(
        Array.from({ length: 1_000 }, () => 'a.json'),
        true,
      ).files,
    ).toHaveLength(limits.filesHandedOver)
  })

  test('of the first start open a file in the window', async () => {
    process.argv.push('--enable-features=x', file, 'other.json')
    await program.start()
    expect(await next()).toMatchObject({ kind: 'open-file', name: 'contoso.json', section: 'transfer', others: 1 })
  })

  test('that name a device, a folder or an address open nothing', async () => {
    process.argv.push('ews-setup://evil.example/?x=.json')
    await program.start()
    expect(await next()).toEqual({ kind: 'file-refused', name: '?x=.json', reason: 'address' })
  })

  test('reach the first program as data of the lock, and this one ends', async () => {
    process.argv.push(file)
    program.stub.given.lock = false
    await program.evaluate()
    expect(program.stub.recorded.lockData).toEqual({ directory: process.cwd(), files: [file] })
    expect(program.stub.recorded.order.at(-1)).toBe('exit 0')
  })
})

describe('a second start', () => {
  test('raises the window and opens its file, relative to where it was started', async () => {
    const window = await program.start()
    const given = { directory: program.directory, files: ['contoso.json'] }
    // Arguments of the event are neither complete nor in order: they count for nothing.
    program.stub.app.emit('second-instance', {}, ['x', '/elsewhere/other.json'], '/elsewhere', given)
    expect(await next()).toMatchObject({ kind: 'open-file', name: 'contoso.json' })
    expect(window.raised).toBeGreaterThan(0)
  })

  test.each([
    ['a text', 'file.json'],
    ['no list', { directory: '/tmp', files: 'a.json' }],
    ['no texts', { directory: '/tmp', files: [{}] }],
    ['more than is allowed', { directory: '/tmp', files: Array.from({ length: 100 }, () => 'a.json') }],
    ['more keys', { directory: '/tmp', files: [], run: 'test' }],
  ])('that hands over %s only raises the window', async (_name, given) => {
    const window = await program.start()
    program.stub.app.emit('second-instance', {}, [], '/', given)
    expect(window.raised).toBe(1)
    expect(program.problems).toEqual(['what a second start handed over was refused'])
  })
})

describe('macOS', () => {
  test('a file that comes before the program is ready waits for the window', async () => {
    writeFileSync(file, evidence)
    await program.evaluate()
    expect(emit('open-file', file)).toBe(true)
    program.stub.app.becomeReady()
    await vi.waitFor(() => expect(program.stub.recorded.windows).toHaveLength(1))
    expect(await next()).toMatchObject({ kind: 'open-file', name: 'contoso.json', section: 'diagnosis' })
  })

  test('an address is refused, and the program is registered for none', async () => {
    await program.start()
    expect(emit('open-url', 'ews-setup://x')).toBe(true)
    expect(program.problems).toEqual(['an address that the system handed over was refused'])
    // The stub knows no such function: a call of it would have failed the start.
    expect(program.stub.app).not.toHaveProperty('setAsDefaultProtocolClient')
  })
})

test('a reload before the file is settled loses nothing, one after it repeats nothing', async () => {
  process.argv.push(file)
  await program.start()
  const first = await nextOf(await program.client().app.arrivals.stream({}))
  const again = program.client()
  expect(await nextOf(await again.app.arrivals.stream({}))).toEqual(first)
  await again.app.arrivals.settle({ id: first.id })
  const third = await program.client().app.arrivals.stream({})
  program.stub.app.emit('second-instance', {}, [], '/', { directory: '/', files: ['/none.json'] })
  expect((await nextOf(third)).arrival).toEqual({ kind: 'file-refused', name: 'none.json', reason: 'missing' })
})
