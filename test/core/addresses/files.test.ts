// Addresses in and out of CSV and vCard files: what other programs write is read, what cannot be read is told, and a round trip loses nothing.
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressFields, addressSchema, emptyAddress, type Address } from '../../../src/core/addresses/address.ts'
import { readCsv, writeCsv } from '../../../src/core/addresses/csv.ts'
import type { AddressFile } from '../../../src/core/addresses/file.ts'
import { readVcards, writeVcards } from '../../../src/core/addresses/vcard.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const csv = (text: string | Uint8Array): AddressFile =>
  readCsv(typeof text === 'string' ? bytes(text) : text, randomUUID)
const cards = (text: string): AddressFile => readVcards(bytes(text), { newId: randomUUID, companySalutation: 'Firma' })

function addressesOf(file: AddressFile): Address[] {
  if (file.kind === 'refused') throw new Error(file.reason)
  return file.records.flatMap((record) => (record.kind === 'address' ? [record.address] : []))
}
function refusalsOf(file: AddressFile): [number, string][] {
  if (file.kind === 'refused') throw new Error(file.reason)
  return file.records.flatMap((record) =>
    record.kind === 'refused' ? [[record.place, record.problem.kind] as [number, string]] : [],
  )
}

describe('CSV', () => {
  const german =
    'Nummer;Anrede;Name;Straße;PLZ;Ort;Telefon;E-Mail;Adressgruppe\r\n4711;Firma;Müller & Söhne GmbH;Weg 1;01067;Dresden;+49 351 1;info@mueller.example;Kunden\r\n'

  test.each([
    ['UTF-8', bytes(german)],
    ['UTF-8 with its mark', bytes(`\ufeff${german}`)],
    ['Windows-1252', Uint8Array.from(german, (sign) => sign.charCodeAt(0))],
    ['UTF-16', new Uint8Array(Buffer.from(`\ufeff${german}`, 'utf16le'))],
  ])('in %s', (_name, file) => {
    expect(addressesOf(csv(file))).toMatchObject([
      {
        number: '4711',
        salutation: 'Firma',
        name1: 'Müller & Söhne GmbH',
        street: 'Weg 1',
        postCode: '01067',
        town: 'Dresden',
        phone: '+49 351 1',
        email: 'info@mueller.example',
        addressGroup: 'Kunden',
      },
    ])
  })

  test('with commas, quotes, and line breaks in fields', () => {
    const file = csv('name,street,remarks,Shoe size\n"Berger, Anna","Weg 1\nHinterhaus","says ""hello""",39\n')
    expect(addressesOf(file)).toMatchObject([
      { name1: 'Berger, Anna', street: 'Weg 1\nHinterhaus', remarks: 'says "hello"', free: { 'Shoe size': '39' } },
    ])
    expect(file).toMatchObject({ unknownColumns: ['Shoe size'] })
  })

  test('with contact persons', () => {
    const file = csv(
      'name;Ansprechpartner 1 lastName;person2.lastName;person2.email\nFirma X;Huber;Maier;m@x.example\n',
    )
    expect(addressesOf(file)[0]?.contactPersons).toMatchObject([
      { lastName: 'Huber' },
      { lastName: 'Maier', email: 'm@x.example' },
    ])
  })

  test('a record that is empty or too long is told with its line, and the rest is read', () => {
    const file = csv(`name;email;town\nA;;\n;;Dresden\n${'x'.repeat(5000)};;\nB;;\n`)
    expect(addressesOf(file).map((address) => address.name1)).toEqual(['A', 'B'])
    expect(refusalsOf(file)).toEqual([
      [3, 'empty'],
      [4, 'too-long'],
    ])
  })

  test('a quote in the wrong place is read as a sign', () =>
    expect(addressesOf(csv('name;town\nA;X\nRohr 3" Nord;Y\n"B"oops;Y\nC;Z\n')).map((one) => one.name1)).toEqual([
      'A',
      'Rohr 3" Nord',
      '"B"oops',
      'C',
    ]))

  test('a quote that never ends is told with its line, and what was before it is read', () => {
    const file = csv('name;town\nA;X\n"B;Y\nC;Z\n')
    expect(addressesOf(file).map((address) => address.name1)).toEqual(['A'])
    expect(refusalsOf(file).map(([, kind]) => kind)).toEqual(['unreadable'])
  })

  test.each([
    ['nothing', '', 'no-columns'],
    ['no known column', 'a;b\n1;2\n', 'no-columns'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), 'not-text'],
  ])('%s is refused', (_name, file, reason) => expect(csv(file)).toEqual({ kind: 'refused', reason }))

  test('a field that a spreadsheet would run as a formula is made a text, and comes back as it was', () => {
    const address = {
      ...emptyAddress(randomUUID()),
      name1: '=HYPERLINK("x")',
      phone: '+49 (351) 12-3',
      remarks: '-2+3',
    }
    const text = writeCsv([address])
    expect(text).toContain(`"'=HYPERLINK(""x"")"`)
    expect(text).toContain(';+49 (351) 12-3;')
    expect(addressesOf(csv(text))).toMatchObject([{ name1: address.name1, phone: address.phone, remarks: '-2+3' }])
  })

  test('comes back as it went out', () => {
    fc.assert(
      fc.property(fc.array(addresses(), { minLength: 1, maxLength: 5 }), (sent) => {
        const back = addressesOf(csv(writeCsv(sent)))
        expect(back.map((address) => ({ ...address, id: '' }))).toEqual(
          sent.map((address) => ({ ...address, id: '', log: [] })),
        )
      }),
      { numRuns: 200 },
    )
  })
})

