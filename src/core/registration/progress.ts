/**
 * What a check shows about each step of the guide. A step counts as passed only where something shows that it was done; a step
 * behind another that failed stays open. Pure: from evidence and its findings.
 */
import { z } from 'zod'
import type { Evidence, ObservationOf } from '../evidence/schema.ts'
import type { Finding } from '../findings/finding.ts'
import { catalogue, isFindingId } from '../findings/catalogue.ts'
import { cloudOfHost } from '../settings/clouds.ts'
import { parseUrl, hostOf } from '../network/url.ts'
import { guideSteps, stepsOf, stepTable, type CheckReach, type GuideStep, type PermissionModel } from './models.ts'

/** Said beside an outcome, where it needs a caveat. Words by id. */
export const checkNotes = [
  /** Passed although the token carries no role: Exchange itself (RBAC for Applications) gave the permission. */
  'by-exchange-role',
  /** The token carries no role; only EWS can tell whether Exchange gives the permission, and no mailbox was named to ask with. */
  'role-not-shown',
  /** A consent for all mailboxes is in the token, so a scope in Exchange limits nothing. */
  'consent-defeats-scope',
  /** The tenant exists, and the mail domain belongs to another one. */
  'tenant-differs',
  /** The permission is there and consent is not, or was given by somebody who may not give it. */
  'consent-without-effect',
] as const
export type CheckNote = (typeof checkNotes)[number]

export const stepVerdictSchema = z.object({
  outcome: z.enum(['passed', 'warning', 'failed', 'open']),
  /** The finding that says why. */
  finding: z.string().nullable(),
  note: z.enum(checkNotes).nullable(),
  /** The step that has to be mended first. */
  because: z.enum(guideSteps).nullable(),
})
export type StepVerdict = z.infer<typeof stepVerdictSchema>

/** Findings that belong to one step; all others belong to the connection. */
const stepOfFinding: Readonly<Record<string, GuideStep>> = {
  'tenant-id-malformed': 'ids',
  'tenant-must-be-named': 'ids',
  'tenant-not-found': 'ids',
  'wrong-cloud': 'ids',
  'client-id-malformed': 'ids',
  'client-id-is-another-id': 'ids',
  'application-not-in-tenant': 'ids',
  'application-disabled': 'ids',
  'enterprise-application-missing': 'ids',
  'token-tenant-wrong': 'ids',
  'client-secret-missing': 'secret',
  'client-secret-is-id': 'secret',
  'client-secret-wrong': 'secret',
  'client-secret-expired': 'secret',
  'client-certificate-refused': 'secret',
  'public-client-cannot-have-secret': 'secret',
  'admin-consent-missing': 'consent',
  'interactive-login-required': 'consent',
  'ews-permission-missing': 'permission',
  'token-without-roles': 'permission',
  'token-is-delegated': 'permission',
  'token-audience-wrong': 'permission',
  'exchange-resource-missing': 'permission',
  'ews-disabled-for-organization': 'allow-list',
  'ews-app-not-allowed': 'allow-list',
  'ews-disabled-for-mailbox': 'allow-list',
  'impersonation-denied': 'scope',
  'mailbox-access-denied': 'scope',
}

/** Stages whose findings are about reaching the server rather than logging in there. */
const reachStages: readonly string[] = ['N', 'T', 'P', 'C', 'A']

const ranks: Readonly<Record<CheckReach, number>> = { tenant: 0, token: 1, permission: 2, ews: 3 }

type Judged = Pick<Evidence, 'steps' | 'outcome' | 'ewsUrl' | 'input'>

/** The verdicts of the steps that a check of this reach can judge; steps without a check, and those beyond it, are absent. */
export function judgeSteps(
  result: { evidence: Judged; findings: readonly Finding[] },
  asked: { reach: CheckReach; model: PermissionModel },
): Partial<Record<GuideStep, StepVerdict>> {
  const { evidence, findings } = result
  if (evidence.outcome === 'cancelled') return {}
  const steps = stepsOf(asked.model)
  const facts = shown(evidence)
  const error = findings.find((finding) => finding.severity === 'error') ?? null
  const blamed = error === null ? null : placed(stepOf(error.id), steps)
  const isConsentTrouble = error?.id === 'ews-permission-missing' && !facts.role && asked.model !== 'some'
  const verdicts: Partial<Record<GuideStep, StepVerdict>> = {}
  for (const step of steps) {
    const { reach } = stepTable[step]
    if (reach === null || ranks[reach] > ranks[asked.reach]) continue
    if (error !== null && (step === blamed || (isConsentTrouble && step === 'consent'))) {
      const note = step === 'consent' && isConsentTrouble ? 'consent-without-effect' : null
      verdicts[step] = { outcome: 'failed', finding: error.id, note, because: null }
    } else if (proven(step, facts, asked.model)) {
      verdicts[step] = {
        outcome: 'passed',
        finding: null,
        note: null,
        because: null,
        ...caveat(step, facts, asked.model),
      }
    } else {
      verdicts[step] = open(step, { facts, blamed, error })
    }
  }
  return verdicts
}

