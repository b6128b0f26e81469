/** `profiles`: what is stored, and its changes. */
import { exitCodes } from './execute.ts'
import { acceptedOf, apply, notAcceptedWords, readPlan } from './importCommand.ts'
import { commandTexts, refuse, Refused } from './refusal.ts'
import { secretsGiven } from './loginOptions.ts'
import { withFlags, type RunFlags } from './runOptions.ts'
import { withoutPlace } from './secretPlace.ts'
import { openState, type State } from './state.ts'
import type { Language } from '../contract/contract.ts'
import type { Secrets } from '../core/connector.ts'
import { limits } from '../core/limits.ts'
import { secretKinds, type SecretKind, type Settings } from '../core/settings/settings.ts'
import {
  copyProfile,
  profileLines,
  removeProfile,
  renameProfile,
  withProfiles,
  type ProfileFailure,
  type ProfileResult,
} from '../host/profiles.ts'
import { emptyProfile, profileName, profileSchema, savedKinds } from '../host/settingsSchema.ts'
import { describeProfiles } from '../host/transfer/describing.ts'
import type { Difference } from '../host/transfer/differences.ts'
import { undoImport } from '../host/transfer/importing.ts'
import { portableProfiles, sortedObject } from '../host/transfer/configuration.ts'
import { isPlain, parseKeeping } from '../host/unknownKeys.ts'
import { fieldName, fieldValue } from '../texts/fieldWords.ts'
import { fill, textsOf } from '../texts/index.ts'

export type SetFlags = {
  from?: string
  passphraseStdin?: boolean
  identity?: string
  replaceSecrets?: boolean
  accept?: string[]
  json?: boolean
}

