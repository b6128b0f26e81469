/** A client of the contract that plays scenes instead of asking a connector. What it was asked is kept for the tests. */
import type { AppState, Draft, Remark, RunEvent, TypedSecrets } from '../../../src/contract/contract.ts'
import type { Client } from '../../../src/renderer/client.ts'
import { scriptedConnections, scriptedRows, type ConnectionCalls } from './scriptedConnections.ts'
import { eventsOf, question, resultOf, type Scene } from './evidence.ts'
import { importPlan, playBatch, profileLines } from './manage.ts'
import { late } from './late.ts'
import { scriptedAddresses } from './scriptedAddresses.ts'
import { scriptedGuide } from './scriptedGuide.ts'

export type Script = {
  language: 'de' | 'en'
  /** `new`: nothing was ever entered. `saved`: a configuration with secrets. `online`: the same with Exchange Online. */
  settings: 'new' | 'saved' | 'online'
  test: Scene
  locate: Scene
  /** Ms between two events. */
  pace: number
  /** The run stops after its third step until it is closed. */
  hold: boolean
  /** The run asks for consent after its second step. */
  ask: boolean
  notices: AppState['notices']
  store: AppState['secretStore']
  trustedHosts?: string[]
  /** What does not work: the host is not there, the section of connections cannot draw what it gets, or nothing can be saved. */
  broken?: 'start' | 'connections' | 'save'
  /** Milliseconds until a call is answered, so that a window has to show that it waits. */
  lateMs?: number
}

export type Calls = {
  /** What was done with profiles. */
  profiles: string[]
  /** Ids of differences that were accepted. */
  accepted: string[]
  runs: { command: string; draft: Draft; secrets: TypedSecrets; second: NonNullable<RunInput['second']> | null }[]
  answers: boolean[]
  remembered: boolean[]
  closed: number
  saved: number
  languages: string[]
  links: string[]
  connections: ConnectionCalls
}

const noSecrets: AppState['secrets'] = {
  password: null,
  clientSecret: null,
  certificatePassphrase: null,
  proxyPassword: null,
  ldapPassword: null,
}

const emptyDraft: Draft = {
  email: '',
  userName: '',
  tenantId: '',
  clientId: '',
  cloud: 'global',
  auth: 'auto',
  passwordFallback: true,
  authority: '',
  clientCredential: 'secret',
  clientCertificate: '',
  basicCharset: 'utf-8',
  ldapUrl: '',
  ldapUser: '',
  ldapSite: '',
  proxy: '',
  noProxy: '',
  proxyUser: '',
  expectThumbprint: '',
  worksInBrowser: false,
  ewsVersion: 'auto',
  ewsUrl: '',
  clientSecretExpires: '',
  templateAddressId: '',
  companySalutations: ['Firma', 'Company'],
}

const savedDraft: Draft = {
  ...emptyDraft,
  email: 'anna@contoso.com',
  tenantId: '5b0e2d7c-41f3-4a35-9d6e-8f3f1f6f2a10',
  clientId: 'c3a1f6de-0b57-4d0b-8a52-6f1f5f0d9e77',
  ewsUrl: 'https://mail.contoso.com/EWS/Exchange.asmx',
}

export function stateOf(script: Script): AppState {
  const isNew = script.settings === 'new'
  const online = { ...savedDraft, ewsUrl: 'https://outlook.office365.com/EWS/Exchange.asmx' }
  return {
    version: '0.1.0',
    face: 'browser',
    language: script.language,
    profile: isNew ? 'Standard' : 'Contoso',
    draft: isNew ? emptyDraft : script.settings === 'online' ? online : savedDraft,
    urlOrigin: isNew ? 'none' : 'proven',
    urlSource: isNew ? null : 'json',
    trustedHosts: script.trustedHosts ?? [],
    secrets: { ...noSecrets, clientSecret: isNew ? null : { savedAt: '2026-11-12T09:30:00.000Z' } },
    secretStore: script.store,
    notices: script.notices,
    daysOfEwsOnline: 128,
    hasNews: false,
  }
}

type RunInput = Parameters<Client['runs']['locate']>[0]

