/** `export`: configurations into a file. */
import { exitCodes } from './execute.ts'
import { keyGiven } from './inputFile.ts'
import { refuse, Refused } from './refusal.ts'
import { openState, type State } from './state.ts'
import { UsageError } from './usage.ts'
import type { Language } from '../contract/contract.ts'
import { writeWhole } from '../host/atomicFile.ts'
import type { Lock } from '../host/sealedJson.ts'
import { describeProfiles } from '../host/transfer/describing.ts'
import { asEnvironment, exportConfiguration } from '../host/transfer/exporting.ts'
import { version } from '../host/version.ts'
import { fill, textsOf } from '../texts/index.ts'
import { sheetHtml, sheetOf } from '../texts/sheet.ts'

export type ExportFlags = {
  profile?: string
  all?: boolean
  out?: string
  withSecrets?: boolean
  passphraseStdin?: boolean
  recipient?: string
  format?: string
}

const formats = ['json', 'env', 'html'] as const
type Format = (typeof formats)[number]

export async function exportCommand(flags: ExportFlags, language: Language): Promise<number> {
  const format = formats.find((known) => known === (flags.format ?? 'json').toLowerCase())
  if (format === undefined)
    throw new UsageError('badChoice', { option: '--format', value: flags.format ?? '', choices: formats.join(', ') })
  if (flags.out === undefined) throw refuse('needsOut', language)
  if (flags.all === true && flags.profile !== undefined) throw refuse('profileAndAll', language)
  const state = openState()
  const names = flags.all === true ? Object.keys(state.content.profiles) : [flags.profile ?? state.content.profile]
  for (const name of names) state.profile(name)
  const lock = await lockGiven(flags, format, language)
  const { bytes, secrets } = await content(state, names, { format, lock, language })
  const written = flags.out === '-' ? writeToStandardOutput(bytes) : writeWhole(flags.out, bytes)
  const { transfer } = textsOf(language)
  if (written.kind === 'not-written')
    throw new Refused(
      fill(transfer.export.notWritten, { file: flags.out, code: written.code }, language),
      exitCodes.fails,
    )
  const said = [
    fill(transfer.export.written, { count: names.length, file: flags.out }, language),
    lock === null ? transfer.export.withoutSecrets : fill(transfer.export.withSecrets, { count: secrets }, language),
  ]
  if (flags.out !== '-') process.stderr.write(`${said.join('\n')}\n`)
  return exitCodes.works
}

function writeToStandardOutput(bytes: Uint8Array): { kind: 'written' } {
  process.stdout.write(bytes)
  return { kind: 'written' }
}

async function lockGiven(flags: ExportFlags, format: Format, language: Language): Promise<Lock | null> {
  const { recipient } = flags
  const wanted = flags.withSecrets === true || recipient !== undefined
  if (!wanted && flags.passphraseStdin === true) throw refuse('lockWithoutSecrets', language)
  if (!wanted) return null
  if (format !== 'json') throw refuse('secretsInFormat', language)
  if (recipient !== undefined && flags.passphraseStdin === true) throw refuse('twoLocks', language)
  if (recipient !== undefined) return { kind: 'recipient', recipient }
  const key = await keyGiven({ passphraseStdin: flags.passphraseStdin === true }, language)
  if (key?.kind !== 'passphrase') throw refuse('secretsNeedLock', language)
  return key
}

async function content(
  state: State,
  names: readonly string[],
  o: { format: Format; lock: Lock | null; language: Language },
): Promise<{ bytes: Uint8Array; secrets: number }> {
  const { language } = o
  const { transfer } = textsOf(language)
  switch (o.format) {
    case 'env': {
      const [name] = names
      if (name === undefined || names.length > 1) throw refuse('envIsOne', language)
      return { bytes: Buffer.from(asEnvironment(state.profile(name), name)), secrets: 0 }
    }
    case 'html': {
      const inputs = await describeProfiles(state.content, names, state.secretStore)
      return { bytes: Buffer.from(sheetHtml(sheetOf(inputs, { language, version, now: new Date() }))), secrets: 0 }
    }
    case 'json': {
      const result = await exportConfiguration({
        content: state.content,
        names,
        secretStore: state.secretStore,
        lock: o.lock,
        version,
      })
      switch (result.kind) {
        case 'file':
          return result
        case 'no-profile':
          throw new UsageError('noProfile', { name: result.name })
        case 'bad-recipient':
          throw new Refused(transfer.export.badRecipient)
        case 'secret-unreadable': {
          const facts = { profile: result.profile, secret: transfer.secrets[result.secret] }
          throw new Refused(fill(transfer.export.secretUnreadable, facts, language), exitCodes.fails)
        }
      }
    }
  }
}
