/** What is in the dialog: the draft, the secrets just typed, what the checks said and where the URL came from. Pure, no words. */
import type {
  AppState,
  Draft,
  FieldName,
  Remark,
  SecondForm,
  SecretKind,
  TypedSecrets,
} from '../../../contract/contract.ts'
import { assertNever } from '../../assertNever.ts'

/** Where the URL in the field came from, and the host that named it, where this window saw it happen. */
export type UrlOrigin = { kind: AppState['urlOrigin']; source: AppState['urlSource']; host: string | null }

export type SaveState =
  | { kind: 'idle' }
  | { kind: 'saving' }
  | { kind: 'saved' }
  | { kind: 'failed'; code: string; secret: SecretKind | null; detail: string }

export type Basics = {
  /** The snapshot that the host gave last. */
  stored: AppState
  draft: Draft
  typed: TypedSecrets
  /** What a test tries besides; for this window, never stored. */
  second: SecondForm
  /** A saved secret is being replaced. */
  replacing: Readonly<Record<SecretKind, boolean>>
  urlOrigin: UrlOrigin
  /** Every remark that the last check gave. */
  remarks: readonly Remark[]
  /** Fields that were left, so that their remarks may be shown. */
  left: ReadonlySet<FieldName>
  /** The address was missing when a run was wanted. */
  addressMissing: boolean
  /** Counts submits: secrets hide again, and the summary of wrong fields appears. */
  submits: number
  summary: boolean
  save: SaveState
}

export type BasicsAction =
  | { kind: 'changed'; change: Partial<Draft> }
  | { kind: 'typed'; secret: SecretKind; value: string }
  | { kind: 'second'; change: Partial<SecondForm> }
  | { kind: 'replacing'; secret: SecretKind; on: boolean }
  | { kind: 'left'; field: FieldName }
  | { kind: 'judged'; remarks: readonly Remark[] }
  | { kind: 'submitted'; remarks: readonly Remark[]; addressMissing: boolean }
  | { kind: 'found'; url: string; origin: UrlOrigin }
  | { kind: 'save'; state: SaveState }
  | { kind: 'stored'; stored: AppState; reset: boolean }

/** Every kind of secret, in the order of the dialog. */
export const secretOrder: readonly SecretKind[] = [
  'password',
  'clientSecret',
  'certificatePassphrase',
  'proxyPassword',
  'ldapPassword',
]

const noneReplaced: Readonly<Record<SecretKind, boolean>> = {
  password: false,
  clientSecret: false,
  certificatePassphrase: false,
  proxyPassword: false,
  ldapPassword: false,
}

export const fieldOrder: readonly FieldName[] = [
  'email',
  'password',
  'userName',
  'tenantId',
  'clientId',
  'clientSecret',
  'clientCertificate',
  'certificatePassphrase',
  'ewsVersion',
  'ewsUrl',
  'authority',
  'proxy',
  'noProxy',
  'proxyUser',
  'proxyPassword',
  'ldapUrl',
  'ldapUser',
  'ldapPassword',
  'ldapSite',
  'expectThumbprint',
  'secondUserName',
  'secondMailbox',
]

export function basicsOf(stored: AppState): Basics {
  return {
    stored,
    draft: stored.draft,
    typed: {},
    second: { userName: '', mailbox: '' },
    replacing: noneReplaced,
    urlOrigin: { kind: stored.urlOrigin, source: stored.urlSource, host: null },
    remarks: [],
    left: new Set(),
    addressMissing: false,
    submits: 0,
    summary: false,
    save: { kind: 'idle' },
  }
}