/** As the contract's schema does it: what is not there has its default. */
function wholeDraft(draft: RunInput['draft']): Draft {
  const { email, userName, tenantId, clientId, cloud, auth, passwordFallback, ewsVersion, ewsUrl } = draft
  return {
    email: email ?? '',
    userName: userName ?? '',
    tenantId: tenantId ?? '',
    clientId: clientId ?? '',
    cloud: cloud ?? 'global',
    auth: auth ?? 'auto',
    passwordFallback: passwordFallback ?? true,
    authority: draft.authority ?? '',
    clientCredential: draft.clientCredential ?? 'secret',
    clientCertificate: draft.clientCertificate ?? '',
    basicCharset: draft.basicCharset ?? 'utf-8',
    ldapUrl: draft.ldapUrl ?? '',
    ldapUser: draft.ldapUser ?? '',
    ldapSite: draft.ldapSite ?? '',
    proxy: draft.proxy ?? '',
    noProxy: draft.noProxy ?? '',
    proxyUser: draft.proxyUser ?? '',
    expectThumbprint: draft.expectThumbprint ?? '',
    worksInBrowser: draft.worksInBrowser ?? false,
    ewsVersion: ewsVersion === undefined ? 'auto' : ewsVersion,
    ewsUrl: ewsUrl ?? '',
    clientSecretExpires: draft.clientSecretExpires ?? '',
    templateAddressId: draft.templateAddressId ?? '',
    companySalutations: draft.companySalutations ?? [],
  }
}

function remarksOf(draft: Draft, secrets: TypedSecrets): Remark[] {
  const remarks: Remark[] = []
  if (draft.email !== '' && !draft.email.includes('@'))
    remarks.push({ field: 'email', id: 'mail-address-invalid', severity: 'error', suggestion: null, facts: {} })
  if (draft.tenantId.startsWith('{')) {
    remarks.push({
      field: 'tenantId',
      id: 'value-cleaned',
      severity: 'info',
      suggestion: draft.tenantId.replace(/[{}]/g, ''),
      facts: {},
    })
  }
  if (draft.clientId === 'x')
    remarks.push({ field: 'clientId', id: 'client-id-malformed', severity: 'error', suggestion: null, facts: {} })
  if (secrets.clientSecret !== undefined && secrets.clientSecret !== secrets.clientSecret.trim()) {
    remarks.push({ field: 'clientSecret', id: 'secret-trimmed', severity: 'info', suggestion: null, facts: {} })
  }
  if (draft.ewsUrl.endsWith('/owa')) {
    remarks.push({
      field: 'ewsUrl',
      id: 'ews-url-is-owa',
      severity: 'warning',
      suggestion: draft.ewsUrl.replace(/owa$/, 'EWS/Exchange.asmx'),
      facts: {},
    })
  }
  return remarks
}

