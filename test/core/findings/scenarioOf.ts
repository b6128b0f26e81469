/**
 * Which scenario of the embedded Exchange shows which finding, and why some have none. The scenarios come from the table of what each of them
 * has to give; shown in docs/findings/README.md.
 */
import { findingIds, type FindingId } from '../../../src/core/findings/catalogue.ts'
import type { ScenarioId } from '../../../src/demo/index.ts'
import { expected } from '../runs/expected.ts'

export type Shown = {
  /** Scenarios that give this finding when both buttons are pressed with what the scenario types, the most telling first. */
  scenarios: readonly ScenarioId[]
  /** Why there is none; null where there is one. */
  without: string | null
  /** Tests besides that of the rules and, where there are scenarios, that of the scenarios. */
  tests: readonly string[]
}

const paths = 'test/core/runs/paths.test.ts'
const byPassword =
  'Entra ID says it to a user name and password at its token endpoint only, which the program does not send; pasted or saved evidence shows it.'

/** Why no scenario shows it. */
const without: Readonly<Partial<Record<FindingId, string>>> = {
  'tls-certificate-revoked':
    'The program reads no lists of revoked certificates and asks no issuer; it knows the code from evidence of others only.',
  'interactive-login-required': byPassword,
  'public-client-flow-not-allowed': byPassword,
  'client-certificate-unusable': 'The certificate is a file of the person; no server sees it.',
  'kerberos-ticket-refused': 'The embedded Exchange has no domain; a real one refuses in the test.',
  'ntlm-unavailable-on-platform': 'The machine causes it, not a server.',
  'anchor-mailbox-missing': 'The program always sends the header; saved evidence of another program shows it.',
  'impersonation-header-missing': 'The program always names the mailbox with a token.',
  'account-has-no-mailbox': 'The program always names the mailbox, so EWS says that this one does not exist.',
  'cause-unknown': 'No scenario may end without a cause.',
}

const tests: Readonly<Partial<Record<FindingId, readonly string[]>>> = {
  'kerberos-ticket-refused': ['test/cli/kerberos.server.test.ts'],
  'mail-address-invalid': [paths, 'test/cli/run.test.ts'],
  'credentials-missing': [paths],
  'ews-url-malformed': ['test/core/settings/checks.test.ts'],
  'ews-host-not-found': [paths],
  'autodiscover-redirect-loop': [paths],
  'host-needs-consent': [paths],
  'basic-is-off-in-exchange-online': [paths],
  'login-scheme-not-offered': [paths],
  'not-an-ews-url': [paths],
  'user-name-form-wrong': ['test/core/runs/again.test.ts'],
  'ews-disabled-for-mailbox': ['test/core/runs/again.test.ts'],
  'ews-block-intermittent': ['test/core/runs/again.test.ts'],
  'user-agent-filtered': ['test/core/runs/again.test.ts'],
  'ews-version-not-chosen': [paths],
  'time-budget-spent': [paths],
  'cause-unknown': ['test/hostile/runs.test.ts'],
}

const all = Object.entries(expected) as [ScenarioId, (typeof expected)[ScenarioId]][]

/** The id in a line of the table, which may name a confidence behind it. */
const idOf = (line: string | null): string | undefined => line?.split(' ')[0]

/** Those in which it comes first; where there is none, those in which it stands beside something else. */
function scenariosOf(id: FindingId): ScenarioId[] {
  const first = all.filter(([, one]) => idOf(one.first) === id)
  const beside = all.filter(([, { also, locates }]) => [...also, ...locates].some((line) => idOf(line) === id))
  return (first.length > 0 ? first : beside).map(([scenario]) => scenario)
}

export const scenarioOf = Object.fromEntries(
  findingIds.map((id): [FindingId, Shown] => [
    id,
    { scenarios: scenariosOf(id), without: without[id] ?? null, tests: tests[id] ?? [] },
  ]),
) as Readonly<Record<FindingId, Shown>>
