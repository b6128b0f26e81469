/** Secrets that no file, stream, event or answer may ever hold, sent through everything; and where they may be sent at all. */
import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { defaultSettings } from '../../src/core/settings/settings.ts'
import { scenarioIds, startDemo, type DemoExchange, type ScenarioId } from '../../src/demo/index.ts'
import { openSettingsFile } from '../../src/host/settingsFile.ts'
import { buildProgram, run, scratch, start, worldOptions, type Scratch } from '../cli/program.ts'
import { resultOf } from '../cli/result.ts'
import { strangersWithCredentials } from './strangers.ts'
import { canary, found, foundBelow, tracesOf } from './traces.ts'

const secrets = { password: canary('Kanari'), clientSecret: canary('demo8Q') }
const traces = [...tracesOf('password', secrets.password), ...tracesOf('client secret', secrets.clientSecret)]

let files: Scratch
beforeAll(buildProgram, 60_000)
beforeEach(() => void (files = scratch()))
afterEach(() => files.remove())

test('the search finds every form, whole or in the middle of something', () => {
  const { password } = secrets
  const hiding = [
    `x${password}y`,
    encodeURIComponent(password),
    JSON.stringify({ password }),
    Buffer.from(`CONTOSO\\anna:${password}`).toString('base64'),
    Buffer.from(`ben:${password}`).toString('base64url'),
    Buffer.from(`..${password}..`, 'utf16le').toString('base64'),
    Buffer.from(password, 'utf16le').toString('latin1'),
    `Authorization: NTLM ${Buffer.from('NTLMSSP\0and more').toString('base64')}`,
    `{"access_token":"eyJhbGciOiJub25lIn0.eyJhdWQiOiJ4In0.c2ln"}`,
  ]
  expect(hiding.filter((text) => found('here', text, traces).length === 0)).toEqual([])
  expect(
    found(
      'here',
      `a harmless text with ${password.slice(0, 6)} and ${Buffer.from('CONTOSO\\anna').toString('base64')}`,
      traces,
    ),
  ).toEqual([])
})

async function inDemo<T>(scenario: ScenarioId, work: (demo: DemoExchange) => Promise<T>): Promise<T> {
  const demo = await startDemo({ scenario, dir: join(files.directory, 'demo'), ...secrets })
  try {
    return await work(demo)
  } finally {
    await demo.stop()
  }
}

/** As the admin of the scenario types it, the secrets apart. */
function typedOptions({ typed }: DemoExchange): string[] {
  return [
    typed.email,
    ...(typed.userName === undefined ? [] : ['--user', typed.userName]),
    ...(typed.tenantId === undefined ? [] : ['--tenant', typed.tenantId]),
    ...(typed.clientId === undefined ? [] : ['--client-id', typed.clientId]),
    ...(typed.proxy === undefined ? [] : ['--proxy', typed.proxy]),
  ]
}

/** Each way that a secret goes, and each way that a run ends. Every scenario is run within a process by `core/runs/scenarios.test.ts`; two processes more for all of them take minutes. */
const eachWay: readonly ScenarioId[] = [
  'healthy-on-prem',
  'healthy-online',
  'wrong-password',
  'secret-wrong',
  'secret-id-instead-of-value',
  'consent-missing',
  'ews-not-allowed',
  'oauth-on-prem',
  'foreign-redirect',
  'website-wants-login',
  'proxy-wants-login',
  'unknown-domain',
  'server-busy',
  'impersonation-denied',
]
const isFull = process.env['EWS_SETUP_FULL'] === '1'
if (!isFull) console.log('the command line: a part of the scenarios; EWS_SETUP_FULL=1 takes all of them')

describe.each(isFull ? scenarioIds : eachWay)('%s', (scenario) => {
  test('the command line: JSON, report, evidence and --debug', async () => {
    await inDemo(scenario, async (demo) => {
      const directory = join(files.directory, 'tmp')
      mkdirSync(directory)
      const options = [
        ...typedOptions(demo),
        ...worldOptions(demo),
        '--debug',
        '--timeout',
        String(demo.typed.timeoutSeconds ?? (demo.slow ? 2 : 20)),
      ]
      const { password = '', clientSecret = '' } = demo.typed
      const env = {
        TMPDIR: directory,
        ...demo.typed.environment,
        ...(clientSecret === '' ? {} : { EWS_SETUP_CLIENT_SECRET: clientSecret }),
      }
      const input = `${password}\n`
      const [json, report] = await Promise.all([
        run(['test', ...options, '--password-stdin', '--json', '--evidence', join(files.directory, 'test.json')], {
          home: files.home,
          input,
          env,
        }),
        run(['locate', ...options, '--evidence', join(files.directory, 'locate.json')], {
          home: files.home,
          env: { ...env, EWS_SETUP_PASSWORD: password },
        }),
      ])
      resultOf(json.stdout)
      expect(report.stdout).not.toBe('')
      expect(readFileSync(join(files.directory, 'locate.json'), 'utf8')).not.toBe('')
      const streams = Object.entries({
        'test stdout': json.stdout,
        'test stderr': json.stderr,
        'locate stdout': report.stdout,
        'locate stderr': report.stderr,
      })
      expect([
        ...streams.flatMap(([name, text]) => found(name, text, traces)),
        ...foundBelow(files.directory, traces),
      ]).toEqual([])
      expect(strangersWithCredentials(demo)).toEqual([])
    })
  }, 60_000)
})