export function listProfiles(flags: { json?: boolean }, language: Language): number {
  const { content } = openState()
  const lines = profileLines(content)
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify({ schema: 1, profiles: lines }, null, 2)}\n`)
    return exitCodes.works
  }
  const words = commandTexts(language).list
  const width = Math.max(...lines.map(({ name }) => name.length))
  for (const { name, email, ewsUrl, isCurrent } of lines)
    process.stdout.write(
      `${isCurrent ? '*' : ' '} ${name.padEnd(width)}  ${email === '' ? words.none : email}${ewsUrl === '' ? '' : `  ${ewsUrl}`}\n`,
    )
  return exitCodes.works
}

export async function showProfile(name: string, flags: { json?: boolean }, language: Language): Promise<number> {
  const state = openState()
  const profile = state.profile(name)
  const [described] = await describeProfiles(state.content, [name], state.secretStore)
  if (described === undefined) throw new Error('the profile was there a moment ago')
  if (flags.json === true) {
    const portable = portableProfiles(state.content, [name])[name]
    const { ewsUrlOrigin } = profile.settings
    const secrets = Object.fromEntries(
      described.secrets.map(({ kind, savedAt }) => [kind, savedAt === null ? null : { savedAt }]),
    )
    process.stdout.write(
      `${JSON.stringify({ schema: 1, name, ...sortedObject({ ...(isPlain(portable) ? portable : {}), ewsUrlOrigin, secrets }) }, null, 2)}\n`,
    )
    return exitCodes.works
  }
  const { transfer } = textsOf(language)
  const words = commandTexts(language).show
  const lines = [
    ...described.values.map(({ path, value }) => [fieldName(path, language), fieldValue(path, value, language)]),
    ...described.secrets.map(({ kind, savedAt }) => [
      transfer.secrets[kind],
      savedAt === null ? words.notSaved : fill(words.savedAt, { date: savedAt.slice(0, 10) }, language),
    ]),
  ]
  process.stdout.write(`${name}\n${lines.map(([label, value]) => `  ${label}: ${value}`).join('\n')}\n`)
  return exitCodes.works
}

/** Stores a profile: first what a file says, then the options over it, then the secrets. Nothing is changed when one of them cannot be. */
export async function setProfile(wanted: string, flags: RunFlags & SetFlags, language: Language): Promise<number> {
  const name = profileName(wanted)
  if (name === null) throw failure({ kind: 'bad-name' }, wanted, language)
  const state = openState()
  if (flags.profile !== undefined) state.profile(flags.profile)
  const plan = flags.from === undefined ? null : (await readPlan(state, flags.from, flags, language, name, name)).plan
  // Standard input has one end: it is the passphrase of the file, or a secret.
  const secrets = await secretsGiven(flags.passphraseStdin === true ? {} : flags, process.env)
  // Checked before anything is written, an option that cannot be understood changes nothing.
  const options = withFlags(emptyProfile().settings, flags)
  const given = secretKinds.filter((kind) => secrets[kind] !== undefined)
  if (given.length > 0) {
    const refused = await withoutPlace(state, language)
    if (refused !== null) throw refused
  }
  let untaken: Difference[] = []
  if (plan !== null) {
    const hosts = (flags.trustHost ?? []).map((host) => `settings.network.trustedHosts=${host}`)
    const named = hosts.filter((id) => plan.differences.some((one) => `${one.path}=${one.after}` === id))
    const accepted = acceptedOf(plan, [...(flags.accept ?? []), ...named], language)
    await apply(state, plan, { accepted, replaceSecrets: flags.replaceSecrets === true }, language)
    // What an option says instead is missed by nobody.
    untaken = plan.differences.filter(
      (one) => one.needsAcceptance && !accepted.has(one.id) && !isSaid(one.path, options),
    )
  }
  try {
    await storeOptions(state, name, { flags, secrets, given, language })
  } catch (error) {
    if (plan !== null) await undoImport(state)
    throw error
  }
  process.stderr.write(notAcceptedWords(untaken, language))
  if (flags.json === true) return showProfile(name, { json: true }, language)
  process.stdout.write(`${fill(commandTexts(language).done.set, { name }, language)}\n`)
  return exitCodes.works
}

/** An option has given the setting of this path a value of its own. */
function isSaid(path: string, options: Settings): boolean {
  const key = path.replace(/^settings\.network\./, '')
  const valueIn = (settings: Settings): string | undefined =>
    JSON.stringify(Object.entries(settings.network).find(([name]) => name === key)?.[1])
  return valueIn(options) !== valueIn(emptyProfile().settings)
}

async function storeOptions(
  state: State,
  name: string,
  o: { flags: RunFlags; secrets: Secrets; given: readonly SecretKind[]; language: Language },
): Promise<void> {
  const { settingsFile, secretStore } = state
  const written: SecretKind[] = []
  const before = new Map(
    await Promise.all(o.given.map(async (kind) => [kind, await secretStore.read({ profile: name, kind })] as const)),
  )
  const restore = async (): Promise<void> => {
    for (const kind of written) {
      const old = before.get(kind)
      if (old === undefined) await secretStore.remove({ profile: name, kind })
      else await secretStore.write({ profile: name, kind }, old)
    }
  }
  for (const kind of o.given) {
    const secret = o.secrets[kind]
    if (secret === undefined) continue
    if (!(await secretStore.write({ profile: name, kind }, secret))) {
      await restore()
      throw refuse('secretNotSaved', o.language)
    }
    written.push(kind)
  }
  const now = new Date().toISOString()
  const marks = Object.fromEntries(written.map((kind): [string, { savedAt: string }] => [kind, { savedAt: now }]))
  const result = settingsFile.update((content) => {
    const own = Object.hasOwn(content.profiles, name) ? content.profiles[name] : undefined
    const base = o.flags.profile === undefined ? own : content.profiles[o.flags.profile]
    const profile = own ?? emptyProfile()
    const settings = withFlags((base ?? profile).settings, o.flags)
    const next = parseKeeping(profileSchema, {
      ...profile,
      settings,
      secrets: { ...profile.secrets, ...marks },
      usedAt: now,
    })
    return withProfiles(content, [[name, next]])
  })
  if (result.kind === 'saved') return
  await restore()
  throw failure({ kind: 'settings-not-saved', code: result.code }, name, o.language)
}

export async function changeProfile(
  what: 'remove' | 'rename' | 'copy',
  [from, to]: readonly [string, string],
  flags: { json?: boolean },
  language: Language,
): Promise<number> {
  const state = openState()
  const profile = state.profile(from)
  // Without a place that lasts, secrets that are marked as saved could neither move nor go.
  if (savedKinds(profile).length > 0 && (await state.secretStore.state()).kind === 'memory') {
    const refused = await withoutPlace(state, language)
    if (refused !== null) throw refused
  }
  const result: ProfileResult =
    what === 'remove'
      ? await removeProfile(state, from)
      : await (what === 'rename' ? renameProfile : copyProfile)(state, from, to)
  if (result.kind !== 'done') throw failure(result, result.kind === 'no-profile' ? from : to, language)
  const { done } = commandTexts(language)
  const said = { remove: done.removed, rename: done.renamed, copy: done.copied }[what]
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify({ schema: 1, [what === 'remove' ? 'removed' : 'name']: result.name }, null, 2)}\n`
      : `${fill(said, { name: result.name }, language)}\n`,
  )
  return exitCodes.works
}

function failure(result: ProfileFailure, name: string, language: Language): Refused {
  const code = result.kind === 'settings-not-saved' ? result.code : ''
  const words = textsOf(language).transfer.profile[result.kind]
  return new Refused(
    fill(words, { name, code, most: limits.profileNameCharacters }, language),
    result.kind === 'settings-not-saved' ? exitCodes.fails : exitCodes.usage,
  )
}
