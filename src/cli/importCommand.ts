/** `import`: what a file would change, and its taking over, which can be taken back. */
import { createInterface } from 'node:readline/promises'
import { exitCodes } from './execute.ts'
import { keyGiven, readFileUpTo } from './inputFile.ts'
import { commandTexts, refuse, Refused } from './refusal.ts'
import { withoutPlace } from './secretPlace.ts'
import { openState, type State } from './state.ts'
import type { Language } from '../contract/contract.ts'
import { limits } from '../core/limits.ts'
import type { Difference } from '../host/transfer/differences.ts'
import { applyImport, planImport, undoImport, type ImportPlan } from '../host/transfer/importing.ts'
import { recogniseImport, type Refusal } from '../host/transfer/recognise.ts'
import { fieldName, fieldValue } from '../texts/fieldWords.ts'
import { fill, textsOf } from '../texts/index.ts'

export type ImportFlags = {
  profile?: string
  passphraseStdin?: boolean
  identity?: string
  dryRun?: boolean
  yes?: boolean
  replaceSecrets?: boolean
  accept?: string[]
  undo?: boolean
  json?: boolean
}

export async function importCommand(file: string | undefined, flags: ImportFlags, language: Language): Promise<number> {
  const state = openState()
  if (flags.undo === true) return undo(state, flags, language)
  if (file === undefined) throw refuse('needsFile', language)
  const { plan } = await readPlan(state, file, flags, language, flags.profile ?? state.content.profile)
  const accepted = acceptedOf(plan, flags.accept ?? [], language)
  const say = (text: string): void => void (flags.json === true ? process.stderr : process.stdout).write(text)
  say(planText(plan, { accepted, replaceSecrets: flags.replaceSecrets === true, language }))
  if (flags.dryRun === true || (plan.differences.length === 0 && plan.secrets.length === 0)) {
    if (flags.json === true) process.stdout.write(`${JSON.stringify(planJson(plan, null), null, 2)}\n`)
    return exitCodes.works
  }
  if (flags.yes !== true && !(await confirmed(language))) throw refuse('needsYes', language)
  await apply(state, plan, { accepted, replaceSecrets: flags.replaceSecrets === true }, language)
  const { transfer } = textsOf(language)
  const names = plan.profiles.map(({ name }) => name)
  if (flags.json === true) process.stdout.write(`${JSON.stringify(planJson(plan, accepted), null, 2)}\n`)
  say(`${fill(transfer.import.applied, { count: names.length, profiles: shortList(names) }, language)}\n`)
  say(`${transfer.import.undoHint} (ews-setup import --undo)\n`)
  return exitCodes.works
}

/** Reads and checks a file; throws what is said about one that cannot be used. */
export async function readPlan(
  state: State,
  file: string,
  flags: Pick<ImportFlags, 'passphraseStdin' | 'identity'>,
  language: Language,
  into: string,
  only?: string,
): Promise<{ plan: ImportPlan }> {
  const bytes = readFileUpTo(file, limits.configurationBytes, language)
  const read = await recogniseImport(bytes, await keyGiven(flags, language))
  if (read.kind === 'refused') throw refusedFile(read, language)
  let chosen = read
  if (only !== undefined) {
    const [first] = read.profiles
    const one = read.profiles.length === 1 ? first : read.profiles.find(({ name }) => name === only)
    if (one === undefined) throw refuse('severalProfiles', language, { name: only })
    chosen = { ...read, profiles: [{ ...one, name: only }] }
  }
  const plan = planImport(state.content, chosen, into)
  if (plan.kind === 'refused') throw refusedFile(plan, language)
  return { plan }
}

function refusedFile({ id, facts }: Refusal, language: Language): Refused {
  return new Refused(fill(textsOf(language).transfer.refusals[id], facts, language))
}

/** `--accept` names a difference by its id, its path, the end of its path, or the entry of a list. */
export function acceptedOf(plan: ImportPlan, named: readonly string[], language: Language): Set<string> {
  const accepted = new Set<string>()
  for (const value of named) {
    const fits = plan.differences.filter(({ id, path, after }) =>
      [
        id,
        path,
        path.replace(/^settings\./, ''),
        `${path}=${after}`,
        `${path.replace(/^settings\./, '')}=${after}`,
      ].includes(value),
    )
    if (fits.length === 0) throw refuse('badAccept', language, { value })
    for (const { id } of fits) accepted.add(id)
  }
  return accepted
}

export async function apply(
  state: State,
  plan: ImportPlan,
  o: { accepted: ReadonlySet<string>; replaceSecrets: boolean },
  language: Language,
): Promise<void> {
  if (plan.secrets.some(({ replaces }) => !replaces || o.replaceSecrets)) {
    const refused = await withoutPlace(state, language)
    if (refused !== null) throw refused
  }
  const result = await applyImport(state, plan, o)
  const { transfer } = textsOf(language)
  switch (result.kind) {
    case 'applied':
      return
    case 'stale':
      throw new Refused(transfer.import.stale)
    case 'secret-not-saved':
      throw refuse('secretNotSaved', language)
    case 'settings-not-saved':
      throw new Refused(fill(transfer.profile['settings-not-saved'], { code: result.code }, language), exitCodes.fails)
  }
}

