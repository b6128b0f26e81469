/** A ticket login stays one: what would become NTLM with the session's password is recognised. */
import { expect, test } from 'vitest'
import { isNtlm } from '../../../src/core/auth/kerberos.ts'

const base64 = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  ).toString('base64')

test.each([
  ['bare', base64('NTLMSSP\0', [1, 0, 0, 0]), true],
  [
    'within SPNEGO',
    base64([0x60, 0x48, 0x06, 0x06, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x02], 'NTLMSSP\0', [1, 0, 0, 0]),
    true,
  ],
  ['its answer', base64([0xa1, 0x82], 'NTLMSSP\0', [3, 0, 0, 0]), true],
  ['a Kerberos ticket', base64([0x60, 0x48, 0x06, 0x06, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x02], 'HTTP/mail'), false],
  ['nothing', '', false],
])('%s: %#', (_what, token, expected) => {
  expect(isNtlm(token)).toBe(expected)
})
