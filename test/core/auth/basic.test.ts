/** Basic in its two forms: what goes over the wire, against RFC 7617. */
import { expect, test } from 'vitest'
import { basicAuthorization } from '../../../src/core/auth/credentials.ts'
import { openSecret, Secret } from '../../../src/core/auth/secret.ts'

const sent = (charset: 'utf-8' | 'latin-1', password: string, userName = 'CONTOSO\\jörg'): string =>
  Buffer.from(
    openSecret(basicAuthorization({ userName, password: new Secret(password), charset })).replace(/^Basic /, ''),
    'base64',
  ).toString('hex')
const hex = (text: string, encoding: BufferEncoding): string => Buffer.from(text, encoding).toString('hex')

test('UTF-8, as the example of RFC 7617 section 2.1 has it', () => {
  expect(sent('utf-8', '123£', 'test')).toBe(hex('test:123£', 'utf8'))
  expect(openSecret(basicAuthorization({ userName: 'test', password: new Secret('123£'), charset: 'utf-8' }))).toBe(
    'Basic dGVzdDoxMjPCow==',
  )
})

test('Latin-1: one byte a character', () => {
  expect(sent('latin-1', 'Pässwörd-ß')).toBe(hex('CONTOSO\\jörg:Pässwörd-ß', 'latin1'))
})

test('letters typed in parts are put together first', () => {
  expect(sent('latin-1', 'Pässwörd'.normalize('NFD'))).toBe(hex('CONTOSO\\jörg:Pässwörd', 'latin1'))
})

test('what Latin-1 cannot hold goes in UTF-8, and no letter is lost', () => {
  expect(sent('latin-1', 'fünf€')).toBe(hex('CONTOSO\\jörg:fünf€', 'utf8'))
})

test('plain letters are the same in both', () => {
  expect(sent('latin-1', 'plain', 'anna')).toBe(sent('utf-8', 'plain', 'anna'))
})
