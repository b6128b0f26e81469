/** `ews-setup demo`: the embedded Exchange, both commands in the terminal, then the dialog on it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Language } from '../contract/contract.ts'
import { secretFrom } from '../core/auth/secret.ts'
import type { RunRequest } from '../core/connector.ts'
import type { RunEvent, RunResult } from '../core/runs/events.ts'
import { defaultSettings, secretKinds, type NetworkOptions } from '../core/settings/settings.ts'
import {
  startDemo,
  scenarioGroups,
  scenarioIds,
  type DemoExchange,
  type ScenarioId,
  type Typed,
} from '../demo/index.ts'
import { openMemoryStore } from '../host/secretStore.ts'
import { openSettingsFile } from '../host/settingsFile.ts'
import { emptyProfile, firstProfile } from '../host/settingsSchema.ts'
import { terminationSignal } from '../host/terminationSignal.ts'
import { fill } from '../texts/format.ts'
import { execute, exitCodes, isOneTerminal } from './execute.ts'
import { failureLines, report, stepLine } from './report.ts'
import { jsonResult } from './result.ts'
import { serveDialog } from './serveDialog.ts'
import { UsageError } from './usage.ts'
import { cliTexts } from './words.ts'

export type DemoFlags = {
  once: boolean
  json: boolean
  serve: boolean
  open: boolean
  debug: boolean
  language: Language
}

/** All scenarios in their groups, one a line. */
export function listScenarios(language: Language): string {
  const texts = cliTexts(language)
  const width = Math.max(...scenarioIds.map((id) => id.length))
  return scenarioGroups
    .map(({ group, ids }) =>
      [texts.scenarioGroups[group], ...ids.map((id) => `  ${id.padEnd(width)}  ${texts.scenarios[id]}`)].join('\n'),
    )
    .join('\n\n')
}

export async function demo(scenario: string, flags: DemoFlags): Promise<number> {
  const id = scenarioIds.find((known) => known === scenario)
  if (id === undefined) throw new UsageError('noScenario', { name: scenario })
  const exchange = await startDemo({ scenario: id })
  try {
    if (flags.serve) return await onlyExchange(exchange)
    const code = await inTerminal(exchange, flags)
    if (flags.once || flags.json) return code
    return await dialogOn(exchange, id, code, flags)
  } finally {
    await exchange.stop()
  }
}

/** Prints how to reach it, as one line so that a reader knows its end, and runs until it is stopped. */
async function onlyExchange(exchange: DemoExchange): Promise<number> {
  const stop = terminationSignal()
  const { caFile, caPem: _caPem, journal: _journal, queries: _queries, stop: _stop, ...facts } = exchange
  const options = [
    '--cacert',
    caFile,
    '--dns',
    exchange.dns,
    ...exchange.connectTo.flatMap((mapping) => ['--connect-to', mapping]),
    ...typedOptions(exchange.typed),
  ]
  process.stdout.write(`${JSON.stringify({ ...facts, host: '127.0.0.1', caFile, options })}\n`)
  if (!stop.signal.aborted)
    await new Promise((resolve) => stop.signal.addEventListener('abort', resolve, { once: true }))
  stop.dispose()
  return 0
}

/** What the admin of a scenario chooses for the network. */
function typedOptions({ proxy, expectThumbprint, worksInBrowser, timeoutSeconds }: Typed): string[] {
  return [
    ...(proxy === undefined ? [] : ['--proxy', proxy]),
    ...(expectThumbprint === undefined ? [] : ['--expect-thumbprint', expectThumbprint]),
    ...(worksInBrowser === true ? ['--works-in-browser'] : []),
    ...(timeoutSeconds === undefined ? [] : ['--timeout', String(timeoutSeconds)]),
  ]
}