async function undo(state: State, flags: ImportFlags, language: Language): Promise<number> {
  const { transfer } = textsOf(language)
  const result = await undoImport(state)
  switch (result.kind) {
    case 'undone': {
      const said = fill(transfer.import.undone, { profiles: shortList(result.profiles) }, language)
      process.stdout.write(
        flags.json === true ? `${JSON.stringify({ schema: 1, undone: result.profiles }, null, 2)}\n` : `${said}\n`,
      )
      return exitCodes.works
    }
    case 'nothing-to-undo':
      throw new Refused(transfer.import.nothingToUndo)
    case 'secret-not-saved':
      throw refuse('secretNotSaved', language)
    case 'settings-not-saved':
      throw new Refused(fill(transfer.profile['settings-not-saved'], { code: result.code }, language), exitCodes.fails)
  }
}

async function confirmed(language: Language): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false
  const texts = commandTexts(language)
  const reader = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return (await reader.question(texts.confirm)).trim().toLowerCase().startsWith(texts.yesAnswer)
  } finally {
    reader.close()
  }
}

/** The differences as lines, by profile. */
export function planText(
  plan: ImportPlan,
  o: { accepted: ReadonlySet<string>; replaceSecrets: boolean; language: Language },
): string {
  const { language } = o
  const { transfer } = textsOf(language)
  const words = transfer.import
  const lines = [fill(words.read, { source: transfer.sources[plan.source] }, language)]
  if (plan.newer) lines.push(fill(words.newer, { schema: String(plan.schema) }, language))
  if (plan.notUnderstood.length > 0) lines.push(fill(words.notUnderstood, { fields: plan.notUnderstood }, language))
  if (plan.unknown.length > 0)
    lines.push(fill(plan.source === 'csv' ? words.ignoredColumns : words.unknown, { fields: plan.unknown }, language))
  for (const { name, before } of plan.profiles) {
    const differences = plan.differences.filter(({ profile }) => profile === name)
    const secrets = plan.secrets.filter(({ profile }) => profile === name)
    if (differences.length === 0 && secrets.length === 0) continue
    lines.push('', before === null ? `${name} (${words.newProfile})` : name)
    for (const one of differences) lines.push(...differenceLines(one, o))
    for (const { kind, replaces } of secrets) {
      const state = !replaces ? words.secretNew : o.replaceSecrets ? words.secretReplaced : words.secretKept
      lines.push(`  ${transfer.secrets[kind]}: ${state}`)
    }
  }
  if (plan.differences.length === 0 && plan.secrets.length === 0) lines.push(words.nothing)
  if (plan.differences.some(({ id, needsAcceptance }) => needsAcceptance && !o.accepted.has(id)))
    lines.push('', words.acceptWhy)
  return `${lines.join('\n')}\n`
}

/** What was not taken over, for a command that does not show all differences; nothing where there is none. */
export function notAcceptedWords(differences: readonly Difference[], language: Language): string {
  if (differences.length === 0) return ''
  const lines = differences.flatMap((one) => differenceLines(one, { accepted: new Set(), language }))
  return `${[textsOf(language).transfer.import.notAccepted, ...lines].join('\n')}\n`
}

function differenceLines(
  one: Difference,
  { accepted, language }: { accepted: ReadonlySet<string>; language: Language },
): string[] {
  const words = textsOf(language).transfer.import
  const value = (text: string | null): string => oneLine(fieldValue(one.path, text, language))
  const line = `  ${fieldName(one.path, language)}: ${value(one.before)} → ${value(one.after)}`
  if (!one.needsAcceptance || accepted.has(one.id)) return [line]
  const id = one.path.replace(/^settings\./, '') + (one.id.includes('=') ? `=${one.after}` : '')
  return [`${line}  [${words.needsAcceptance}]`, fill(commandTexts(language).acceptHint, { id }, language)]
}

/** What a file says is shown, but cannot forge a line or a colour. */
function oneLine(text: string): string {
  const shown = text.replaceAll(/\p{Cc}+/gu, ' ')
  return shown.length > 200 ? `${shown.slice(0, 200)}…` : shown
}

function shortList(names: readonly string[]): string[] {
  return names.length > 5 ? [...names.slice(0, 5), '…'] : [...names]
}

function planJson(plan: ImportPlan, accepted: ReadonlySet<string> | null): unknown {
  return {
    schema: 1,
    command: 'import',
    source: plan.source,
    applied: accepted !== null,
    profiles: plan.profiles.map(({ name, before }) => ({ name, isNew: before === null })),
    differences: plan.differences.map((one) => ({
      ...one,
      taken: accepted !== null && (!one.needsAcceptance || accepted.has(one.id)),
    })),
    secrets: plan.secrets,
    unknown: plan.unknown,
    notUnderstood: plan.notUnderstood,
  }
}