describe('vCard', () => {
  test('of version 3.0 as Outlook and phones write it', () => {
    const file = cards(
      'BEGIN:VCARD\r\nVERSION:3.0\r\nN:Berger;Anna;;Dr.;\r\nFN:Dr. Anna Berger\r\nORG:Contoso AG;Einkauf\r\nTITLE:Leiterin\r\nTEL;TYPE=WORK,VOICE:+49 30 1\r\nTEL;TYPE=WORK,FAX:+49 30 2\r\nTEL;TYPE=CELL:+49 171 3\r\n' +
        'ADR;TYPE=HOME:;;Privatweg 2;Potsdam;;14467;Deutschland\r\nADR;TYPE=WORK:;;Hauptstr. 1;Berlin;;10115;Deutschland\r\nEMAIL;TYPE=INTERNET:anna@contoso.example\r\nitem1.URL:https://contoso.example\r\nNOTE:eins\\nzwei\r\nEND:VCARD\r\n',
    )
    expect(addressesOf(file)).toMatchObject([
      {
        salutation: 'Dr.',
        name1: 'Anna Berger',
        company: 'Contoso AG',
        function: 'Leiterin',
        phone: '+49 30 1',
        fax: '+49 30 2',
        mobile: '+49 171 3',
        street: 'Hauptstr. 1',
        town: 'Berlin',
        postCode: '10115',
        email: 'anna@contoso.example',
        web: 'https://contoso.example',
        remarks: 'eins\nzwei',
      },
    ])
  })

  test('of a company has its salutation', () => {
    const file = cards('BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:Müller GmbH\nORG:Müller GmbH;Werk 2\nEND:VCARD\n')
    expect(addressesOf(file)).toMatchObject([{ salutation: 'Firma', name1: 'Müller GmbH', name2: 'Werk 2' }])
  })

  test('a card of an old version or without sense is told by its number, and the rest is read', () => {
    const file = cards(
      'BEGIN:VCARD\nVERSION:2.1\nN:Old\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Good\nN:Good;;;;\nEND:VCARD\n',
    )
    expect(addressesOf(file).map((address) => address.name1)).toEqual(['Good'])
    expect(refusalsOf(file)).toEqual([
      [1, 'version'],
      [2, 'unreadable'],
    ])
  })

  test('text without cards is refused', () => expect(cards('hello')).toEqual({ kind: 'refused', reason: 'no-cards' }))

  test.each(['3.0', '4.0'] as const)('of version %s comes back with what a card can hold', (version) => {
    const sent: Address[] = [
      {
        ...emptyAddress(randomUUID()),
        number: '10;20',
        salutation: 'Firma',
        name1: 'Müller, Maier & Söhne; GmbH',
        name2: 'Werk "2"',
        street: 'Weg 1; Hof',
        town: 'Köln',
        postCode: '50667',
        country: 'Deutschland',
        phone: '+49 221 1',
        fax: '+49 221 2',
        mobile: '+49 171 1',
        email: 'a@b.example',
        web: 'https://b.example/x?y=1,2',
        addressGroup: 'Kunden, gute',
        remarks: 'Zeile 1\nZeile 2, mit Komma',
      },
      {
        ...emptyAddress(randomUUID()),
        salutation: 'Frau',
        name1: 'Anna Berger',
        company: 'Contoso AG',
        function: 'Chefin',
        phone: '1',
      },
    ]
    const back = addressesOf(cards(writeVcards(sent, { version, companySalutations: ['Firma'] })))
    expect(back.map((address) => ({ ...address, id: '' }))).toEqual(sent.map((address) => ({ ...address, id: '' })))
  })
})

/** Addresses as a person could have typed them: no outer blanks, no control characters. */
function addresses(): fc.Arbitrary<Address> {
  const text = fc
    .string({ unit: 'grapheme', maxLength: 30 })
    .map((value) => value.replaceAll(/[\p{Cc}\ufeff]/gu, '').trim())
  const texts = fc.array(text, { minLength: addressFields.length, maxLength: addressFields.length })
  return fc.tuple(texts, text).map(([values, lastName]) => {
    const fields = Object.fromEntries(addressFields.map((field, index) => [field, values[index] ?? '']))
    const people = lastName === '' ? {} : { contactPersons: [{ lastName }] }
    return addressSchema.parse({ ...fields, ...people, id: randomUUID(), name1: `N${values[0] ?? ''}` })
  })
}
