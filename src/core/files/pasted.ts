/**
 * Evidence made of pasted material. It says only what the text itself says: nobody typed anything, nothing was sent, and what the
 * text leaves out counts as unknown, not as absent.
 *
 * How absence is kept from speaking: rules read the lack of a header or a challenge only from answers on a path (`ews`, token,
 * Autodiscover). An answer whose head is not known to be whole, and that only such a lack could explain, gets the step name
 * `pasted`, which is on no path; a login or an anonymous endpoint is told for it only where something present shows it.
 * Hosts and URLs that the text does not name are empty, and read "–" in sentences.
 */
import type { Evidence, Input, Observation, Phase, StepSummary } from '../evidence/schema.ts'
import { evidenceSchemaVersion } from '../evidence/schema.ts'
import { readOwaVersion, serverFacts } from '../ews/products.ts'
import { judge } from '../findings/judge.ts'
import type { CloudName } from '../settings/clouds.ts'
import { pastedStepId, type Shape } from './shapes.ts'

/** One thing that the material tells. */
export type PastedStep = {
  /** Name of the kind of step that would have seen the same, which decides how rules look at it; `pasted`: on no path. */
  name: string
  target: string | null
  phase: Phase
  summary: StepSummary
  observations: Observation[]
  /** `bad`: it refuses or fails; `good`: it gives what was asked for; `open`: neither. */
  verdict: 'good' | 'bad' | 'open'
}

/** What a reader of one shape hands over; null: it is not of this shape. */
export type Pasted = {
  shape: Shape
  steps: PastedStep[]
  /** When it was said, where the material tells; ISO 8601. */
  at?: string
  /** The cloud and the own server that a token is made out for. */
  cloud?: CloudName
  ewsUrl?: string | null
} | null

/** When, in which version of this program, the material is looked at. */
export type PastedContext = { now: Date; version: string }

export function pastedEvidence(pasted: NonNullable<Pasted>, context: PastedContext): Evidence {
  const { shape } = pasted
  const steps = pasted.steps.map(({ name, target, phase, summary, observations, verdict }, index) => ({
    id: pastedStepId(shape, index),
    name,
    target,
    phase,
    state: verdict === 'bad' ? ('failed' as const) : ('passed' as const),
    startedMs: 0,
    ms: 0,
    summary,
    observations,
  }))
  const found = foundUrl(pasted.steps)
  const evidence: Evidence = {
    schema: evidenceSchemaVersion,
    product: { name: 'ews-setup', version: context.version },
    platform: { system: '', node: '' },
    command: 'test',
    startedAt: pasted.at ?? context.now.toISOString(),
    ms: 0,
    input: {
      ...emptyInput(),
      ...applicationOf(pasted.steps),
      cloud: pasted.cloud ?? 'global',
      ewsUrl: pasted.ewsUrl ?? '',
    },
    steps,
    outcome: 'fails',
    ewsUrl: found?.url ?? null,
    source: found?.source ?? null,
    auth: null,
    ewsVersion: null,
    server: serverOf(pasted.steps),
  }
  // What no rule minds is in order, unless the material itself is a refusal.
  const refused = pasted.steps.at(-1)?.verdict === 'bad'
  const named = judge(evidence).some((one) => one.severity === 'error' && one.id !== 'cause-unknown')
  return { ...evidence, outcome: refused || named ? 'fails' : 'works' }
}

/** Tenant and application that a token, or the request for one, names: what an admin has to do is told with them. */
function applicationOf(steps: readonly PastedStep[]): Pick<Input, 'tenantId' | 'clientId'> {
  const token = steps.flatMap((step) => step.observations).find((seen) => seen.kind === 'token')
  if (token?.kind !== 'token') return { tenantId: '', clientId: '' }
  return {
    tenantId: token.tenant === '' ? (token.claims?.tid ?? '') : token.tenant,
    clientId: token.clientId === '' ? (token.claims?.appid ?? '') : token.clientId,
  }
}

function emptyInput(): Input {
  return {
    email: '',
    domain: null,
    registrableDomain: null,
    userName: '',
    tenantId: '',
    clientId: '',
    cloud: 'global',
    auth: 'auto',
    passwordFallback: true,
    ewsVersion: 'auto',
    ewsUrl: '',
    ewsUrlOrigin: 'none',
    hasPassword: false,
    hasClientSecret: false,
    clientSecretLooksLikeId: false,
    credentialsNonAscii: false,
    trustedHosts: [],
    proxy: false,
    remarks: [],
  }
}

/** The URL that Autodiscover names in the material, or that EWS answered at. */
function foundUrl(steps: readonly PastedStep[]): { url: string; source: Evidence['source'] } | null {
  for (const seen of steps.flatMap((step) => step.observations)) {
    if (seen.kind === 'autodiscover' && seen.ewsUrl !== null) return { url: seen.ewsUrl, source: seen.source }
    if (seen.kind === 'soap' && seen.url !== '') return { url: seen.url, source: null }
  }
  return null
}

function serverOf(steps: readonly PastedStep[]): Evidence['server'] {
  const seen = steps.flatMap((step) => step.observations)
  const told = seen.find((one) => one.kind === 'soap' && one.server !== null)
  if (told?.kind === 'soap' && told.server !== null) return serverFacts(told.server)
  const answered = seen.flatMap((one) => (one.kind === 'http' ? (one.headers['x-owa-version'] ?? []) : []))[0]
  const version = readOwaVersion(answered ?? null)
  return version === null ? null : serverFacts(version)
}
