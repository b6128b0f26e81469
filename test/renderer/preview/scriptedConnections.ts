/** Connections that are made up: one in each state, kept in memory, with what a window asked for. */
import type { ConnectionRow, HappeningRow, MailboxLine } from '../../../src/contract/connections.ts'
import type { Finding } from '../../../src/contract/contract.ts'
import { defaultPolicy, type Policy } from '../../../src/contract/policy.ts'
import type { Client } from '../../../src/renderer/client.ts'

export type ConnectionCalls = {
  activated: string[]
  hurried: string[]
  saved: unknown[]
  policies: unknown[]
  imported: string[]
}

/** Minutes from now, so that what is shown is today or not whenever it is shown. */
const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString()

function row(id: string, state: ConnectionRow['state'], more: Partial<ConnectionRow> = {}): ConnectionRow {
  return {
    id,
    mailbox: `${id}@contoso.com`,
    userName: '',
    automatic: state !== 'off',
    policy: null,
    secrets: { password: null, clientSecret: null },
    state,
    failures: 0,
    allowed: 4,
    lastSuccessAt: at(-4),
    lastCallAt: at(-4),
    nextAttemptAt: at(2),
    inactiveSince: null,
    mayHurry: true,
    finding: null,
    ...more,
  }
}

const refused: Finding = {
  id: 'wrong-password-or-user-name',
  severity: 'error',
  confidence: 'observed',
  actor: 'you',
  evidence: [],
  facts: { host: 'mail.contoso.com', scheme: 'NTLM', user: 'CONTOSO\\berta', status: 401, offered: ['NTLM'] },
}

const reason = (id: string): Finding => ({ ...refused, id, facts: {} })

/** `broken`: with one in a state that no window knows. */
export function scriptedRows(broken = false): ConnectionRow[] {
  return [
    ...(broken ? [row('zora', 'later' as ConnectionRow['state'])] : []),
    row('anna', 'active'),
    row('berta', 'waiting', {
      userName: 'CONTOSO\\berta',
      failures: 2,
      lastSuccessAt: at(-1500),
      nextAttemptAt: at(8),
      finding: refused,
    }),
    row('carl', 'inactive', {
      failures: 4,
      nextAttemptAt: null,
      inactiveSince: at(-90),
      mayHurry: false,
      finding: refused,
      policy: { ...defaultPolicy, mode: 'delayed' },
      secrets: { password: at(-9000), clientSecret: null },
    }),
    row('dora', 'calling'),
    row('emil', 'unreachable', {
      finding: { ...reason('connection-timed-out'), facts: { host: 'mail.contoso.com', port: 443 } },
    }),
    row('frieda', 'unready', { finding: reason('secret-locked'), lastSuccessAt: null }),
    row('gustav', 'off', { nextAttemptAt: null }),
    row('hanna-maria.von-und-zu-langenfeld', 'new', { lastSuccessAt: null, lastCallAt: null, nextAttemptAt: at(-1) }),
  ]
}

const happenings: HappeningRow[] = [
  { at: at(-90), what: 'inactive', failures: 4, finding: refused.id, times: 1 },
  { at: at(-90), what: 'refused', failures: 4, finding: refused.id, times: 1 },
  { at: at(-110), what: 'refused', failures: 3, finding: refused.id, times: 1 },
  { at: at(-120), what: 'refused', failures: 2, finding: refused.id, times: 1 },
  { at: at(-125), what: 'refused', failures: 1, finding: refused.id, times: 1 },
  { at: at(-130), what: 'works', failures: 0, finding: null, times: 287 },
]

export function scriptedConnections(rows = scriptedRows()): {
  connections: Client['connections']
  calls: ConnectionCalls
} {
  const calls: ConnectionCalls = { activated: [], hurried: [], saved: [], policies: [], imported: [] }
  let list = rows
  let policy: Policy = { ...defaultPolicy, mode: 'delayed' }
  let everyMinutes = 5
  let version = 0
  const changed = () => {
    version += 1
    return Promise.resolve({})
  }
  const linesOf = (text: string): MailboxLine[] =>
    text.split('\n').flatMap((line, index): MailboxLine[] => {
      const [mailbox = '', userName = ''] = line.split(';')
      if (mailbox === '') return []
      const isKnown = list.some((one) => one.mailbox === mailbox)
      const problem = !mailbox.includes('@') ? 'mailbox-invalid' : isKnown ? 'mailbox-known' : null
      return [{ line: index + 1, mailbox, userName, problem }]
    })
  return {
    calls,
    connections: {
      list: ({ since }) =>
        Promise.resolve({
          version: String(version),
          keeper: { kind: 'here' },
          rows: since === String(version) ? null : list,
          policy,
          everyMinutes,
          damagedFile: null,
          secretsInMemory: false,
          hasUrl: true,
        }),
      history: () => Promise.resolve({ happenings }),
      save: (input) => {
        calls.saved.push(input)
        const { connection } = input
        const id = connection.id ?? `new-${list.length}`
        const before = list.find((one) => one.id === id) ?? row(id, 'new')
        const after: ConnectionRow = {
          ...before,
          mailbox: connection.mailbox,
          userName: connection.userName ?? '',
          automatic: connection.automatic ?? true,
        }
        list = [...list.filter((one) => one.id !== id), after]
        return changed().then(() => ({ id }))
      },
      setAutomatic: ({ ids, automatic }) => {
        list = list.map((one) => (ids.includes(one.id) ? { ...one, automatic } : one))
        return changed()
      },
      remove: ({ ids }) => {
        list = list.filter((one) => !ids.includes(one.id))
        return changed()
      },
      activate: ({ id }) => {
        calls.activated.push(id)
        list = list.map((one) => (one.id === id ? row(id, 'active') : one))
        return changed().then(() => ({ ok: true, finding: null }))
      },
      hurry: ({ id }) => {
        calls.hurried.push(id)
        return changed()
      },
      policy: () => Promise.resolve({ policy, everyMinutes }),
      savePolicy: (input) => {
        calls.policies.push(input)
        const { mode, baseMinutes, factor, failures } = input.policy
        policy = {
          mode: mode ?? 'at-once',
          baseMinutes: baseMinutes ?? 5,
          factor: factor ?? 2,
          failures: failures ?? 4,
        }
        everyMinutes = input.everyMinutes ?? 5
        return changed()
      },
      previewMailboxes: ({ text }) => Promise.resolve({ lines: linesOf(text) }),
      importMailboxes: ({ text }) => {
        const good = linesOf(text).filter((line) => line.problem === null)
        calls.imported.push(...good.map((line) => line.mailbox))
        return changed().then(() => ({ added: good.length }))
      },
    },
  }
}