export function reduceBasics(state: Basics, action: BasicsAction): Basics {
  switch (action.kind) {
    case 'changed': {
      const draft = { ...state.draft, ...action.change }
      const urlTyped = action.change.ewsUrl !== undefined && action.change.ewsUrl !== state.draft.ewsUrl
      return {
        ...state,
        draft,
        left: stillLeft(state, Object.keys(action.change)),
        urlOrigin: urlTyped ? originOfTyped(state, draft.ewsUrl) : state.urlOrigin,
        addressMissing: state.addressMissing && draft.email.trim() === '',
        save: { kind: 'idle' },
      }
    }
    case 'typed': {
      const { [action.secret]: _before, ...others } = state.typed
      const typed = action.value === '' ? others : { ...others, [action.secret]: action.value }
      return { ...state, typed, left: stillLeft(state, [action.secret]), save: { kind: 'idle' } }
    }
    case 'second':
      return {
        ...state,
        second: { ...state.second, ...action.change },
        left: stillLeft(state, ['secondUserName', 'secondMailbox']),
      }
    case 'replacing': {
      const { [action.secret]: _dropped, ...others } = state.typed
      const remarks = state.remarks.filter((remark) => remark.field !== action.secret)
      return { ...state, typed: others, remarks, replacing: { ...state.replacing, [action.secret]: action.on } }
    }
    case 'left':
      return state.left.has(action.field) ? state : { ...state, left: new Set([...state.left, action.field]) }
    case 'judged':
      return {
        ...state,
        remarks: action.remarks,
        summary: state.summary && wrongFields(action.remarks, state.addressMissing).length > 1,
      }
    case 'submitted':
      return {
        ...state,
        remarks: action.remarks,
        addressMissing: action.addressMissing,
        left: new Set(fieldOrder),
        submits: state.submits + 1,
        summary: wrongFields(action.remarks, action.addressMissing).length > 1,
      }
    case 'found':
      return {
        ...state,
        draft: { ...state.draft, ewsUrl: action.url },
        urlOrigin: action.origin,
        save: { kind: 'idle' },
      }
    case 'save':
      return { ...state, save: action.state }
    case 'stored': {
      if (!action.reset) return { ...state, stored: action.stored }
      const host = action.stored.draft.ewsUrl === state.draft.ewsUrl ? state.urlOrigin.host : null
      return {
        ...state,
        stored: action.stored,
        draft: action.stored.draft,
        typed: {},
        replacing: noneReplaced,
        urlOrigin: { kind: action.stored.urlOrigin, source: action.stored.urlSource, host },
      }
    }
    default:
      return assertNever(action)
  }
}

/** While a field is typed in again its remarks wait for the next leaving, unless one is on screen: then its end has to be seen. */
function stillLeft(state: Basics, fields: readonly string[]): ReadonlySet<FieldName> {
  const kept = [...state.left].filter((field) => !fields.includes(field) || visibleRemarks(state, field).length > 0)
  return kept.length === state.left.size ? state.left : new Set(kept)
}

function originOfTyped(state: Basics, url: string): UrlOrigin {
  if (url.trim() === '') return { kind: 'none', source: null, host: null }
  if (url === state.stored.draft.ewsUrl)
    return { kind: state.stored.urlOrigin, source: state.stored.urlSource, host: null }
  return { kind: 'typed', source: null, host: null }
}

/** Remarks of one field that may be shown now. */
export function visibleRemarks(state: Basics, field: FieldName): readonly Remark[] {
  return state.left.has(field) ? state.remarks.filter((remark) => remark.field === field) : []
}

/** Fields that keep a run from starting, in the order of the dialog. */
export function wrongFields(remarks: readonly Remark[], addressMissing: boolean): FieldName[] {
  return fieldOrder.filter(
    (field) =>
      (field === 'email' && addressMissing) ||
      remarks.some((remark) => remark.field === field && remark.severity === 'error'),
  )
}

export function isChanged(state: Basics): boolean {
  const { draft, stored } = state
  const keys = Object.keys(draft) as (keyof Draft)[]
  return (
    keys.some((key) => draft[key] !== stored.draft[key]) || secretOrder.some((kind) => state.typed[kind] !== undefined)
  )
}

/** Nothing was ever entered here: the one line of introduction is due. */
export function isFirstStart(state: AppState): boolean {
  const { draft, secrets } = state
  const texts = [draft.email, draft.ewsUrl, draft.tenantId, draft.clientId]
  return (
    texts.every((text) => text === '') && (secrets.password ?? null) === null && (secrets.clientSecret ?? null) === null
  )
}

/** Exchange Online is the server when its host is in the URL. */
export function isExchangeOnline(ewsUrl: string): boolean {
  return /^https:\/\/(outlook\.office365\.com|outlook\.office\.com)(\/|$)/i.test(ewsUrl.trim())
}

/** What an admin types most often for a domain; a starting point, no finding. */
export function likeliestUrl(domain: string): string {
  return `https://mail.${domain}/EWS/Exchange.asmx`
}
