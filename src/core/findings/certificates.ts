/** Stage T, part two: what the certificates of a run say although they are trusted. */
import type { Certificate } from '../evidence/network.ts'
import type { ObservationOf } from '../evidence/schema.ts'
import { cloudOfHost } from '../settings/clouds.ts'
import { draft, type Draft } from './draft.ts'
import { all, pathOf, type View } from './view.ts'

/** Words in issuers of appliances that open TLS; a private CA of the customer has other names. */
const inspectors =
  /zscaler|sophos|fortinet|fortigate|palo alto|netskope|blue ?coat|barracuda|check ?point|watchguard|cisco umbrella|forcepoint|kaspersky|bitdefender|eset ssl|avast/i

export function certificateRules(view: View): Draft[] {
  return [...trustedInspection(view), ...otherThumbprint(view)]
}

/** True when a product that opens TLS names itself in the chain. */
export function namesInspector(chain: readonly Certificate[]): boolean {
  return chain.some((one) => inspectors.test(one.issuer))
}

/** True for a host that only Microsoft can have a certificate for. */
export function isMicrosoft(view: View, host: string): boolean {
  return host === view.authorityHost || cloudOfHost(host) !== undefined
}

/** True when one authority that is none of the public ones issued for Microsoft and for somebody else: nobody but a proxy does that. */
export function issuesForStrangers(view: View, issuer: string): boolean {
  const hosts = all(view.evidence.steps, 'tls').filter(
    ({ seen }) => seen.anchor !== 'public' && seen.anchor !== 'named' && seen.chain[0]?.issuer === issuer,
  )
  const microsofts = hosts.filter(({ seen }) => isMicrosoft(view, seen.host.toLowerCase()))
  return microsofts.length > 0 && microsofts.length < hosts.length
}

/** TLS is opened on the way by somebody whom this machine trusts. NTLM with channel binding cannot work through that. */
function trustedInspection(view: View): Draft[] {
  return all(view.evidence.steps, 'tls').flatMap(({ step, seen }): Draft[] => {
    const leaf = seen.chain[0]
    if (seen.result !== 'trusted' || leaf === undefined) return []
    const host = seen.host.toLowerCase()
    const named = namesInspector(seen.chain)
    // Who adds a root by hand for this run knows whose it is; one of the platform may come from a proxy's installer.
    const foreign = seen.anchor === 'system' && isMicrosoft(view, host)
    if (!named && !foreign) return []
    return [
      draft('tls-inspection', {
        path: pathOf(view, step),
        host,
        severity: 'warning',
        confidence: named || issuesForStrangers(view, leaf.issuer) ? 'likely' : 'possible',
        steps: [step.id],
        facts: { host, code: null, ...certificateFacts(leaf) },
      }),
    ]
  })
}

/** What the texts about a certificate need. */
export function certificateFacts(leaf: Certificate | undefined) {
  return {
    subject: leaf?.subject ?? null,
    issuer: leaf?.issuer ?? null,
    names: leaf?.names ?? [],
    validFrom: leaf?.validFrom ?? null,
    validTo: leaf?.validTo ?? null,
  }
}

/** The EWS host shows another certificate than the one whose thumbprint the admin gave. */
function otherThumbprint(view: View): Draft[] {
  const expected = view.evidence.input.expectedThumbprint ?? null
  if (expected === null) return []
  const shown = all(view.evidence.steps, 'tls').flatMap(({ step, seen }) => {
    const print = seen.host.toLowerCase() === view.ewsHost ? thumbprint(seen, expected) : null
    return print === null ? [] : [{ step, seen, print }]
  })
  const other = shown.find((one) => one.print !== expected)
  if (other === undefined) return []
  return [
    draft('tls-certificate-differs-behind-balancer', {
      path: 'run',
      host: view.ewsHost,
      steps: [...new Set(shown.map((one) => one.step.id))],
      facts: { host: view.ewsHost, expected, seen: other.print, ...certificateFacts(other.seen.chain[0]) },
    }),
  ]
}

/** The leaf's thumbprint in the form of the expected one; null where there was no certificate, or evidence of an older version. */
function thumbprint(seen: ObservationOf<'tls'>, expected: string): string | null {
  const leaf = seen.chain[0]
  return (expected.split(':').length === 20 ? leaf?.sha1 : leaf?.sha256) ?? null
}
