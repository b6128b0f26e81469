/** The part of the contract about files out and in. A window learns what a file would change, and never a secret of it. */
import { randomUUID } from 'node:crypto'
import { implement } from '@orpc/server'
import type { Language } from '../contract/contract.ts'
import { transferContract, type ExportRefusal, type ProfileDescription } from '../contract/transfer.ts'
import { secretFrom, type Secret } from '../core/auth/secret.ts'
import type { Confirm } from './confirmation.ts'
import type { HeldSecrets } from './heldSecrets.ts'
import type { WindowContext } from './windowContext.ts'
import type { SecretStore } from './secretStore.ts'
import type { SettingsFile } from './settingsFile.ts'
import type { SettingsContent } from './settingsSchema.ts'
import { describeProfiles } from './transfer/describing.ts'
import { asEnvironment, exportConfiguration } from './transfer/exporting.ts'
import { applyImport, planImport, undoable, undoImport, type ImportPlan } from './transfer/importing.ts'
import { recogniseImport } from './transfer/recognise.ts'

/** A plan holds secrets of the file: nobody who left keeps them in memory. */
const planMs = 15 * 60_000
const mostPlans = 8

export type PrintSheet = (profiles: ProfileDescription[], language: Language) => Promise<Uint8Array>

export function transferRouter(o: {
  settingsFile: SettingsFile
  secretStore: SecretStore
  clock: () => Date
  version: string
  held: HeldSecrets
  confirm: Confirm | undefined
  printSheet: PrintSheet | null
}) {
  const { settingsFile, secretStore, clock } = o
  const os = implement(transferContract).$context<WindowContext>()
  const plans = new Map<string, { id: string; plan: ImportPlan; timer: NodeJS.Timeout }>()

  function keep(window: string, plan: ImportPlan): string {
    drop(window)
    const [oldest] = plans.keys()
    if (plans.size >= mostPlans && oldest !== undefined) drop(oldest)
    const id = randomUUID()
    const timer = setTimeout(() => drop(window), planMs)
    timer.unref()
    plans.set(window, { id, plan, timer })
    return id
  }
  function drop(window: string): void {
    clearTimeout(plans.get(window)?.timer)
    plans.delete(window)
  }

  async function holding(content: SettingsContent): Promise<Set<string>> {
    const names = new Set<string>()
    for (const [name, profile] of Object.entries(content.profiles))
      if ((await o.held.savedKinds(name, profile)).all.length > 0) names.add(name)
    return names
  }

  return os.router({
    export: os.export.handler(async ({ input: { profiles: names, format, lock }, errors }) => {
      const content = settingsFile.read()
      const refused = (reason: ExportRefusal, profile = '') => errors.EXPORT_REFUSED({ data: { reason, profile } })
      if (format === 'env') {
        const [name = ''] = names
        const profile = Object.hasOwn(content.profiles, name) ? content.profiles[name] : undefined
        if (names.length !== 1) throw refused('one-profile')
        if (profile === undefined) throw refused('no-profile', name)
        return file(`${fileStem(name)}.env`, 'text/plain', Buffer.from(asEnvironment(profile, name)))
      }
      // The window chose the key of this file, so to it the secrets would be none.
      if (lock !== null && o.confirm !== undefined && !(await o.confirm({ kind: 'export', profiles: names })))
        throw refused('not-confirmed')
      const result = await exportConfiguration({
        content,
        names,
        secretStore,
        version: o.version,
        lock:
          lock === null
            ? null
            : lock.kind === 'recipient'
              ? lock
              : { kind: 'passphrase', passphrase: secretOf(lock.passphrase) },
      })
      const stem = names.length === 1 ? fileStem(names[0] ?? '') : 'ews-setup'
      switch (result.kind) {
        case 'file':
          return lock === null
            ? file(`${stem}.json`, 'application/json', result.bytes)
            : file(`${stem}.json.age`, 'application/octet-stream', result.bytes)
        case 'no-profile':
          throw refused('no-profile', result.name)
        case 'bad-recipient':
          throw refused('bad-recipient')
        case 'secret-unreadable':
          throw refused('secret-unreadable', result.profile)
      }
    }),
    describe: os.describe.handler(({ input }) => describeProfiles(settingsFile.read(), input.profiles, secretStore)),
    pdf: os.pdf.handler(async ({ input: { profiles, language }, errors }) => {
      if (o.printSheet === null) throw errors.PDF_NOT_HERE({ data: {} })
      const described = await describeProfiles(settingsFile.read(), profiles, secretStore)
      const stem = profiles.length === 1 ? fileStem(profiles[0] ?? '') : 'ews-setup'
      return file(`${stem}.pdf`, 'application/pdf', await o.printSheet(described, language))
    }),
    preview: os.preview.handler(async ({ input, context }) => {
      const bytes = Buffer.from(input.content, 'base64')
      const key = input.key === null ? null : { kind: input.key.kind, passphrase: secretOf(input.key.passphrase) }
      const read = await recogniseImport(bytes, key)
      const content = settingsFile.read()
      const plan =
        read.kind === 'refused' ? read : planImport(content, read, intoOf(input.into), await holding(content))
      if (plan.kind === 'refused') return { kind: 'refused' as const, id: plan.id, facts: plan.facts }
      const { profiles, ...told } = plan
      return {
        ...told,
        plan: keep(context.window, plan),
        profiles: profiles.map(({ name, before }) => ({ name, isNew: before === null })),
      }
    }),
    apply: os.apply.handler(async ({ input, context, errors }) => {
      const kept = plans.get(context.window)
      if (kept?.id !== input.plan) throw errors.IMPORT_REFUSED({ data: { reason: 'no-plan', code: '' } })
      const accepted = new Set(input.accepted)
      const changes = kept.plan.differences.filter(({ id, needsAcceptance }) => needsAcceptance && accepted.has(id))
      if (changes.length > 0 && o.confirm !== undefined && !(await o.confirm({ kind: 'import', changes })))
        throw errors.IMPORT_REFUSED({ data: { reason: 'not-confirmed', code: '' } })
      const result = await applyImport({ settingsFile, secretStore, clock }, kept.plan, {
        accepted,
        replaceSecrets: input.replaceSecrets,
      })
      if (result.kind !== 'applied')
        throw errors.IMPORT_REFUSED({ data: { reason: result.kind, code: 'code' in result ? result.code : '' } })
      drop(context.window)
      return { profiles: result.profiles, notAccepted: result.notAccepted.length }
    }),
    discard: os.discard.handler(({ context }) => {
      drop(context.window)
      return {}
    }),
    undoable: os.undoable.handler(() => undoable({ settingsFile })),
    undo: os.undo.handler(async ({ errors }) => {
      const result = await undoImport({ settingsFile, secretStore, clock })
      if (result.kind !== 'undone')
        throw errors.IMPORT_REFUSED({ data: { reason: result.kind, code: 'code' in result ? result.code : '' } })
      return { profiles: result.profiles }
    }),
  })
}

/** The contract's schema has seen to it that it is not empty. */
function secretOf(text: string): Secret {
  const secret = secretFrom(text)
  if (secret === undefined) throw new Error('an empty passphrase')
  return secret
}

function intoOf(name: string): string {
  return name.trim() === '' ? 'Import' : name
}

function file(name: string, type: string, bytes: Uint8Array): { name: string; type: string; content: string } {
  return { name, type, content: Buffer.from(bytes).toString('base64') }
}

/** A name that every file system takes. */
function fileStem(profile: string): string {
  const plain = profile.replaceAll(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^[. ]+|[. ]+$/g, '')
  return `ews-setup ${plain === '' ? 'profile' : plain.slice(0, 80)}`
}
