/** The part of the contract about many at once. One check at a time in each window. */
import { implement } from '@orpc/server'
import { batchContract, type BatchEvent } from '../contract/batch.ts'
import type { Connector, Secrets } from '../core/connector.ts'
import { limits } from '../core/limits.ts'
import type { NetworkOptions, Settings } from '../core/settings/settings.ts'
import { jobsOfMailboxes, jobsOfProfiles } from './batch/jobs.ts'
import { runBatch, type Refusals } from './batch/runBatch.ts'
import type { HeldSecrets } from './heldSecrets.ts'
import { isBlank } from './profiles.ts'
import type { WindowContext } from './windowContext.ts'
import type { SecretStore } from './secretStore.ts'
import type { SettingsFile } from './settingsFile.ts'
import { profileOf } from './settingsSchema.ts'
import { secretKinds, type SecretKind } from '../core/settings/settings.ts'
import { readMailboxCsv } from './transfer/mailboxCsv.ts'

export function batchRouter(o: {
  settingsFile: SettingsFile
  secretStore: SecretStore
  held: HeldSecrets
  connector: Connector
  /** Options of the host over those of a profile. */
  networkOf: (settings: Settings) => NetworkOptions
}) {
  const { settingsFile, secretStore, connector } = o
  const os = implement(batchContract).$context<WindowContext>()
  const active = new Set<string>()
  /** What refused logins taught, for the continuation of a check that was stopped. */
  const refusals = new Map<string, Refusals['known']>()

  return os.router({
    start: os.start.handler(async ({ input, context, signal, errors }) => {
      if (active.has(context.window)) throw errors.BATCH_ACTIVE({ data: {} })
      const content = settingsFile.read()
      const kinds = await savedKindsOf(secretStore, content.profiles)
      const sources = {
        content,
        savedSecrets: async (name: string): Promise<Secrets> => {
          const secrets: Secrets = {}
          for (const kind of kinds(name)) secrets[kind] = await secretStore.read({ profile: name, kind })
          return secrets
        },
        savedKinds: kinds,
        over: (settings: Settings) => ({ ...settings, network: o.networkOf(settings) }),
        given: {},
      }
      const csv = input.source.kind === 'csv' ? readMailboxCsv(Buffer.from(input.source.content, 'base64')) : null
      if (csv?.kind === 'refused') throw errors.BATCH_REFUSED({ data: { id: csv.id, facts: csv.facts } })
      const filled = Object.keys(content.profiles).filter((name) => !isBlank(profileOf(content, name)))
      const jobs = csv === null ? jobsOfProfiles(filled, sources) : jobsOfMailboxes(csv.rows, sources)
      if (jobs.length === 0) throw errors.BATCH_REFUSED({ data: { id: 'nothing', facts: {} } })
      // A list may name any mailbox beside a profile, and so send its secrets anywhere.
      const withheld = await o.held.withheldOfAll(
        jobs.flatMap(({ profile: name, settings, has }) =>
          csv === null || name === null || settings === null
            ? []
            : [{ name, stored: profileOf(content, name).settings, wanted: settings, kinds: [...has] }],
        ),
      )
      if (withheld !== null) throw errors.SECRET_WITHHELD({ data: withheld })
      const done = new Set(input.done)
      const known = (done.size === 0 ? undefined : refusals.get(context.window)) ?? new Map<string, string>()
      refusals.set(context.window, known)
      const [oldest] = refusals.keys()
      if (refusals.size > limits.parallelMost && oldest !== undefined) refusals.delete(oldest)
      active.add(context.window)

      async function* events(): AsyncGenerator<BatchEvent, void, void> {
        const controller = new AbortController()
        const stop = () => controller.abort()
        if (signal?.aborted === true) stop()
        else signal?.addEventListener('abort', stop, { once: true })
        try {
          yield { kind: 'planned', rows: jobs.map(({ id, mailbox, profile }) => ({ id, mailbox, profile })) }
          const batch = runBatch({
            jobs: jobs.filter(({ id }) => !done.has(id)),
            parallel: input.parallel,
            perHost: limits.parallelPerHost,
            connector,
            signal: controller.signal,
            refusals: { known },
          })
          for await (const event of batch)
            yield event.kind === 'row-started'
              ? event
              : { kind: 'row-ended', row: event.row, finding: event.result?.findings[0] ?? null }
        } finally {
          controller.abort()
          signal?.removeEventListener('abort', stop)
          active.delete(context.window)
        }
      }
      return events()
    }),
  })
}

/** Kinds that are saved, or in memory for this session. */
async function savedKindsOf(
  store: SecretStore,
  profiles: Readonly<Record<string, { secrets: Partial<Record<SecretKind, unknown>> }>>,
): Promise<(name: string) => SecretKind[]> {
  const inMemory = (await store.state()).kind === 'memory'
  return (name) =>
    secretKinds.filter((kind) =>
      inMemory ? store.inMemorySince({ profile: name, kind }) !== null : profiles[name]?.secrets[kind] !== undefined,
    )
}
