/**
 * Automatic calls in a host: owns the configuration or says who does, keeps the calls running, and answers what is known of each
 * connection. Nothing of the connector is loaded before the first call.
 */
import { statSync } from 'node:fs'
import { createEngine } from '../../core/automation/engine.ts'
import type { Target } from '../../core/automation/target.ts'
import { createKeeper, processClock, type Clock, type Keeper } from '../../core/automation/keeper.ts'
import { pruned } from '../../core/automation/ledger.ts'
import { outcomeOf, type Outcome } from '../../core/automation/outcome.ts'
import type { Entry, Ledger } from '../../core/automation/schema.ts'
import { viewOf, type ConnectionView } from '../../core/automation/view.ts'
import type { Connector } from '../../core/connector.ts'
import { errorCode } from '../../core/errorCode.ts'
import type { NetworkOptions, Settings } from '../../core/settings/settings.ts'
import type { KeeperStatus, Owner } from '../../contract/connections.ts'
import type { SecretStore } from '../secretStore.ts'
import type { SettingsFile } from '../settingsFile.ts'
import { openJournal, readLedger } from './journal.ts'
import { claimConfiguration, ownerOfConfiguration } from './ownership.ts'
import { placedConnections, requestOf, targetOf, type GivenSecrets, type Placed } from './targets.ts'

/** How often a process that may not call looks whether it may now, and whether there is anything to call. */
const retryMs = 5_000

export type AutomationOptions = {
  directory: string
  settingsFile: SettingsFile
  secretStore: SecretStore
  connector: Pick<Connector, 'call'>
  face: Owner['face']
  /** Options of the host over those of a profile. */
  network?: (settings: Settings) => NetworkOptions
  /** For `watch`: only this profile. */
  profile?: string | undefined
  /** A profile without connections counts as one, its own account. */
  accountOfProfile?: boolean
  given?: GivenSecrets
  once?: boolean
  clock?: Clock
  random?: () => number
  /** Told what was stored, with the connections as they are configured. */
  onEntries?: (entries: readonly Entry[], connections: ReadonlyMap<string, Placed>, ledger: Ledger) => void
  onStatus?: (status: KeeperStatus) => void
}

export type Known = { placed: Placed; view: ConnectionView }

export type Automation = {
  /**
   * Makes calls until the signal aborts. Where another process owns the configuration it waits for its end (`wait`), or ends at
   * once. How it ended comes back; `once` ends by itself.
   */
  run(signal: AbortSignal, o: { wait: boolean }): Promise<KeeperStatus>
  /** The settings changed: looks at once. */
  poke(): void
  status(): Promise<KeeperStatus>
  /** Every connection with what is known of it. */
  known(): Promise<{ connections: Known[]; damagedFile: string | null }>
  /** One call now, besides all planning: for a test before something is activated. */
  callNow(placed: Placed, signal: AbortSignal): Promise<Outcome>
}

export function openAutomation(o: AutomationOptions): Automation {
  const { directory, settingsFile, secretStore, clock = processClock, given = {} } = o
  let status: KeeperStatus = { kind: 'idle' }
  let keeper: Keeper | null = null
  let owned: Ledger | null = null
  let damagedFile: string | null = null
  let seen = ''
  let placed = new Map<string, Placed>()
  let wake = new AbortController()

  const tell = (next: KeeperStatus): void => {
    const changed = JSON.stringify(next) !== JSON.stringify(status)
    status = next
    if (changed) o.onStatus?.(next)
  }

  const read = (): Placed[] =>
    placedConnections(settingsFile.read(), { profile: o.profile, accountOfProfile: o.accountOfProfile === true })

  /** A file that did not change is not read again. */
  function stamp(): string {
    try {
      const { mtimeMs, size, ino } = statSync(settingsFile.path)
      return `${mtimeMs} ${size} ${ino}`
    } catch {
      return 'none'
    }
  }

  function targets(): readonly Target[] | null {
    const now = stamp()
    if (now === seen) return null
    seen = now
    placed = new Map(read().map((one) => [one.connection.id, one]))
    return [...placed.values()].map((one) => targetOf(one, secretStore, given))
  }

  const network = (settings: Settings): NetworkOptions => o.network?.(settings) ?? settings.network

  async function callNow(one: Placed, signal: AbortSignal): Promise<Outcome> {
    const made = await requestOf(one, { secretStore, given, network })
    return made.kind === 'unready' ? made.outcome : outcomeOf(await o.connector.call(made.request, { signal }))
  }

  async function call(id: string, signal: AbortSignal): Promise<Outcome> {
    const one = placed.get(id)
    // Removed between the decision and the call: nothing was sent.
    if (one === undefined) return { kind: 'not-made', refusedBy: null, finding: null, restMs: null, tokenUntil: null }
    return callNow(one, signal)
  }

  /** Owns the configuration and calls, until something ends it. */
  async function keep(signal: AbortSignal): Promise<KeeperStatus> {
    const claim = await claimConfiguration({ directory, face: o.face })
    if (claim.kind === 'taken') return { kind: 'elsewhere', owner: claim.owner }
    if (claim.kind === 'failed') return { kind: 'stopped', code: claim.code }
    try {
      const { journal, stored } = await openJournal({
        directory,
        now: () => new Date(clock.now().wall),
        prune: (ledger) =>
          pruned(ledger, new Set(placed.size > 0 ? placed.keys() : Object.keys(ledger.connections)), clock.now().wall),
      })
      try {
        damagedFile = stored.damage?.file ?? damagedFile
        seen = ''
        const engine = createEngine({ ledger: stored.ledger, random: o.random ?? Math.random, once: o.once === true })
        owned = stored.ledger
        keeper = createKeeper({
          engine,
          clock,
          store: (entries) => journal.append(entries),
          targets,
          call,
          onEntries: (entries) => o.onEntries?.(entries, placed, stored.ledger),
          once: o.once === true,
        })
        tell({ kind: 'here' })
        await keeper.run(signal)
        return { kind: 'idle' }
      } finally {
        keeper = null
        owned = null
        await journal.close()
      }
    } catch (error) {
      return { kind: 'stopped', code: errorCode(error) ?? 'UNKNOWN' }
    } finally {
      await claim.release()
    }
  }

  const hasWork = (): boolean => o.accountOfProfile === true || read().some(({ connection }) => connection.automatic)

  return {
    callNow,
    async run(signal, { wait }) {
      const rouse = (): void => wake.abort()
      signal.addEventListener('abort', rouse)
      try {
        for (;;) {
          wake = new AbortController()
          const ended = signal.aborted
            ? { kind: 'idle' as const }
            : hasWork()
              ? await keep(signal)
              : { kind: 'idle' as const }
          tell(ended)
          if (signal.aborted || !wait) return ended
          await clock.sleep(retryMs, wake.signal)
        }
      } finally {
        signal.removeEventListener('abort', rouse)
      }
    },
    poke() {
      seen = ''
      wake.abort()
      keeper?.poke()
    },
    async status() {
      if (status.kind !== 'idle') return status
      const owner = await ownerOfConfiguration(directory)
      return owner === null || (owner.pid === process.pid && keeper !== null) ? status : { kind: 'elsewhere', owner }
    },
    async known() {
      const stored = owned === null ? await readLedger(directory) : null
      const ledger = owned ?? stored?.ledger
      if (ledger === undefined) throw new Error('there is a ledger')
      const { wall } = clock.now()
      return {
        damagedFile,
        connections: read().map((one) => {
          const target = targetOf(one, secretStore, given)
          return { placed: one, view: viewOf(ledger, target, wall) }
        }),
      }
    },
  }
}
