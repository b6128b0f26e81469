// Every row of the table from address to contact, for each kind of address, and what a person's name becomes.
import { describe, expect, test } from 'vitest'
import { emptyAddress, type Address } from '../../../src/core/addresses/address.ts'
import { contactOf, kindOf, personName, type ContactValues } from '../../../src/core/addresses/mapping.ts'
import { prepare } from '../../../src/core/addresses/problems.ts'
import { uuid } from './onDemo.ts'

const companies = ['Firma', 'Company']
const full: Partial<Address> = {
  number: '4711',
  name1: 'Anna Berger',
  name2: 'Einkauf',
  name3: 'Werk 2',
  function: 'Leiterin',
  street: 'Hauptstr. 1',
  postCode: '10115',
  town: 'Berlin',
  country: 'Deutschland',
  phone: '+49 30 1',
  fax: '+49 30 2',
  mobile: '+49 171 3',
  email: 'anna@contoso.example',
  web: 'https://contoso.example',
  addressGroup: 'Kunden',
  priceGroup: 'A',
  language: 'de',
  paymentTerms: '14 Tage',
  remarks: 'vertraulich',
}
const of = (fields: Partial<Address>): ContactValues =>
  contactOf({ ...emptyAddress(uuid(1)), ...full, ...fields }, companies)

const shared = {
  MobilePhone: '+49 171 3',
  EmailAddress1: 'anna@contoso.example',
  BusinessHomePage: 'https://contoso.example',
}
const business = {
  'Business.Street': 'Hauptstr. 1',
  'Business.City': 'Berlin',
  'Business.CountryOrRegion': 'Deutschland',
  'Business.PostalCode': '10115',
  BusinessPhone: '+49 30 1',
  BusinessFax: '+49 30 2',
  PostalAddressIndex: 'Business',
}

describe('an address becomes a contact', () => {
  test('company: business fields, the name as company, no names of people', () =>
    expect(of({ salutation: 'Firma', name1: 'Müller GmbH' })).toEqual({
      ...shared,
      ...business,
      CompanyName: 'Müller GmbH',
      Department: 'Einkauf Werk 2',
      DisplayName: 'Müller GmbH Einkauf Werk 2',
      FileAs: 'Müller GmbH',
    }))

  test('person: private fields', () =>
    expect(of({ salutation: 'Frau' })).toEqual({
      ...shared,
      'Home.Street': 'Hauptstr. 1',
      'Home.City': 'Berlin',
      'Home.CountryOrRegion': 'Deutschland',
      'Home.PostalCode': '10115',
      HomePhone: '+49 30 1',
      HomeFax: '+49 30 2',
      PostalAddressIndex: 'Home',
      GivenName: 'Anna',
      Surname: 'Berger',
      DisplayName: 'Anna Berger',
      FileAs: 'Berger, Anna',
    }))

  test('person at a company: business fields, and both names', () =>
    expect(of({ salutation: 'Frau', company: 'Contoso AG' })).toEqual({
      ...shared,
      ...business,
      GivenName: 'Anna',
      Surname: 'Berger',
      CompanyName: 'Contoso AG',
      JobTitle: 'Leiterin',
      DisplayName: 'Anna Berger',
      FileAs: 'Berger, Anna',
    }))

  test('what is only the application’s business never leaves it', () => {
    for (const salutation of ['Firma', 'Frau']) {
      const sent = Object.values(of({ salutation })).join('\n')
      for (const kept of ['4711', 'Kunden', '14 Tage', 'vertraulich']) expect(sent).not.toContain(kept)
    }
  })

  test('without a postal address no index points at one', () =>
    expect(of({ street: '', postCode: '', town: '', country: '' })).not.toHaveProperty('PostalAddressIndex'))

  test.each([
    ['Firma', '', 'company'],
    [' firma ', 'Contoso AG', 'company'],
    ['Company', '', 'company'],
    ['Herr', '', 'person'],
    ['', '', 'person'],
    ['Herr', 'Contoso AG', 'person-at-company'],
  ])('salutation "%s" with company "%s": %s', (salutation, company, kind) =>
    expect(kindOf({ salutation, company }, companies)).toBe(kind),
  )

  test('an empty salutation in the list makes no company of everybody', () =>
    expect(kindOf({ salutation: '', company: '' }, ['', ' '])).toBe('person'))

  test.each([
    ['Anna Berger', 'Anna', 'Berger'],
    ['Berger, Anna', 'Anna', 'Berger'],
    ['Anna Maria von der Heide', 'Anna Maria', 'von der Heide'],
    ['von der Heide, Anna', 'Anna', 'von der Heide'],
    ['Berger', '', 'Berger'],
    ['  Anna   Berger ', 'Anna', 'Berger'],
    ['', '', ''],
  ])('"%s" is given name "%s" and surname "%s"', (name1, given, surname) =>
    expect(personName({ name1 })).toEqual({ given, surname }),
  )
})

describe('what Exchange would not take is told before it is sent', () => {
  const checked = (fields: Partial<Address>) => prepare({ ...emptyAddress(uuid(1)), ...fields }, companies)

  test('a value that is too long', () =>
    expect(checked({ name1: 'A', street: 'x'.repeat(256) }).problems).toEqual([
      { kind: 'too-long', field: 'Home.Street', characters: 256 },
    ]))
  test('no name', () => expect(checked({ street: 'x' }).problems).toEqual([{ kind: 'nameless' }]))
  test('an address that is no e-mail address', () =>
    expect(checked({ name1: 'A', email: 'anna at contoso' }).problems).toEqual([{ kind: 'email-malformed' }]))
  test('control characters are taken out and told', () => {
    const { values, problems, remarks } = checked({ name1: 'A\u0000B\u0007 C' })
    expect(values.Surname).toBe('C')
    expect(values.GivenName).toBe('A B')
    expect(problems).toEqual([])
    expect(remarks.map((remark) => remark.kind)).toContain('control-characters')
  })
})
