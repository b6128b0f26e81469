/** Implements the contract's part about connections: what is configured is in the settings, what happened comes from the automation. */
import { createHash, randomUUID } from 'node:crypto'
import { implement } from '@orpc/server'
import {
  connectionsContract,
  type ConnectionDraft,
  type ConnectionRow,
  type MailboxLine,
  type OwnSecrets,
} from '../contract/connections.ts'
import { secretFrom } from '../core/auth/secret.ts'
import { connectionSchema, type Connection } from '../core/automation/schema.ts'
import { parseMailAddress } from '../core/settings/mailDomain.ts'
import { secretKinds, type SecretKind } from '../core/settings/settings.ts'
import type { Automation, Known } from './automation/automation.ts'
import { readMailboxList } from './automation/mailboxList.ts'
import type { WindowContext } from './windowContext.ts'
import type { SecretStore } from './secretStore.ts'
import type { SettingsFile } from './settingsFile.ts'
import { profileOf, withProfile, type Profile } from './settingsSchema.ts'

export type ConnectionsOptions = {
  settingsFile: SettingsFile
  secretStore: SecretStore
  automation: Automation
  clock: () => Date
}

/** What a connection may have of its own; everything else is its profile's. */
const ownKinds = ['password', 'clientSecret'] as const satisfies readonly SecretKind[]