function open(step: GuideStep, o: { facts: Shown; blamed: GuideStep | null; error: Finding | null }): StepVerdict {
  if ((step === 'permission' || step === 'consent') && o.facts.token && o.error === null)
    return { outcome: 'warning', finding: 'token-without-roles', note: 'role-not-shown', because: null }
  return { outcome: 'open', finding: o.error?.id ?? null, note: null, because: o.blamed === step ? null : o.blamed }
}

/** What the evidence shows positively. */
type Shown = {
  tenant: boolean
  tenantDiffers: boolean
  token: boolean
  /** The token carries the application permission. */
  role: boolean
  /** The server answered like EWS. */
  endpoint: boolean
  /** EWS answered a login with SOAP. */
  entered: boolean
  works: boolean
}

function shown(evidence: Judged): Shown {
  const seen = evidence.steps.flatMap((step) => step.observations)
  const token = seen.findLast((one): one is ObservationOf<'token'> => one.kind === 'token' && one.result === 'issued')
  const typed = evidence.input.tenantId.toLowerCase()
  const tenants = seen.filter((one): one is ObservationOf<'tenant'> => one.kind === 'tenant' && one.result === 'found')
  const own = tenants.find((one) => one.asked.toLowerCase() === typed)
  const ofDomain = tenants.find((one) => one.asked.toLowerCase() === evidence.input.domain?.toLowerCase())
  const mailbox = evidence.steps.findLast((step) => step.name === 'mailbox')
  return {
    tenant: own !== undefined || token !== undefined,
    tenantDiffers: own !== undefined && ofDomain !== undefined && own.tenantId !== ofDomain.tenantId,
    token: token !== undefined,
    role: token?.claims?.roles.includes('full_access_as_app') === true,
    endpoint: seen.some((one) => one.kind === 'endpoint' && (one.result === 'wants-login' || one.result === 'open')),
    entered: seen.some((one) => one.kind === 'soap' && ['success', 'error', 'fault'].includes(one.result)),
    works: evidence.outcome === 'works' && mailbox?.state === 'passed',
  }
}

function proven(step: GuideStep, facts: Shown, model: PermissionModel): boolean {
  switch (step) {
    case 'ids':
      return facts.tenant
    case 'secret':
      return facts.token
    case 'consent':
    case 'permission':
      return facts.role || (facts.works && facts.token)
    case 'allow-list':
      return facts.entered && (facts.token || model === 'hybrid')
    case 'directories':
      return facts.endpoint
    case 'scope':
    case 'ews':
      return facts.works
    case 'register':
    case 'public-client':
    case 'impersonation':
      return false
  }
}

function caveat(step: GuideStep, facts: Shown, model: PermissionModel): Partial<StepVerdict> {
  if (step === 'ids' && facts.tenantDiffers) return { outcome: 'warning', note: 'tenant-differs' }
  if ((step === 'permission' || step === 'consent') && !facts.role) return { note: 'by-exchange-role' }
  if (step === 'scope' && model === 'some' && facts.role) return { outcome: 'warning', note: 'consent-defeats-scope' }
  return {}
}

function stepOf(id: string): GuideStep {
  const named = stepOfFinding[id]
  if (named !== undefined) return named
  return isFindingId(id) && reachStages.includes(catalogue[id].stage) ? 'directories' : 'ews'
}

/** A finding of a step that the model does not have belongs to the step that takes its place there. */
function placed(step: GuideStep, steps: readonly GuideStep[]): GuideStep {
  if (steps.includes(step)) return step
  if (step === 'permission' || step === 'consent') return steps.includes('scope') ? 'scope' : 'ews'
  return 'ews'
}

export const onlineStateSchema = z.object({
  /** ISO 8601 with time zone Z. */
  at: z.string(),
  state: z.enum(['open', 'blocked', 'refused']),
  /** The first finding of the run. */
  finding: z.string().nullable(),
})
export type OnlineState = z.infer<typeof onlineStateSchema>

const blocks: readonly string[] = ['ews-disabled-for-organization', 'ews-app-not-allowed', 'ews-disabled-for-mailbox']

/** What a run tells about EWS in this tenant: it let somebody in, blocks, or refused for another reason. null: it was not asked. */
export function onlineStateOf(result: { evidence: Evidence; findings: readonly Finding[] }): OnlineState | null {
  const { evidence, findings } = result
  const url = evidence.ewsUrl === null ? null : parseUrl(evidence.ewsUrl)
  if (url === null || cloudOfHost(hostOf(url)) === undefined) return null
  const seen = evidence.steps.flatMap((step) => step.observations)
  const asked = seen.some((one) => one.kind === 'login' && one.scheme === 'oauth' && one.result !== 'withheld')
  if (!asked) return null
  const error = findings.find((finding) => finding.severity === 'error')?.id ?? null
  const entered = seen.some((one) => one.kind === 'soap' && ['success', 'error', 'fault'].includes(one.result))
  const state = entered ? 'open' : error !== null && blocks.includes(error) ? 'blocked' : 'refused'
  return { at: evidence.startedAt, state, finding: error }
}
