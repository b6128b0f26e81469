import { describe, expect, test } from 'vitest'
import type { Remark } from '../../src/contract/contract.ts'
import {
  basicsOf,
  isChanged,
  isExchangeOnline,
  isFirstStart,
  reduceBasics,
  visibleRemarks,
  wrongFields,
  type Basics,
  type BasicsAction,
} from '../../src/renderer/features/basics/basics.ts'
import { stateOf, type Script } from './preview/scriptedClient.ts'

const script: Script = {
  language: 'en',
  settings: 'saved',
  test: 'works',
  locate: 'locate',
  pace: 0,
  hold: false,
  ask: false,
  notices: [],
  store: { kind: 'keychain', system: 'linux', reason: null },
}
const saved = basicsOf(stateOf(script))
const after = (actions: readonly BasicsAction[], from: Basics = saved) => actions.reduce(reduceBasics, from)
const wrongAddress: Remark = {
  field: 'email',
  id: 'mail-address-invalid',
  severity: 'error',
  suggestion: null,
  facts: {},
}

describe('remarks', () => {
  test('appear when the field is left, not on each key', () => {
    const typing = after([
      { kind: 'changed', change: { email: 'anna' } },
      { kind: 'judged', remarks: [wrongAddress] },
    ])
    expect(visibleRemarks(typing, 'email')).toEqual([])
    expect(visibleRemarks(after([{ kind: 'left', field: 'email' }], typing), 'email')).toEqual([wrongAddress])
  })

  test('once on screen stay while typing, until the check takes them back', () => {
    const wrong = after([
      { kind: 'left', field: 'email' },
      { kind: 'judged', remarks: [wrongAddress] },
      { kind: 'changed', change: { email: 'anna@' } },
    ])
    expect(visibleRemarks(wrong, 'email')).toEqual([wrongAddress])
    expect(visibleRemarks(after([{ kind: 'judged', remarks: [] }], wrong), 'email')).toEqual([])
  })

  test('on submit all count, the fields in the order of the dialog, with a summary for several', () => {
    const remarks: Remark[] = [
      { ...wrongAddress, field: 'ewsUrl', id: 'ews-url-malformed' },
      { ...wrongAddress, field: 'tenantId', severity: 'info' },
    ]
    const submitted = after([{ kind: 'submitted', remarks, addressMissing: true }])
    expect(wrongFields(submitted.remarks, submitted.addressMissing)).toEqual(['email', 'ewsUrl'])
    expect(submitted.summary).toBe(true)
    expect(
      after(
        [
          { kind: 'changed', change: { email: 'a' } },
          { kind: 'judged', remarks: [] },
        ],
        submitted,
      ),
    ).toMatchObject({ addressMissing: false, summary: false })
  })
})

describe('the origin of the URL', () => {
  test('is the host that named it after a run, and "typed" after a change by hand', () => {
    const url = 'https://mail.contoso.com/EWS/Exchange.asmx'
    const found = after([
      { kind: 'found', url, origin: { kind: 'found', source: 'pox', host: 'autodiscover.contoso.com' } },
    ])
    expect(found.urlOrigin).toEqual({ kind: 'found', source: 'pox', host: 'autodiscover.contoso.com' })
    expect(after([{ kind: 'changed', change: { ewsUrl: `${url}/` } }], found).urlOrigin.kind).toBe('typed')
    expect(after([{ kind: 'changed', change: { ewsUrl: '' } }], found).urlOrigin.kind).toBe('none')
  })

  test('survives a change of another field, and comes back with the stored URL', () => {
    expect(after([{ kind: 'changed', change: { email: 'b@contoso.com' } }]).urlOrigin).toEqual(saved.urlOrigin)
    const there = saved.draft.ewsUrl
    const back = after([
      { kind: 'changed', change: { ewsUrl: 'x' } },
      { kind: 'changed', change: { ewsUrl: there } },
    ])
    expect(back.urlOrigin).toEqual(saved.urlOrigin)
  })
})

describe('secrets', () => {
  test('an emptied field means the saved one again, not an empty one', () => {
    const typed = after([{ kind: 'typed', secret: 'password', value: 'x' }])
    expect(isChanged(typed)).toBe(true)
    expect(after([{ kind: 'typed', secret: 'password', value: '' }], typed).typed).toEqual({})
  })

  test('keeping the saved one drops what was typed and what was said about it', () => {
    const kept = after([
      { kind: 'replacing', secret: 'clientSecret', on: true },
      { kind: 'typed', secret: 'clientSecret', value: ' x' },
      { kind: 'judged', remarks: [{ ...wrongAddress, field: 'clientSecret', id: 'secret-trimmed' }] },
      { kind: 'replacing', secret: 'clientSecret', on: false },
    ])
    expect(kept).toMatchObject({ typed: {}, remarks: [], replacing: { clientSecret: false } })
  })

  test('are gone from the window when they are stored', () => {
    const stored = after([
      { kind: 'typed', secret: 'password', value: 'x' },
      { kind: 'stored', stored: saved.stored, reset: true },
    ])
    expect(stored.typed).toEqual({})
  })
})

test('a first start has no address, no IDs, no URL and no secret', () => {
  expect(isFirstStart(stateOf({ ...script, settings: 'new' }))).toBe(true)
  expect(isFirstStart(stateOf(script))).toBe(false)
})

test.each([
  ['https://outlook.office365.com/EWS/Exchange.asmx', true],
  ['https://outlook.office365.com.evil.example/EWS/Exchange.asmx', false],
  ['https://mail.contoso.com/EWS/Exchange.asmx', false],
])('%s is Exchange Online: %s', (url, online) => {
  expect(isExchangeOnline(url)).toBe(online)
})
