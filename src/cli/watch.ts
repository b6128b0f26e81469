/** `ews-setup watch`: keeps automatic connections running, one line for each thing that happens. */
import type { Language } from '../contract/contract.ts'
import type { KeeperStatus } from '../contract/connections.ts'
import { secretFrom } from '../core/auth/secret.ts'
import { recordOf } from '../core/automation/ledger.ts'
import type { Entry, Ledger } from '../core/automation/schema.ts'
import { viewOf, type ConnectionView } from '../core/automation/view.ts'
import type { Finding } from '../core/findings/finding.ts'
import { openAutomation, type AutomationOptions } from '../host/automation/automation.ts'
import { placedConnections, targetOf, type Placed } from '../host/automation/targets.ts'
import { lazyConnector } from '../host/lazyConnector.ts'
import { openSecrets } from '../host/openSecrets.ts'
import { secretVariables } from '../host/secretEnvironment.ts'
import { openSettingsFile } from '../host/settingsFile.ts'
import { stateDirectory } from '../host/stateDirectory.ts'
import { terminationSignal } from '../host/terminationSignal.ts'
import { fill } from '../texts/format.ts'
import { textsOf, wordsOf } from '../texts/index.ts'
import { connectorHost, exitCodes } from './execute.ts'
import { UsageError } from './usage.ts'

export type WatchFlags = { profile?: string; once?: boolean; json?: boolean; debug: boolean; language: Language }

/** One line of `--json`. Keys are a contract with scripts. */
export type WatchEvent = {
  at: string
  /** Address of the mailbox; null for what concerns all of them. */
  connection: string | null
  id: string | null
  profile: string | null
  event: string
  state: string | null
  failures: number
  nextAttemptAt: string | null
  /** Id of the finding. */
  finding: string | null
}

/** Exit code: 0 when it was told to end, or when a round worked; 1 when a call of a round did not; 130 after Ctrl+C. */
export async function watch(flags: WatchFlags): Promise<number> {
  const { language, profile } = flags
  const texts = textsOf(language).automation.watch
  const directory = stateDirectory()
  const settingsFile = openSettingsFile({ directory })
  const content = settingsFile.read()
  const notices = settingsFile.notices().map((notice) => notice.id)
  if (notices.includes('settings-damaged') || notices.includes('settings-newer'))
    throw new UsageError('profileUnreadable')
  if (profile !== undefined && !Object.hasOwn(content.profiles, profile))
    throw new UsageError('noProfile', { name: profile })
  const placed = placedConnections(content, { profile, accountOfProfile: true })
  if (placed.length === 0) throw new UsageError('nothingToWatch')

  const secretStore = openSecrets(directory)
  const given = {
    password: secretFrom(process.env[secretVariables.password]),
    clientSecret: secretFrom(process.env[secretVariables.clientSecret]),
  }
  const known = {
    ...(given.password === undefined ? {} : { password: given.password }),
    ...(given.clientSecret === undefined ? {} : { clientSecret: given.clientSecret }),
  }
  // A secret of the environment belongs to one configuration, and must not go to the server of another.
  const [only, ...others] = new Set(placed.map((one) => one.profileName))
  const hasGiven = Object.keys(known).length > 0
  if (hasGiven && others.length > 0) throw new UsageError('secretOfWhich')
  const line = flags.json === true ? jsonLine : textLine
  let failed: Finding | null = null
  let isBad = false
  const onEntries: AutomationOptions['onEntries'] = (entries, connections, ledger) => {
    for (const one of entries.flatMap((entry) =>
      eventsOf(entry, connections, ledger, (at) => targetOf(at, secretStore, known)),
    )) {
      process.stdout.write(`${line(one.event, one.view, language)}\n`)
      if (one.event.event === 'works' || !troubles.has(one.event.event)) continue
      isBad = true
      failed ??= one.view?.record.finding ?? null
    }
  }

  const stop = terminationSignal()
  let isInterrupted = false
  const interrupted = (): void => void (isInterrupted = true)
  process.once('SIGINT', interrupted)
  const say = (words: string): void => void process.stderr.write(`${words}\n`)
  const about = (event: string): void => {
    const whole = { connection: null, id: null, profile: profile ?? null, state: null, failures: 0 }
    const made = { at: new Date().toISOString(), ...whole, event, nextAttemptAt: null, finding: null }
    process.stdout.write(`${line(made, null, language)}\n`)
  }
  try {
    const automation = openAutomation({
      directory,
      settingsFile,
      secretStore,
      connector: lazyConnector(() => connectorHost(flags.debug)),
      face: 'watch',
      profile: hasGiven ? only : profile,
      accountOfProfile: true,
      given: known,
      once: flags.once === true,
      onEntries,
      onStatus(status) {
        if (status.kind !== 'here') return
        say(fill(texts.started, { count: placed.length }, language))
        about('started')
        void warnAbout(automation)
      },
    })
    const warnAbout = async (of: typeof automation): Promise<void> => {
      const { damagedFile } = await of.known()
      if (damagedFile !== null) say(fill(texts.damaged, { file: damagedFile }, language))
    }
    if ((await secretStore.state()).kind === 'memory' && !hasGiven) say(texts.inMemory)
    const status = await automation.run(stop.signal, { wait: false })
    const refusal = refusalWords(status, language)
    if (refusal !== null) {
      say(refusal)
      return exitCodes.fails
    }
    about('stopped')
    if (isInterrupted) return exitCodes.cancelled
    if (flags.once !== true || !isBad) return exitCodes.works
    if (failed !== null) say(failureWords(failed, language))
    return exitCodes.fails
  } finally {
    process.off('SIGINT', interrupted)
    stop.dispose()
  }
}

