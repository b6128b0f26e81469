/** Made-up profiles, files and checks of many for the scripted client. */
import type { BatchEvent, BatchRow, ImportPreview, ProfileLine } from '../../../src/contract/contract.ts'
import { resultOf } from './evidence.ts'
import type { Script } from './scriptedClient.ts'

export function profileLines(script: Script, current: string): ProfileLine[] {
  const names =
    script.settings === 'new' ? ['Standard'] : ['Contoso', 'Fabrikam GmbH & Co. KG', 'Kunde Süd', 'Testumgebung']
  return names.map((name, index) => ({
    name,
    email:
      name === 'Testumgebung' || script.settings === 'new'
        ? ''
        : `anna@${['contoso', 'fabrikam', 'sued'][index] ?? 'x'}.com`,
    ewsUrl: '',
    usedAt: index < 2 ? `2026-11-2${4 - index}T08:00:00.000Z` : null,
    isCurrent: name === current,
  }))
}

const difference = (path: string, before: string | null, after: string | null, needsAcceptance = false) => ({
  id: `Contoso:${path}${path.endsWith('Hosts') ? `=${after}` : ''}`,
  profile: 'Contoso',
  path,
  before,
  after,
  needsAcceptance,
})

export const importPlan: ImportPreview = {
  kind: 'plan',
  plan: 'plan-1',
  source: 'sealed',
  schema: 3,
  newer: true,
  profiles: [
    { name: 'Contoso', isNew: false },
    { name: 'Fabrikam', isNew: true },
  ],
  differences: [
    difference('settings.auth', 'auto', 'oauth'),
    difference(
      'settings.ewsUrl',
      'https://mail.contoso.com/EWS/Exchange.asmx',
      'https://exchange.hoster.example/EWS/Exchange.asmx',
    ),
    difference('settings.ewsUrlOrigin', 'proven', 'imported'),
    difference(
      'settings.network.extraCa',
      null,
      'CN=Contoso Root CA, O=Contoso (SHA-256 5F:1A:9C:40:7B:E2:11:0D:83:C6:5E:F4:29:B7:AA:01:D8:36:92:4E:6B:70:CF:15:88:3D:E9:54:0A:B1:27:9F)',
      true,
    ),
    difference('settings.network.trustedHosts', null, 'exchange.hoster.example', true),
    {
      ...difference('settings.email', null, 'ben@fabrikam.example'),
      id: 'Fabrikam:settings.email',
      profile: 'Fabrikam',
    },
  ],
  secrets: [
    { profile: 'Contoso', kind: 'clientSecret', replaces: true },
    { profile: 'Fabrikam', kind: 'password', replaces: false },
  ],
  unknown: ['settings.later'],
  notUnderstood: [],
}

export async function* playBatch(
  script: Script,
  signal: AbortSignal | undefined,
): AsyncGenerator<BatchEvent, void, void> {
  const states: BatchRow['state'][] = [
    'works',
    'fails',
    'remarks',
    'withheld',
    'works',
    'budget-spent',
    'fails',
    'works',
  ]
  const rows = Array.from({ length: 24 }, (_, index) => ({
    id: `line ${index + 2}`,
    mailbox: `benutzer${index + 1}@contoso.com`,
    profile: index % 3 === 0 ? 'Contoso' : null,
  }))
  yield { kind: 'planned', rows }
  const [finding = null] = resultOf('password').findings
  for (const [index, row] of rows.entries()) {
    if (script.hold && index === 10) {
      yield { kind: 'row-started', id: row.id }
      await new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new DOMException('closed', 'AbortError')), { once: true })
      })
    }
    const state = states[index % states.length] ?? 'works'
    const failed = state === 'fails' || state === 'withheld'
    const cause = failed ? 'wrong-password-or-user-name' : state === 'budget-spent' ? 'time-budget-spent' : null
    yield { kind: 'row-started', id: row.id }
    yield {
      kind: 'row-ended',
      row: {
        ...row,
        state,
        cause,
        ewsUrl: null,
        auth: failed ? null : 'oauth',
        ms: state === 'withheld' ? 0 : 120 + index * 37,
      },
      finding: state === 'fails' ? finding : null,
    }
  }
}
