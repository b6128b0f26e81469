// Thumbprints as people copy them: from OpenSSL, from the Exchange shell, from Windows' certificate dialog.
import { expect, test } from 'vitest'
import { parseThumbprint } from '../../../src/core/settings/thumbprint.ts'

const sha256 = 'AB'.repeat(32)
const sha1 = '0C'.repeat(20)
const colons = (digits: string): string => (digits.match(/../g) ?? []).join(':')

test.each([
  [sha256, colons(sha256)],
  [sha1, colons(sha1)],
  [colons(sha256).toLowerCase(), colons(sha256)],
  [`  ${colons(sha1)}\n`, colons(sha1)],
  [`\u200e${'0c '.repeat(20)}`, colons(sha1)],
  [`sha256 Fingerprint=${colons(sha256)}`, null],
  [`SHA256=${colons(sha256)}`, colons(sha256)],
  [`sha-1: ${sha1}`, colons(sha1)],
  ['', null],
  ['AB:CD', null],
  [`${sha1}0`, null],
  ['GG'.repeat(20), null],
])('%j', (text, parsed) => expect(parseThumbprint(text)).toBe(parsed))
