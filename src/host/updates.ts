/**
 * The update check: one small signed file, asked for by a press, or at a start where a person switched it on. It says nothing about who
 * asks, follows no redirect, and downloads nothing; a newer version is a sentence and a page to open.
 */
import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import type { UpdateResult, UpdateState } from '../contract/about.ts'
import type { ConnectorHost } from '../core/connector.ts'
import type { Observation } from '../core/evidence/schema.ts'
import { limits } from '../core/limits.ts'
import { httpsUrl } from '../core/network/url.ts'
import { networkOptionsSchema, type NetworkOptions } from '../core/settings/settings.ts'
import type { SettingsFile } from './settingsFile.ts'
import { compareVersions, isVersion } from './versions.ts'

/** Where a build asks, and the Ed25519 key (SPKI, DER, base64) that its answers are signed with. */
export const updateSourceSchema = z.object({
  manifest: z.string().refine((text) => httpsUrl(text) !== null),
  publicKey: z.base64(),
})
export type UpdateSource = z.infer<typeof updateSourceSchema>

/** `payload` is signed as its bytes are, so that nothing has to be written in a fixed form. */
const signedSchema = z.object({ payload: z.base64().max(limits.updateBytes), signature: z.base64().max(200) })
const manifestSchema = z.object({
  version: z.string().max(100).refine(isVersion),
  date: z.iso.date(),
  /** A page about the version, at the host that was asked. */
  notes: z.string().max(1_000),
})

export type Updates = {
  state(): UpdateState
  check(signal?: AbortSignal): Promise<UpdateResult>
  /** Asks where a person wants it at a start, at most once a day; throws nothing. */
  atStart(): Promise<void>
  /** The code of the obstacle when it could not be stored. */
  setOnStart(on: boolean): string | null
  /** Page about the newer version that the last check named. */
  notes(): string | null
}

/** `source` null: this build asks nobody. */
export function openUpdates(o: {
  source: UpdateSource | null
  isDisabled: boolean
  version: string
  settingsFile: SettingsFile
  host: () => ConnectorHost
  /** The host's own options; those of a profile are about its customer's network and are left out. */
  network?: Partial<NetworkOptions> | undefined
  clock?: () => Date
}): Updates {
  const { source, settingsFile, clock = () => new Date() } = o
  let last: UpdateResult | null = null
  let notes: string | null = null
  const stored = () => settingsFile.read().updates

  function state(): UpdateState {
    if (source === null) return { kind: 'absent' }
    if (o.isDisabled) return { kind: 'disabled' }
    return { kind: 'available', host: new URL(source.manifest).host, onStart: stored()?.onStart ?? false, last }
  }

  async function check(signal: AbortSignal = new AbortController().signal): Promise<UpdateResult> {
    if (source === null || o.isDisabled) throw new Error('there is no update check here')
    notes = null
    const asked = await ask(source, { host: o.host(), network: o.network ?? {}, signal })
    if (asked.kind === 'failed') return (last = asked)
    const { version, date } = asked.manifest
    if (compareVersions(version, o.version) <= 0) return (last = { kind: 'current' })
    notes = asked.notes
    return (last = { kind: 'newer', version, date })
  }

  return {
    state,
    check,
    notes: () => notes,
    setOnStart(on) {
      const result = settingsFile.update((content) => ({ ...content, updates: { ...content.updates, onStart: on } }))
      return result.kind === 'not-saved' ? result.code : null
    },
    async atStart() {
      const before = stored()
      if (source === null || o.isDisabled || before?.onStart !== true) return
      const now = clock()
      const since = now.getTime() - Date.parse(before.askedAt ?? '')
      // A clock that was set back must not silence it for years.
      if (since >= 0 && since < limits.updateEveryMs) return
      settingsFile.update((content) => ({
        ...content,
        updates: { onStart: true, ...content.updates, askedAt: now.toISOString() },
      }))
      await check().catch(() => undefined)
    },
  }
}

type Asked =
  | { kind: 'manifest'; manifest: z.infer<typeof manifestSchema>; notes: string }
  | Extract<UpdateResult, { kind: 'failed' }>

async function ask(
  source: UpdateSource,
  o: { host: ConnectorHost; network: Partial<NetworkOptions>; signal: AbortSignal },
): Promise<Asked> {
  const failed = (reason: Extract<UpdateResult, { kind: 'failed' }>['reason']): Asked => ({ kind: 'failed', reason })
  const { createNetwork } = await import('../core/network/network.ts')
  const seen: Observation[] = []
  const url = new URL(source.manifest)
  const network = createNetwork({ ...networkOptionsSchema.parse({}), ...o.network }, o.host)
  const answer = await network.request(
    { method: 'GET', url, headers: { 'user-agent': 'EWS-Setup', accept: 'application/json' } },
    { signal: o.signal, record: (observation) => seen.push(observation) },
  )
  if (answer.kind === 'failed') {
    const isCertificate = seen.some((one) => one.kind === 'tls' && one.result !== 'trusted')
    return failed(
      answer.observation.result === 'too-large' ? 'too-large' : isCertificate ? 'certificate' : 'unreachable',
    )
  }
  if (answer.status >= 300 && answer.status < 400) return failed('redirected')
  if (answer.status !== 200) return failed('unreachable')
  if (answer.text.length > limits.updateBytes) return failed('too-large')
  const signed = signedSchema.safeParse(jsonOf(answer.text))
  if (!signed.success) return failed('malformed')
  const payload = Buffer.from(signed.data.payload, 'base64')
  if (!isSigned(payload, signed.data.signature, source.publicKey)) return failed('signature')
  const manifest = manifestSchema.safeParse(jsonOf(payload.toString('utf8')))
  if (!manifest.success) return failed('malformed')
  const page = httpsUrl(manifest.data.notes)
  if (page === null || page.host !== url.host || page.username !== '' || page.password !== '')
    return failed('malformed')
  return { kind: 'manifest', manifest: manifest.data, notes: page.href }
}

function isSigned(payload: Uint8Array, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, payload, key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
