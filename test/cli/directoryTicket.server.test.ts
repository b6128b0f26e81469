/** `ews-setup locate` with the Kerberos ticket of the login session at a directory: a real KDC, slapd, and acceptors that misbehave. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startWorld, type World } from '../../src/demo/index.ts'
import { planScenario } from '../../src/demo/scenarios/catalogue.ts'
import { principals, startRealm, type Realm } from '../servers/kerberos.ts'
import { missing } from '../servers/recipes.ts'
import { missingSlapd, missingSlapdTickets, startSlapd, type SlapdServer } from '../servers/slapd.ts'
import { skipReason } from '../servers/skip.ts'
import { startTicketDirectory } from '../servers/ticketDirectory.ts'
import { buildProgram, run, scratch, type Scratch } from './program.ts'
import { resultOf, type Result } from './result.ts'

const url = '77378F46-2C66-4aa9-A6A6-3E7A48B19596'
const dc = 'dc01.contoso.test'
const service = (target: string, priority = 10) => ({ type: 'SRV' as const, target, port: 389, priority, weight: 100 })
const controllers = '_ldap._tcp.dc._msdcs.contoso.test'

let files: Scratch
beforeAll(buildProgram, 60_000)
beforeEach(() => void (files = scratch()))
afterEach(() => files.remove())

const why = missingSlapd ?? missingSlapdTickets ?? missing.kerberos ?? missing.epa
describe.skipIf(skipReason(why))('a directory by ticket', { timeout: 40_000 }, () => {
  let realm: Realm
  let slapd: SlapdServer
  let world: World
  const plan = planScenario('autodiscover-missing', {})
  async function startNames(records: readonly ReturnType<typeof service>[]): Promise<World> {
    return startWorld({ zones: { ...plan.zones, [controllers]: records }, hosts: plan.hosts })
  }
  beforeAll(async () => {
    realm = await startRealm()
    slapd = await startSlapd({
      points: [{ keywords: [url], binding: 'https://mail.contoso.example/Autodiscover/Autodiscover.xml' }],
      names: [dc],
      tickets: { host: dc, realm },
    })
    world = await startNames([service('dc99.fabrikam.test', 0), service(dc)])
  }, 60_000)
  afterAll(async () => {
    await world?.stop()
    await slapd?.stop()
    await realm?.stop()
  })
  afterEach(() => realm.dropTicket())

  async function locate(
    o: { args?: readonly string[]; world?: World; connectTo?: readonly string[]; ca?: string } = {},
  ): Promise<{ result: Result; evidence: string }> {
    const at = o.world ?? world
    const caFile = join(files.directory, 'ca.pem')
    writeFileSync(caFile, `${at.caPem}\n${o.ca ?? slapd.caPem}`)
    const evidence = join(files.directory, 'evidence.json')
    const mappings = [...(o.connectTo ?? slapd.connectTo(dc)), ...at.connectTo]
    const { stdout, stderr } = await run(
      [
        ...['locate', plan.typed.email ?? '', '--password-stdin', '--dns', at.dns, '--cacert', caFile, '--json'],
        ...['--evidence', evidence, ...mappings.flatMap((mapping) => ['--connect-to', mapping]), ...(o.args ?? [])],
      ],
      { home: files.home, env: realm.environment, input: `${plan.typed.password ?? ''}\n` },
    )
    if (stdout === '') throw new Error(stderr)
    return { result: resultOf(stdout), evidence: readFileSync(evidence, 'utf8') }
  }
  const step = (result: Result) => result.steps.find(({ id }) => id === 'scp' || id.startsWith('scp:'))
  /** The observations of the directory, as saved. */
  function seen(evidence: string): Record<string, unknown>[] {
    const { steps } = JSON.parse(evidence) as { steps: { observations: Record<string, unknown>[] }[] }
    return steps.flatMap(({ observations }) => observations).filter(({ kind }) => kind === 'directory')
  }
  const asked = (at: World): string[] => at.queries.map(({ name }) => name).filter((name) => name.endsWith('.test'))

  test('nothing is named: the controller of the own domain is found by DNS, read, and names the source', async () => {
    await realm.fetchTicket('alice', principals.alice.password)
    const { result, evidence } = await locate()
    expect(step(result)).toMatchObject({ id: 'scp', state: 'passed' })
    expect(result).toMatchObject({ ok: true, source: 'scp' })
    expect(seen(evidence)).toMatchObject([
      {
        url: `ldap://${dc}:389`,
        tls: 'starttls',
        login: 'ticket',
        result: 'read',
        urls: [expect.stringContaining('mail.')],
      },
    ])
    expect(slapd.ticketBinds().at(-1)).toContain('alice')
    // A controller outside the domain of the realm is not even looked up.
    expect(asked(world)).not.toContain('dc99.fabrikam.test')
  })

  test.each(['ldaps', 'ldap'])(
    '%s: a server that was named is read by ticket where no user is named',
    async (scheme) => {
      await realm.fetchTicket('bob', principals.bob.password)
      const { result, evidence } = await locate({ args: ['--ldap', `${scheme}://${dc}`] })
      expect(step(result)).toMatchObject({ id: `scp:${dc}`, state: 'passed' })
      expect(seen(evidence)).toMatchObject([{ login: 'ticket', result: 'read' }])
      expect(slapd.ticketBinds().at(-1)).toContain('bob')
    },
  )

  test('with a user and no password the ticket stays out of it', async () => {
    await realm.fetchTicket('alice', principals.alice.password)
    const before = slapd.ticketBinds().length
    const { result } = await locate({
      args: ['--ldap', `ldaps://${dc}`, '--ldap-user', 'CONTOSO\\anna', '--lang', 'en'],
    })
    expect(step(result)).toMatchObject({ state: 'skipped', summary: expect.stringContaining('password') })
    expect(slapd.ticketBinds()).toHaveLength(before)
  })

  test('without a ticket nobody is connected, and nothing about a domain is asked', async () => {
    const before = world.queries.length
    const { result } = await locate({ args: ['--lang', 'en'] })
    expect(step(result)).toMatchObject({ state: 'skipped', summary: expect.stringMatching(/^Not checked/) })
    expect(world.queries.slice(before).filter(({ name }) => name.endsWith('.test'))).toEqual([])
    const named = await locate({ args: ['--ldap', `ldaps://${dc}`, '--lang', 'en'] })
    expect(step(named.result)).toMatchObject({
      state: 'skipped',
      summary: expect.stringContaining('no Kerberos ticket'),
    })
    expect(seen(named.evidence)).toMatchObject([{ login: 'ticket', result: 'no-ticket' }])
  })

  test('a host of another realm gets no ticket', async () => {
    await realm.fetchTicket('alice', principals.alice.password)
    const other = 'dc01.fabrikam.test'
    const { result, evidence } = await locate({
      args: ['--ldap', `ldaps://${other}`],
      connectTo: slapd.connectTo(other),
    })
    expect(step(result)?.state).toBe('skipped')
    expect(seen(evidence)).toMatchObject([{ login: 'ticket', result: 'no-ticket' }])
  })

  test('where DNS names only hosts outside the domain, none is asked', async () => {
    await realm.fetchTicket('alice', principals.alice.password)
    const names = await startNames([service('dc01.contoso.test.evil.example'), service('evilcontoso.test')])
    try {
      const { result, evidence } = await locate({ world: names, args: ['--lang', 'en'] })
      expect(step(result)).toMatchObject({
        state: 'no-answer',
        summary: expect.stringContaining('no domain controller'),
      })
      expect(seen(evidence)).toEqual([])
    } finally {
      await names.stop()
    }
  })

  test('a certificate that is not good for the controller: no ticket is sent', async () => {
    await realm.fetchTicket('alice', principals.alice.password)
    const before = slapd.ticketBinds().length
    const { evidence } = await locate({ ca: '' })
    expect(seen(evidence)).toMatchObject([{ login: 'ticket', result: 'no-tls' }])
    expect(slapd.ticketBinds()).toHaveLength(before)
  })

  test('a server without GSSAPI says so', async () => {
    await realm.fetchTicket('alice', principals.alice.password)
    const without = await startSlapd({ points: [], names: [dc] })
    try {
      const { result, evidence } = await locate({
        args: ['--ldap', `ldaps://${dc}`],
        connectTo: without.connectTo(dc),
        ca: without.caPem,
      })
      expect(step(result)?.state).toBe('warning')
      expect(seen(evidence)).toMatchObject([{ result: 'no-gssapi', code: '7' }])
    } finally {
      await without.stop()
    }
  })

  test.each([
    ['binding', 'channel-binding', '49/80090346'],
    ['layer', 'layer', null],
    ['forged', 'unproved', null],
    ['early', 'unproved', null],
  ] as const)('a server of the kind "%s" is not read: %s', async (mode, result, code) => {
    await realm.fetchTicket('alice', principals.alice.password)
    const directory = await startTicketDirectory({ mode, host: dc, realm })
    try {
      const located = await locate({
        args: ['--ldap', `ldaps://${dc}`],
        connectTo: [directory.connectTo],
        ca: directory.caPem,
      })
      expect(seen(located.evidence)).toMatchObject([{ login: 'ticket', result, code, urls: [] }])
      expect(step(located.result)?.state).toBe('warning')
      expect(directory.received.some((line) => line.startsWith('bind GSSAPI'))).toBe(true)
      // An unbind at most: nothing is searched where the login did not stand.
      expect(directory.received).not.toContain('asked 0x63')
    } finally {
      await directory.stop()
    }
  })
})