export function scriptedClient(script: Script): { client: Client; calls: Calls } {
  const { connections, calls: ofConnections } = scriptedConnections(
    script.settings === 'new' ? [] : scriptedRows(script.broken === 'connections'),
  )
  const calls: Calls = {
    runs: [],
    answers: [],
    remembered: [],
    closed: 0,
    saved: 0,
    languages: [],
    links: [],
    profiles: [],
    accepted: [],
    connections: ofConnections,
  }
  let state = stateOf(script)
  let answered: () => void = () => undefined
  let undoable: { at: string; profiles: string[] } | null = null

  async function* play(scene: Scene, signal: AbortSignal | undefined): AsyncGenerator<RunEvent, void, void> {
    let ended = 0
    try {
      for (const event of eventsOf(scene)) {
        if (signal?.aborted === true) throw new DOMException('closed', 'AbortError')
        if (script.hold && ended >= 3 && event.kind !== 'step-started') await aborted(signal)
        yield event
        if (event.kind === 'step-ended') ended += 1
        if (script.ask && event.kind === 'step-ended' && ended === 2) {
          yield { kind: 'question', question }
          await new Promise<void>((resolve) => (answered = resolve))
        }
        if (script.pace > 0) await new Promise((resolve) => setTimeout(resolve, script.pace))
      }
    } finally {
      calls.closed += 1
    }
  }
  const run =
    (command: 'locate' | 'test') =>
    ({ draft, secrets, second }: RunInput, options?: { signal?: AbortSignal | undefined }) => {
      calls.runs.push({ command, draft: wholeDraft(draft), secrets, second: second ?? null })
      return Promise.resolve(play(script[command], options?.signal))
    }

  const client: Client = {
    about: {
      info: () =>
        Promise.resolve({
          version: '0.1.0',
          runtime: [{ name: 'Node.js', version: '24.18.1' }],
          platform: 'linux x64',
          updates: { kind: 'available', host: 'updates.ews-setup.example', onStart: false, last: null },
        }),
      seen: () => Promise.resolve({}),
      checkUpdates: () => Promise.resolve({ kind: 'newer', version: '0.2.0', date: '2026-12-01' }),
      setUpdatesOnStart: ({ on }) =>
        Promise.resolve({ kind: 'available', host: 'updates.ews-setup.example', onStart: on, last: null }),
      openNotes: () => Promise.resolve({ known: true }),
    },
    app: {
      start: () => (script.broken === 'start' ? Promise.reject(new Error('not there')) : Promise.resolve(state)),
      setLanguage: ({ language }) => {
        calls.languages.push(language)
        return Promise.resolve({})
      },
      openLink: ({ link }) => {
        calls.links.push(link)
        return Promise.resolve({})
      },
      arrivals: {
        stream: () => Promise.resolve(nothing()),
        settle: () => Promise.resolve({}),
        recognise: () => Promise.resolve({ kind: 'refused', reason: 'unknown' }),
      },
    },
    settings: {
      check: ({ draft, secrets }) => Promise.resolve(remarksOf(wholeDraft(draft), secrets)),
      save: ({ draft: sent, secrets }) => {
        if (script.broken === 'save') return Promise.reject(new Error('not there'))
        const draft = wholeDraft(sent)
        calls.saved += 1
        const savedAt = '2026-11-23T10:00:00.000Z'
        state = {
          ...state,
          draft,
          urlOrigin: draft.ewsUrl === '' ? 'none' : state.urlOrigin === 'none' ? 'typed' : state.urlOrigin,
          secrets: {
            ...state.secrets,
            password: secrets.password === undefined ? state.secrets.password : { savedAt },
            clientSecret: secrets.clientSecret === undefined ? state.secrets.clientSecret : { savedAt },
          },
        }
        return Promise.resolve(state)
      },
      removeTrustedHost: ({ host }) => {
        state = { ...state, trustedHosts: state.trustedHosts.filter((known) => known !== host) }
        return Promise.resolve(state)
      },
      removeSecret: ({ kind }) => {
        state = { ...state, secrets: { ...state.secrets, [kind]: null } }
        return Promise.resolve(state)
      },
    },
    guide: scriptedGuide((signal) => play(script.test, signal)),
    addresses: scriptedAddresses(script.settings === 'new'),
    profiles: {
      list: () => Promise.resolve(profileLines(script, state.profile)),
      select: ({ name }) => {
        calls.profiles.push(`select ${name}`)
        state = { ...state, profile: name }
        return Promise.resolve({ name })
      },
      add: ({ name }) => Promise.resolve({ name }),
      duplicate: ({ as }) => Promise.resolve({ name: as }),
      rename: ({ as }) => Promise.resolve({ name: as }),
      remove: ({ name }) => Promise.resolve({ name }),
    },
    transfer: {
      export: ({ profiles }) =>
        Promise.resolve({
          name: `ews-setup ${profiles.join(' ')}.json`,
          type: 'application/json',
          content: btoa('{}'),
        }),
      describe: () => Promise.resolve([]),
      pdf: () => Promise.resolve({ name: 'ews-setup.pdf', type: 'application/pdf', content: btoa('%PDF') }),
      preview: () => Promise.resolve(importPlan),
      apply: ({ accepted }) => {
        calls.accepted.push(...accepted)
        undoable = { at: '2026-11-23T10:00:00.000Z', profiles: ['Contoso'] }
        return Promise.resolve({ profiles: ['Contoso'], notAccepted: 0 })
      },
      discard: () => Promise.resolve({}),
      undoable: () => Promise.resolve(undoable),
      undo: () => {
        undoable = null
        return Promise.resolve({ profiles: ['Contoso'] })
      },
    },
    batch: {
      start: (_input, options) => Promise.resolve(playBatch(script, options?.signal)),
    },
    connections,
    runs: {
      locate: run('locate'),
      test: run('test'),
      answer: ({ consent, remember }) => {
        calls.answers.push(consent)
        calls.remembered.push(remember === true)
        answered()
        return Promise.resolve({ known: true })
      },
    },
    diagnosis: {
      explain: ({ content }) =>
        Promise.resolve(
          atob(content).includes('401')
            ? { kind: 'explained', shape: 'http', result: resultOf('password') }
            : { kind: 'refused', reason: 'unknown', facts: {} },
        ),
    },
  }
  return { client: late(client, script.lateMs ?? 0), calls }
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new DOMException('closed', 'AbortError')), { once: true })
  })
}

async function* nothing(): AsyncGenerator<never, void, void> {}