type Answer = { status: number; headers: string; body: string; cookie: string }

function ask(address: string, o: { headers?: Record<string, string>; body?: string } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      address,
      { method: o.body === undefined ? 'GET' : 'POST', headers: { ...o.headers }, agent: false },
      (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (text: string) => (body += text))
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: JSON.stringify(response.headers),
            body,
            cookie: response.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
          }),
        )
      },
    )
    sent.once('error', reject)
    sent.end(o.body)
  })
}

/** The browser host of the built program, spoken to as its window does. No keychain is within its reach. */
describe('the browser host', () => {
  test.each<ScenarioId>(['healthy-on-prem', 'oauth-on-prem', 'wrong-password', 'secret-wrong', 'foreign-redirect'])(
    'check, save, both runs, and the saved secrets used again (%s)',
    async (scenario) => {
      await inDemo(scenario, async (demo) => {
        const network = { ...defaultSettings().network, connectTo: demo.connectTo, dns: demo.dns, extraCa: demo.caPem }
        openSettingsFile({ directory: files.home }).update((content) => ({
          ...content,
          profiles: Object.fromEntries(
            Object.entries(content.profiles).map(([name, profile]) => [
              name,
              { ...profile, settings: { ...profile.settings, network } },
            ]),
          ),
        }))
        const serving = start(['serve', '--no-open', '--debug'], { home: files.home })
        const answers: Answer[] = []
        try {
          const entrance = /http:\/\/\S+/.exec(await serving.firstLine)?.[0] ?? ''
          const { origin } = new URL(entrance)
          const { cookie, body } = await ask(entrance)
          const path = /url=([^"]+)"/.exec(body)?.[1] ?? ''
          const headers = {
            cookie,
            origin,
            'content-type': 'application/json',
            'x-ews-setup-window': crypto.randomUUID(),
          }
          const call = async (procedure: string, input: unknown): Promise<Answer> => {
            const answer = await ask(`${origin}${path}rpc/${procedure}`, {
              headers,
              body: JSON.stringify({ json: input }),
            })
            answers.push(answer)
            return answer
          }
          const { typed } = demo
          const {
            network: _network,
            ewsUrlOrigin: _origin,
            ewsUrlSource: _source,
            ...draft
          } = {
            ...defaultSettings(),
            email: typed.email,
            userName: typed.userName ?? '',
            tenantId: typed.tenantId ?? '',
            clientId: typed.clientId ?? '',
          }
          // Both, also where the scenario types one: the other must not appear either.
          const input = {
            draft,
            secrets: {
              password: typed.password ?? secrets.password,
              clientSecret: typed.clientSecret ?? secrets.clientSecret,
            },
          }
          expect((await call('settings/check', input)).status).toBe(200)
          expect((await call('settings/save', input)).status).toBe(200)
          expect((await call('app/start', {})).body).toContain('savedAt')
          // Stopped at its first question, if there is one: an answer is not what is looked for here.
          const runs = scenario === 'foreign-redirect' ? [] : (['locate', 'test'] as const)
          for (const command of runs) {
            expect((await call(`runs/${command}`, { draft, secrets: {} })).body).toContain('"ended"')
          }
          // What it refuses to understand comes back without what it could not understand.
          for (const broken of [
            { draft: { ...draft, cloud: secrets.password }, secrets: input.secrets },
            { draft, secrets: { password: [secrets.password] } },
            secrets.clientSecret,
          ]) {
            expect((await call('runs/test', broken)).status).toBeGreaterThanOrEqual(400)
          }
          serving.child.kill('SIGTERM')
          const { stdout, stderr } = await serving.ended
          const seen = [
            ...answers.map((answer, index) => [`answer ${index}`, `${answer.headers}\n${answer.body}`] as const),
            ['stdout', stdout] as const,
            ['stderr', stderr] as const,
          ]
          expect([
            ...seen.flatMap(([name, text]) => found(name, text, traces)),
            ...foundBelow(files.directory, traces),
          ]).toEqual([])
          // There is something to search in.
          expect(readdirSync(files.home)).toContain('config.json')
          expect(strangersWithCredentials(demo)).toEqual([])
        } finally {
          serving.child.kill('SIGKILL')
        }
      })
    },
    60_000,
  )
})