async function inTerminal(exchange: DemoExchange, flags: DemoFlags): Promise<number> {
  const { language, json } = flags
  const texts = cliTexts(language).demo
  const say = (line: string): void => {
    if (!json) process.stdout.write(`${line}\n`)
  }
  const onEvent = (event: RunEvent): void => {
    if (event.kind === 'step-ended') say(`  ${stepLine(event.step, language)}`)
  }
  say(
    fill(
      texts.title,
      { scenario: exchange.scenario, title: cliTexts(language).scenarios[exchange.scenario] },
      language,
    ),
  )
  say(`\n▸ ${texts.locate}`)
  // The scenario's own environment: a proxy of the person's has nothing to do with it.
  const options = { debug: flags.debug, onEvent, environment: exchange.typed.environment ?? {} }
  const located = await execute('locate', typedRequest(exchange, null), options)
  say(report(located, language, { steps: false }))
  let last = located
  if (located.ok || exchange.typed.ewsUrl !== undefined) {
    say(`▸ ${texts.test}`)
    last = await execute('test', typedRequest(exchange, located), options)
    say(report(last, language, { steps: false }))
  }
  if (json) process.stdout.write(`${JSON.stringify(jsonResult(last, language), null, 2)}\n`)
  if (json || !isOneTerminal()) process.stderr.write(failureLines(last, language))
  return exitCodes[last.evidence.outcome]
}

/** What the admin of the scenario types; the URL as the first button entered it, unless the mistake lies in the typed one. */
function typedRequest(exchange: DemoExchange, located: RunResult | null): RunRequest {
  const { typed } = exchange
  const found = typed.ewsUrl === undefined ? (located?.evidence.ewsUrl ?? null) : null
  return {
    settings: {
      ...defaultSettings(),
      email: typed.email,
      userName: typed.userName ?? '',
      tenantId: typed.tenantId ?? '',
      clientId: typed.clientId ?? '',
      ...(typed.auth === undefined ? {} : { auth: typed.auth }),
      ...(typed.ewsVersion === undefined ? {} : { ewsVersion: typed.ewsVersion }),
      ...(found === null
        ? {
            ewsUrl: typed.ewsUrl ?? '',
            ...(typed.ewsUrlImported === true ? { ewsUrlOrigin: 'imported' as const } : {}),
          }
        : { ewsUrl: found, ewsUrlOrigin: 'found' as const, ewsUrlSource: located?.evidence.source ?? null }),
      network: { ...defaultSettings().network, ...networkOf(exchange) },
    },
    secrets: { password: secretFrom(typed.password), clientSecret: secretFrom(typed.clientSecret) },
    second: { userName: typed.secondUserName, mailbox: typed.secondMailbox },
  }
}

/** The way into the scenario's world, and what its admin chose for it. */
function networkOf(exchange: DemoExchange): Partial<NetworkOptions> {
  const { proxy, expectThumbprint, worksInBrowser, timeoutSeconds } = exchange.typed
  return {
    connectTo: exchange.connectTo,
    dns: exchange.dns,
    extraCa: exchange.caPem,
    ...(proxy === undefined ? {} : { proxy }),
    ...(expectThumbprint === undefined ? {} : { expectThumbprint }),
    ...(worksInBrowser === undefined ? {} : { worksInBrowser }),
    ...(timeoutSeconds === undefined ? {} : { timeoutMs: timeoutSeconds * 1_000 }),
  }
}

/** The dialog with what the admin types already in its fields, in a settings directory that goes away again. */
async function dialogOn(exchange: DemoExchange, scenario: ScenarioId, code: number, flags: DemoFlags): Promise<number> {
  const { language } = flags
  const texts = cliTexts(language).demo
  const directory = await mkdtemp(join(tmpdir(), 'ews-setup-demo-'))
  const stop = terminationSignal()
  try {
    const { settings, secrets } = typedRequest(exchange, null)
    const secretStore = openMemoryStore()
    for (const kind of secretKinds) {
      const secret = secrets[kind]
      if (secret !== undefined) await secretStore.write({ profile: firstProfile, kind }, secret)
    }
    openSettingsFile({ directory }).update((content) => ({
      ...content,
      language,
      profiles: {
        ...content.profiles,
        [firstProfile]: {
          ...(content.profiles[firstProfile] ?? emptyProfile()),
          settings: { ...settings, network: defaultSettings().network },
        },
      },
    }))
    const served = await serveDialog({
      language,
      open: flags.open,
      signal: stop.signal,
      debug: flags.debug,
      directory,
      secretStore,
      networkDefaults: networkOf(exchange),
      environment: exchange.typed.environment ?? {},
      notices: [{ id: 'demo', facts: { scenario } }],
    })
    process.stdout.write(`${fill(texts.opened, { url: served.url }, language)}\n${texts.stop}\n`)
    await served.closed
    return code
  } finally {
    stop.dispose()
    await rm(directory, { recursive: true, force: true })
  }
}
