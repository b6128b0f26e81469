/** Stage V: interface versions, support state of the server, and the end of EWS in Exchange Online. */
import type { ServerFacts } from '../evidence/schema.ts'
import { endOfEwsOnline } from '../registration/retirement.ts'
import { cloudOfHost } from '../settings/clouds.ts'
import { draft, type Draft } from './draft.ts'
import { all, ewsSteps, hostOfUrl, type View } from './view.ts'

const versionCodes = [
  'ErrorInvalidServerVersion',
  'ErrorIncorrectSchemaVersion',
  'ErrorInvalidSchemaVersionForMailboxVersion',
  'ErrorWrongServerVersion',
]

/** First build of the Subscription Edition within 15.2; everything below it is out of support since 14 October 2025. */
const firstSupportedBuild = 2562

export function isVersionCode(code: string): boolean {
  return versionCodes.includes(code)
}

export function versionRules(view: View): Draft[] {
  return [...refusedVersion(view), ...notChosen(view), ...outOfSupport(view), ...retirement(view)]
}

function refusedVersion(view: View): Draft[] {
  const asked = view.evidence.input.ewsVersion
  const refused = all(ewsSteps(view), 'soap').filter(
    (one) => one.seen.responseCode !== null && isVersionCode(one.seen.responseCode),
  )
  const chosen = refused.find((one) => one.seen.version === asked)
  const works = view.evidence.ewsVersion
  // Automatic begins with the newest that every current server knows: what is refused first is what was asked for.
  const first = chosen ?? refused[0]
  if (first === undefined) return []
  const host = hostOfUrl(first.seen.url)
  const facts = { host, asked: first.seen.version, works, code: first.seen.responseCode }
  const severity = view.works ? 'warning' : 'error'
  return [draft('server-version-too-new', { path: 'ews', host, severity, steps: [first.step.id], facts })]
}

function notChosen(view: View): Draft[] {
  const { input, command, ewsVersion, steps } = view.evidence
  if (command !== 'test' || input.ewsVersion !== null) return []
  const shown = all(ewsSteps(view), 'soap').at(-1)?.step.id ?? steps[0]?.id
  return [
    draft('ews-version-not-chosen', {
      path: 'run',
      steps: shown === undefined ? [] : [shown],
      facts: { works: ewsVersion },
    }),
  ]
}

/** Product and build of the EWS host: what the run concluded, else what its headers say. */
function serverOf(view: View): { server: ServerFacts; steps: string[] } | null {
  const header = ewsSteps(view).flatMap((step) =>
    all([step], 'http').flatMap(({ seen }) => {
      const build = hostOfUrl(seen.url) === view.ewsHost ? seen.headers['x-owa-version'] : undefined
      return build === undefined ? [] : [{ step, build }]
    }),
  )[0]
  const soap = all(ewsSteps(view), 'soap').find((one) => one.seen.server !== null)
  const steps = [header?.step.id ?? soap?.step.id ?? ewsSteps(view)[0]?.id].filter((id) => id !== undefined)
  if (view.evidence.server !== null) return { server: view.evidence.server, steps }
  if (header !== undefined) return { server: { product: productOf(header.build), build: header.build }, steps }
  const numbers = soap?.seen.server
  if (numbers == null) return null
  const build = [numbers.major, numbers.minor, numbers.build, numbers.revision].join('.')
  return { server: { product: productOf(build), build }, steps }
}

/** Names of products as Microsoft writes them. */
function productOf(build: string): string {
  const [major = 0, minor = 0] = build.split('.').map(Number)
  if (major === 8) return 'Exchange Server 2007'
  if (major === 14) return 'Exchange Server 2010'
  if (major === 15 && minor === 0) return 'Exchange Server 2013'
  if (major === 15 && minor === 1) return 'Exchange Server 2016'
  if (major === 15 && minor === 2) return isSubscriptionEdition(build) ? 'Exchange Server SE' : 'Exchange Server 2019'
  return 'Exchange Server'
}

function isSubscriptionEdition(build: string): boolean {
  const [major = 0, minor = 0, number = 0] = build.split('.').map(Number)
  if (major !== 15 || minor < 2) return major > 15
  return minor > 2 || number >= firstSupportedBuild
}

function outOfSupport(view: View): Draft[] {
  const known = serverOf(view)
  if (known === null || view.isOnline) return []
  const { product, build } = known.server
  if (!/^(8|14|15)\.\d+\.\d+/.test(build) || isSubscriptionEdition(build)) return []
  return [
    draft('server-out-of-support', {
      path: 'run',
      host: view.ewsHost,
      steps: known.steps,
      facts: { host: view.ewsHost, product, build },
    }),
  ]
}

/** Exchange Online answers well today. The date is announced for the global cloud; the others' dates are not confirmed. */
function retirement(view: View): Draft[] {
  const cloud = view.ewsHost === null ? undefined : cloudOfHost(view.ewsHost)
  if (!view.works || cloud === undefined) return []
  const left = Date.parse(endOfEwsOnline) - Date.parse(view.evidence.startedAt)
  const last = ewsSteps(view).at(-1)?.id
  return [
    draft('ews-retirement-countdown', {
      path: 'run',
      host: view.ewsHost,
      confidence: cloud.name === 'global' ? 'observed' : 'possible',
      steps: last === undefined ? [] : [last],
      facts: {
        count: Math.max(0, Math.ceil(left / 86_400_000)),
        days: Math.max(0, Math.ceil(left / 86_400_000)),
        date: endOfEwsOnline,
        host: view.ewsHost,
      },
    }),
  ]
}