/** Kinds of events that mean that a call did not work. */
const troubles: ReadonlySet<string> = new Set([
  'refused',
  'interrupted',
  'busy',
  'unreachable',
  'denied',
  'unready',
  'inactive',
])

function refusalWords(status: KeeperStatus, language: Language): string | null {
  const { watch: texts, faces } = textsOf(language).automation
  switch (status.kind) {
    case 'elsewhere':
      return status.owner === null
        ? texts.takenUnknown
        : fill(
            texts.taken,
            {
              face: faces[status.owner.face],
              pid: String(status.owner.pid),
              host: status.owner.host,
              since: status.owner.startedAt,
            },
            language,
          )
    case 'stopped':
      return fill(texts.notStored, { code: status.code }, language)
    case 'idle':
    case 'here':
      return null
  }
}

function eventsOf(
  entry: Entry,
  connections: ReadonlyMap<string, Placed>,
  ledger: Ledger,
  target: (placed: Placed) => ReturnType<typeof targetOf>,
): { event: WatchEvent; view: ConnectionView | null }[] {
  const about = (id: string, event: string, finding: string | null) => {
    const placed = connections.get(id)
    const view = placed === undefined ? null : viewOf(ledger, target(placed), entry.at)
    const next = view?.nextAttemptAt ?? null
    return {
      view,
      event: {
        at: new Date(entry.at).toISOString(),
        connection: placed?.connection.mailbox ?? null,
        id,
        profile: placed?.profileName ?? null,
        event,
        state: view?.state ?? null,
        failures: view?.failures ?? 0,
        nextAttemptAt: next === null ? null : new Date(next).toISOString(),
        finding,
      },
    }
  }
  const reasonOf = (id: string): string | null => recordOf(ledger, id).finding?.id ?? null
  switch (entry.type) {
    case 'end':
      return entry.kind === 'not-made' ? [] : [about(entry.connection, entry.kind, entry.finding?.id ?? null)]
    case 'inactive':
      return entry.connections.map((id) => about(id, 'inactive', reasonOf(id)))
    case 'activated':
      return entry.connections.map((id) => about(id, 'activated', null))
    case 'hurried':
      return entry.granted ? [about(entry.connection, 'hurried', reasonOf(entry.connection))] : []
    case 'begin':
    case 'known':
    case 'shift':
      return []
  }
}

function jsonLine(event: WatchEvent): string {
  return JSON.stringify(event)
}

/** `time event mailbox key=value … "words"`: for a person, and for the tools that read logs. */
function textLine(event: WatchEvent, view: ConnectionView | null, language: Language): string {
  const finding = view?.record.finding ?? null
  return [
    event.at,
    event.event.padEnd(11),
    event.connection ?? '-',
    ...(event.state === null ? [] : [`state=${event.state}`]),
    ...(view === null ? [] : [`failures=${view.failures}/${view.allowed}`]),
    ...(event.nextAttemptAt === null ? [] : [`next=${event.nextAttemptAt}`]),
    ...(event.finding === null ? [] : [`finding=${event.finding}`]),
    ...(event.finding === null || finding === null ? [] : [JSON.stringify(titleOf(finding, language))]),
  ].join(' ')
}

function titleOf(finding: Finding, language: Language): string {
  const reasons: Readonly<Record<string, string>> = textsOf(language).automation.reasons
  return (Object.hasOwn(reasons, finding.id) ? reasons[finding.id] : undefined) ?? wordsOf(finding, language).title
}

/** As every command says a failure: the first finding, title and remedy. */
function failureWords(finding: Finding, language: Language): string {
  const reasons = textsOf(language).automation.reasons
  const remedy = Object.hasOwn(reasons, finding.id) ? [] : wordsOf(finding, language).remedy
  return [
    `${titleOf(finding, language)} (${finding.id})`,
    ...remedy.map((step, index) => `  ${index + 1}. ${step}`),
  ].join('\n')
}