export function createConnectionsRouter(o: ConnectionsOptions) {
  const { settingsFile, secretStore, automation, clock } = o
  const os = implement(connectionsContract).$context<WindowContext>()

  const current = () => {
    const content = settingsFile.read()
    return { name: content.profile, profile: profileOf(content, content.profile) }
  }

  /** Null when saved, else the platform's code. */
  function update(change: (profile: Profile) => Profile): string | null {
    const result = settingsFile.update((content) => withProfile(content, content.profile, change))
    automation.poke()
    return result.kind === 'saved' ? null : result.code
  }

  const changeOne =
    (id: string, change: (connection: Connection) => Connection) =>
    (profile: Profile): Profile => ({
      ...profile,
      connections: profile.connections.map((one) => (one.id === id ? change(one) : one)),
    })

  /** Later than the last one, whatever the clock says: whoever makes the calls compares them. */
  function stampAfter(last: string | null): string {
    const now = clock().toISOString()
    return last === null || now > last ? now : new Date(Date.parse(last) + 1).toISOString()
  }

  async function knownHere(): Promise<{ connections: Known[]; damagedFile: string | null }> {
    const { name } = current()
    const { connections, damagedFile } = await automation.known()
    return { connections: connections.filter(({ placed }) => placed.profileName === name), damagedFile }
  }

  const find = (id: string): Connection | undefined => current().profile.connections.find((one) => one.id === id)

  function rowOf({ placed, view }: Known): ConnectionRow {
    const { profileName, connection } = placed
    const { record } = view
    const savedAt = (kind: SecretKind): string | null =>
      connection.secrets[kind]?.savedAt ??
      secretStore.inMemorySince({ profile: profileName, kind, connection: connection.id })
    return {
      id: connection.id,
      mailbox: connection.mailbox,
      userName: connection.userName,
      automatic: connection.automatic,
      policy: connection.policy,
      secrets: { password: savedAt('password'), clientSecret: savedAt('clientSecret') },
      state: view.state,
      failures: view.failures,
      allowed: view.allowed,
      lastSuccessAt: isoOf(record.lastSuccessAt),
      lastCallAt: isoOf(record.lastCallAt),
      nextAttemptAt: isoOf(view.nextAttemptAt),
      inactiveSince: isoOf(record.inactive?.at ?? null),
      mayHurry: view.mayHurry,
      finding: record.finding,
    }
  }

  /** A removed connection leaves no secret behind; one that cannot be taken out is no reason to keep the connection. */
  async function forgetSecrets(profile: string, ids: readonly string[]): Promise<void> {
    for (const connection of ids)
      for (const kind of secretKinds) {
        const name = { profile, kind, connection }
        const had = find(connection)?.secrets[kind] !== undefined || secretStore.inMemorySince(name) !== null
        if (had) await secretStore.remove(name)
      }
  }

  function problemOf(draft: ConnectionDraft, profile: Profile): MailboxLine['problem'] {
    if (parseMailAddress(draft.mailbox, { domainAlone: false }) === null) return 'mailbox-invalid'
    const same = draft.mailbox.trim().toLowerCase()
    const others = profile.connections.filter((one) => one.id !== draft.id)
    return others.some((one) => one.mailbox.toLowerCase() === same) ? 'mailbox-known' : null
  }

  /** Writes what was typed, removes what is null. The kinds that are in a keychain now, and those that are gone. */
  async function storeSecrets(
    profile: string,
    connection: string,
    typed: OwnSecrets,
  ): Promise<{ saved: SecretKind[]; removed: SecretKind[] } | null> {
    const outlives = (await secretStore.state()).kind !== 'memory'
    const saved: SecretKind[] = []
    const removed: SecretKind[] = []
    for (const kind of ownKinds) {
      const value = typed[kind]
      const name = { profile, kind, connection }
      if (value === null) {
        if (!(await secretStore.remove(name))) return null
        removed.push(kind)
      }
      const secret = secretFrom(value ?? undefined)
      if (secret === undefined) continue
      if (!(await secretStore.write(name, secret))) return null
      if (outlives) saved.push(kind)
    }
    return { saved, removed }
  }

  return os.router({
    list: os.list.handler(async ({ input }) => {
      const { profile } = current()
      const { connections, damagedFile } = await knownHere()
      const rows = connections.map(rowOf)
      const version = versionOf(rows)
      return {
        version,
        keeper: await automation.status(),
        rows: version === input.since ? null : rows,
        policy: profile.policy,
        everyMinutes: profile.everyMinutes,
        damagedFile,
        secretsInMemory: connections.length > 0 && (await secretStore.state()).kind === 'memory',
        hasUrl: profile.settings.ewsUrl.trim() !== '',
      }
    }),
    history: os.history.handler(async ({ input }) => {
      const one = (await knownHere()).connections.find(({ placed }) => placed.connection.id === input.id)
      const happenings = one?.view.record.history ?? []
      return {
        happenings: happenings
          .map((happening) => ({ ...happening, at: new Date(happening.at).toISOString() }))
          .reverse(),
      }
    }),
    save: os.save.handler(async ({ input: { connection: draft, secrets }, errors }) => {
      const blocked = settingsFile.obstacle()
      if (blocked !== null) throw errors.SETTINGS_NOT_SAVED({ data: { code: blocked } })
      const { name, profile } = current()
      const problem = problemOf(draft, profile)
      if (problem !== null) throw errors.MAILBOX_INVALID({ data: { problem } })
      if (draft.id !== null && find(draft.id) === undefined) throw errors.NO_CONNECTION({ data: {} })
      const id = draft.id ?? randomUUID()
      const stored = await storeSecrets(name, id, secrets)
      if (stored === null) throw errors.SECRET_NOT_SAVED({ data: {} })
      const savedAt = clock().toISOString()
      const changed = (before: Connection): Connection => ({
        ...before,
        mailbox: draft.mailbox.trim(),
        userName: draft.userName.trim(),
        automatic: draft.automatic,
        policy: draft.policy,
        secrets: {
          ...Object.fromEntries(
            Object.entries(before.secrets).filter(([kind]) => !stored.removed.some((one) => one === kind)),
          ),
          ...Object.fromEntries(stored.saved.map((kind) => [kind, { savedAt }])),
        },
      })
      const code = update((before) =>
        draft.id === null
          ? {
              ...before,
              connections: [
                ...before.connections,
                changed(connectionSchema.parse({ id, mailbox: draft.mailbox.trim() })),
              ],
            }
          : changeOne(id, changed)(before),
      )
      if (code !== null) throw errors.SETTINGS_NOT_SAVED({ data: { code } })
      return { id }
    }),
    setAutomatic: os.setAutomatic.handler(({ input: { ids, automatic }, errors }) => {
      const wanted = new Set(ids)
      const code = update((profile) => ({
        ...profile,
        connections: profile.connections.map((one) => (wanted.has(one.id) ? { ...one, automatic } : one)),
      }))
      if (code !== null) throw errors.SETTINGS_NOT_SAVED({ data: { code } })
      return {}
    }),
    remove: os.remove.handler(async ({ input: { ids }, errors }) => {
      const gone = new Set(ids)
      await forgetSecrets(current().name, ids)
      const code = update((profile) => ({
        ...profile,
        connections: profile.connections.filter((one) => !gone.has(one.id)),
      }))
      if (code !== null) throw errors.SETTINGS_NOT_SAVED({ data: { code } })
      return {}
    }),
    activate: os.activate.handler(async ({ input: { id }, signal, errors }) => {
      const one = (await knownHere()).connections.find(({ placed }) => placed.connection.id === id)
      if (one === undefined) throw errors.NO_CONNECTION({ data: {} })
      const outcome = await automation.callNow(one.placed, signal ?? new AbortController().signal)
      if (outcome.kind !== 'works') return { ok: false, finding: outcome.finding }
      const code = update(
        changeOne(id, (before) => ({ ...before, automatic: true, activatedAt: stampAfter(before.activatedAt) })),
      )
      if (code !== null) throw errors.SETTINGS_NOT_SAVED({ data: { code } })
      return { ok: true, finding: null }
    }),
    hurry: os.hurry.handler(({ input: { id }, errors }) => {
      if (find(id) === undefined) throw errors.NO_CONNECTION({ data: {} })
      const code = update(changeOne(id, (before) => ({ ...before, hurriedAt: stampAfter(before.hurriedAt) })))
      if (code !== null) throw errors.SETTINGS_NOT_SAVED({ data: { code } })
      return {}
    }),
    policy: os.policy.handler(() => {
      const { policy, everyMinutes } = current().profile
      return { policy, everyMinutes }
    }),
    savePolicy: os.savePolicy.handler(({ input, errors }) => {
      const code = update((profile) => ({ ...profile, policy: input.policy, everyMinutes: input.everyMinutes }))
      if (code !== null) throw errors.SETTINGS_NOT_SAVED({ data: { code } })
      return {}
    }),
    previewMailboxes: os.previewMailboxes.handler(({ input }) => ({
      lines: readMailboxList(input.text, mailboxesOf(current().profile)),
    })),
    importMailboxes: os.importMailboxes.handler(({ input, errors }) => {
      let added = 0
      const code = update((profile) => {
        const good = readMailboxList(input.text, mailboxesOf(profile)).filter((line) => line.problem === null)
        added = good.length
        return {
          ...profile,
          connections: [
            ...profile.connections,
            ...good.map(({ mailbox, userName }) =>
              connectionSchema.parse({ id: randomUUID(), mailbox, userName, automatic: input.automatic }),
            ),
          ],
        }
      })
      if (code !== null) throw errors.SETTINGS_NOT_SAVED({ data: { code } })
      return { added }
    }),
  })
}

/** Another text when something changed that is shown; that it is due now stays the same however long it lasts. */
function versionOf(rows: readonly ConnectionRow[]): string {
  const now = new Date().toISOString()
  const shown = rows.map((row) => ({ ...row, isDue: row.nextAttemptAt !== null && row.nextAttemptAt <= now }))
  const steady = shown.map(({ isDue, ...row }) => (isDue ? { ...row, nextAttemptAt: 'now' } : row))
  return createHash('sha256').update(JSON.stringify(steady)).digest('base64url')
}

function isoOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

function mailboxesOf(profile: Profile): Set<string> {
  return new Set(profile.connections.map((one) => one.mailbox.toLowerCase()))
}
