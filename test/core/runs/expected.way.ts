/**
 * What a correct client concludes from the scenarios on the way to the server, about Autodiscover, and about the run as a whole (stages
 * N, T, P, C, A and the end of V). Nothing else may be found.
 */
import type { ScenarioId } from '../../../src/demo/index.ts'

export type ExpectedOnTheWay = {
  /** `source` of a URL that was found and verified; null: none. */
  located: string | null
  /** Login that read the mailbox; null: the test fails. */
  auth: string | null
  /** Login that was accepted although the test failed; null: none. */
  loggedIn: string | null
  /**
   * First finding of `test` above an info; null: no error and no warning. A confidence below the catalogue's strongest is written behind
   * an id: `split-dns-suspected (possible)`.
   */
  first: string | null
  /** All further findings of `test`, in any order. */
  also: readonly string[]
  /** All findings of `locate`, in any order. */
  locates: readonly string[]
  /** Passwords refused at the server by `locate` and `test` together. */
  refusals: number
}

const nothing = { located: null, auth: null, loggedIn: null, also: [], locates: [], refusals: 0 }

/** Neither command gets anywhere, and both say the same. */
const neither = (first: string, ...also: string[]): ExpectedOnTheWay => ({
  ...nothing,
  first,
  also,
  locates: [first, ...also],
})

/** The URL is found, and the test says this. */
const found = (located: string, first: string, also: string[] = [], locates: string[] = []): ExpectedOnTheWay => ({
  ...nothing,
  located,
  first,
  also,
  locates,
})

/** Both work, with this warning or none. */
const works = (located: string, warning: string | null): ExpectedOnTheWay => ({
  ...nothing,
  located,
  auth: 'ntlm',
  first: warning,
  locates: warning === null ? [] : [warning],
})

/** What a certificate in the way leaves open. */
const notPublished = 'autodiscover-not-published (likely)'
/** Every run at Fabrikam: the alias of Autodiscover leads to a certificate of Microsoft's, and EWS there comes to its end. */
const atFabrikam = ['ews-retirement-countdown', 'tls-name-mismatch']

export const wayExpected = {
  'no-name-known': neither('mail-domain-not-found', 'no-name-resolved'),
  'dns-refuses': neither('dns-not-answering'),
  'dns-broken': neither('dns-not-answering'),
  'dns-silent': neither('dns-not-answering'),
  'url-host-unknown': found('json', 'ews-host-not-found'),
  'ipv6-only': neither('ipv6-unreachable'),
  'split-dns': {
    ...nothing,
    first: 'connection-timed-out',
    also: ['split-dns-suspected (possible)'],
    locates: ['ews-url-internal-only', 'split-dns-suspected (possible)'],
  },

  'port-closed': neither('connection-refused'),
  'firewall-drops': neither('connection-timed-out'),
  'server-silent': neither('server-silent'),
  'connection-dropped': neither('connection-dropped'),
  'handshake-reset': neither('tls-handshake-reset'),
  'certificate-not-yet-valid': neither('tls-certificate-not-yet-valid', notPublished),
  'intermediate-missing': neither('tls-issuer-unknown', notPublished),
  'tls-inspection': neither('tls-inspection', notPublished),
  'tls-inspection-trusted': works('json', 'tls-inspection'),
  'certificate-differs': works('json', 'tls-certificate-differs-behind-balancer'),

  'healthy-proxy': works('json', null),
  'proxy-wants-login': neither('proxy-login-required'),
  'proxy-blocks': neither('gateway-answered'),
  'proxy-unreachable': neither('proxy-unreachable'),
  'proxy-needless': neither('proxy-unreachable', 'proxy-not-used'),
  'proxy-not-used': neither('proxy-not-used', 'connection-refused'),
  'captive-portal': neither('captive-portal'),
  'gateway-answers': neither('gateway-answered'),
  'token-redirected': found('redirect', 'token-endpoint-redirected', ['tls-name-mismatch'], atFabrikam),

  'clock-far-behind': neither('clock-skew', notPublished),
  'token-from-the-future': found(
    'redirect',
    'token-not-yet-valid',
    ['clock-skew (likely)', 'tls-name-mismatch'],
    [...atFabrikam, 'clock-skew (likely)'],
  ),

  'autodiscover-wants-login': neither('autodiscover-needs-login'),
  'address-unknown': neither('address-unknown-at-autodiscover'),
  'pox-address-unknown': neither('address-unknown-at-autodiscover'),
  'pox-no-settings': neither('autodiscover-misconfigured'),
  'pox-request-refused': neither('autodiscover-request-refused'),
  'pox-no-provider': neither('autodiscover-misconfigured'),
  'pox-misconfigured': neither('autodiscover-misconfigured'),
  'pox-internal-error': neither('autodiscover-misconfigured'),
  'soap-internal-error': neither('autodiscover-misconfigured'),
  'soap-busy': neither('server-busy'),
  'soap-fault': neither('autodiscover-request-refused'),
  'soap-setting-unavailable': neither('autodiscover-misconfigured'),
  'ews-url-missing': neither('autodiscover-without-ews-url'),
  'redirect-circle': neither('autodiscover-redirect-loop'),
  'internal-url': neither('ews-url-internal-only'),
  'insecure-url': neither('insecure-url-refused'),
  'imported-url': found('json', 'host-needs-consent'),
  'hybrid-both-sides': works('json', 'hybrid-mailbox-location-unclear'),
  'sources-disagree': works('json', 'autodiscover-sources-disagree'),
  'cloud-answer-alone': found(
    'cloud',
    'basic-is-off-in-exchange-online',
    ['cloud-answer-alone', 'autodiscover-record-missing'],
    ['ews-retirement-countdown', 'cloud-answer-alone', 'autodiscover-record-missing'],
  ),
  'answer-with-entities': neither('answer-refused-as-unsafe'),
  'answer-too-large': works('soap', 'answer-refused-as-unsafe'),
  'answer-unreadable': neither('answer-unreadable'),

  'time-runs-out': neither('time-budget-spent'),
  'works-in-browser': neither('tls-issuer-unknown', 'works-in-browser-only', notPublished),
} as const satisfies Partial<Record<ScenarioId, ExpectedOnTheWay>>
