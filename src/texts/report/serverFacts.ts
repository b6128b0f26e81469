/** Row D5: what a run saw of the server. Only what was observed; null means that nothing showed it. */
import type { Certificate } from '../../core/evidence/network.ts'
import type { Evidence, Observation, ObservationOf } from '../../core/evidence/schema.ts'
import type { Finding } from '../../core/findings/finding.ts'
import { fill, type Language } from '../format.ts'
import type { ReportLine } from './evidenceLines.ts'
import { reportWords } from './words.ts'

export type ServerFacts = {
  /** Host of the EWS URL that was found or typed, lower case. */
  host: string | null
  product: string | null
  build: string | null
  /** By the findings on the build; null when the build is not known. */
  support: 'ended' | 'retiring' | 'no-remark' | null
  /** Login methods that the EWS URL offered, lower case, in the order seen. */
  schemes: string[] | null
  oauth: 'accepted' | 'offered' | 'not-offered' | null
  /** Leaf certificate of the EWS host, as last seen. */
  certificate: Certificate | null
  /** DNS answers for the mail domain and for names below it. */
  dns: ObservationOf<'dns'>[]
}

/** Pure; the findings are those of the same run and say whether the build is still supported. */
export function serverFactsOf(evidence: Evidence, findings: readonly Finding[]): ServerFacts {
  const seen = evidence.steps.flatMap((step) => step.observations)
  const url = evidence.ewsUrl ?? (evidence.input.ewsUrl === '' ? lastUrlOf(seen) : evidence.input.ewsUrl)
  const host = url === null ? null : hostOf(url)
  const schemes = url === null ? null : schemesAt(url, seen)
  const { server } = evidence
  return {
    host,
    product: server?.product ?? null,
    build: server?.build ?? null,
    support: server === null ? null : supportOf(findings),
    schemes,
    oauth: url === null ? null : oauthOf(url, schemes, seen),
    certificate: host === null ? null : certificateOf(host, seen),
    dns: dnsOf(evidence.input.domain, seen),
  }
}

function supportOf(findings: readonly Finding[]): 'ended' | 'retiring' | 'no-remark' {
  const has = (id: string) => findings.some((finding) => finding.id === id)
  if (has('server-out-of-support')) return 'ended'
  return has('ews-retirement-countdown') ? 'retiring' : 'no-remark'
}

function lastUrlOf(seen: readonly Observation[]): string | null {
  const last = seen.findLast(
    (one) => one.kind === 'soap' || one.kind === 'endpoint' || (one.kind === 'login' && /\/ews\//i.test(one.url)),
  )
  return last !== undefined && 'url' in last ? last.url : null
}

/** Without port and user part; null when the text is no URL of the web. */
function hostOf(url: string): string | null {
  const match = /^https?:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]+)/i.exec(url)
  return match?.[1]?.toLowerCase() ?? null
}

function same(url: string, other: string): boolean {
  return url.toLowerCase() === other.toLowerCase()
}

function schemesAt(url: string, seen: readonly Observation[]): string[] | null {
  const offers = seen.flatMap((one): string[][] => {
    if (one.kind === 'http' && same(one.url, url) && one.status === 401)
      return [one.challenges.map(({ scheme }) => scheme)]
    if (one.kind === 'endpoint' && same(one.url, url) && one.status === 401) return [one.offered]
    if (one.kind === 'login' && same(one.url, url) && one.offered.length > 0) return [one.offered]
    return []
  })
  return offers.length === 0 ? null : [...new Set(offers.flat().map((scheme) => scheme.toLowerCase()))]
}

function oauthOf(url: string, schemes: string[] | null, seen: readonly Observation[]): ServerFacts['oauth'] {
  const accepted = seen.some(
    (one) => one.kind === 'login' && one.scheme === 'oauth' && one.result === 'accepted' && same(one.url, url),
  )
  if (accepted) return 'accepted'
  if (schemes === null) return null
  return schemes.includes('bearer') ? 'offered' : 'not-offered'
}

function certificateOf(host: string, seen: readonly Observation[]): Certificate | null {
  const last = seen.findLast((one) => one.kind === 'tls' && one.host.toLowerCase() === host && one.chain.length > 0)
  return last?.kind === 'tls' ? (last.chain[0] ?? null) : null
}

function dnsOf(domain: string | null, seen: readonly Observation[]): ObservationOf<'dns'>[] {
  if (domain === null) return []
  const wanted = domain.toLowerCase()
  const found = new Map<string, ObservationOf<'dns'>>()
  for (const one of seen) {
    if (one.kind !== 'dns') continue
    const name = one.name.toLowerCase()
    if (name === wanted || name.endsWith(`.${wanted}`)) found.set(`${one.type} ${name}`, one)
  }
  return [...found.values()]
}

/** The facts in words; what was not observed says so. */
export function serverFactLines(facts: ServerFacts, language: Language): ReportLine[] {
  const words = reportWords(language)
  const { facts: labels } = words
  const said = (value: string | null): string => (value === null || value === '' ? labels.notChecked : value)
  const list = (values: string[]): string =>
    values.length === 0 ? labels.none : fill(labels.listed, { values }, language)
  const { certificate } = facts
  const answers = facts.dns.map((one) => ({
    label: fill(labels.dns, { name: one.name, type: one.type }, language),
    value: one.records.length > 0 ? list(one.records) : words.dnsResults[one.result],
  }))
  return [
    { label: labels.host, value: said(facts.host) },
    { label: labels.product, value: said(facts.product) },
    { label: labels.build, value: said(facts.build) },
    { label: labels.support, value: facts.support === null ? labels.notChecked : words.support[facts.support] },
    { label: labels.schemes, value: facts.schemes === null ? labels.notChecked : list(facts.schemes) },
    { label: labels.oauth, value: facts.oauth === null ? labels.notChecked : words.oauth[facts.oauth] },
    {
      label: labels.certificateNames,
      value:
        certificate === null
          ? labels.notChecked
          : certificate.names.length === 0
            ? said(certificate.subject)
            : list(certificate.names),
    },
    { label: labels.certificateIssuer, value: said(certificate?.issuer ?? null) },
    {
      label: labels.certificateValidUntil,
      value: certificate === null ? labels.notChecked : fill(labels.date, { at: certificate.validTo }, language),
    },
    { label: labels.certificateFingerprint, value: said(certificate?.sha256 ?? null) },
    ...(answers.length === 0 ? [{ label: labels.dnsOfMailDomain, value: labels.notChecked }] : answers),
  ]
}
