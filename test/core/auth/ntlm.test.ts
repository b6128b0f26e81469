import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  authenticateMessage,
  channelBindingOf,
  negotiateMessage,
  ntlmv2Answer,
  ntowfv2,
  readChallenge,
  signatureHashOf,
  splitUserName,
  type NtlmChallenge,
} from '../../../src/core/auth/ntlm.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'))
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')

/** One AV pair. */
function pair(id: number, value: Uint8Array): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16LE(id)
  head.writeUInt16LE(value.length, 2)
  return Buffer.concat([head, value])
}

function challengeMessage(pairs: readonly Buffer[], flags = 0xe2898235): Uint8Array {
  const info = Buffer.concat([...pairs, pair(0, Buffer.alloc(0))])
  const message = Buffer.alloc(56)
  message.write('NTLMSSP\0', 'latin1')
  message.writeUInt32LE(2, 8)
  message.writeUInt32LE(56, 16)
  message.writeUInt32LE(flags, 20)
  message.set(fromHex('0123456789abcdef'), 24)
  message.writeUInt16LE(info.length, 40)
  message.writeUInt16LE(info.length, 42)
  message.writeUInt32LE(56, 44)
  message.set([10, 0, 0x7c, 0x4f, 0, 0, 0, 15], 48)
  return new Uint8Array(Buffer.concat([message, info]))
}

function read(message: Uint8Array): NtlmChallenge {
  const challenge = readChallenge(message)
  if (!challenge.ok) throw new Error('the test made an unreadable challenge')
  return challenge
}

/** What lies in a message of type 3, read from the layout of [MS-NLMP] 2.2.1.3. */
function takeApart(message: Uint8Array) {
  const bytes = Buffer.from(message)
  const field = (at: number): Buffer => {
    const start = bytes.readUInt32LE(at + 4)
    return bytes.subarray(start, start + bytes.readUInt16LE(at))
  }
  const nt = field(20)
  const pairs = new Map<number, Buffer>()
  for (let at = 44; nt.length > at + 4 && nt.readUInt16LE(at) !== 0; at += 4 + nt.readUInt16LE(at + 2)) {
    expect(pairs.has(nt.readUInt16LE(at))).toBe(false)
    pairs.set(nt.readUInt16LE(at), nt.subarray(at + 4, at + 4 + nt.readUInt16LE(at + 2)))
  }
  return {
    lm: field(12),
    nt,
    pairs,
    domain: field(28).toString('utf16le'),
    user: field(36).toString('utf16le'),
    host: field(44).toString('utf16le'),
    sessionKey: field(52),
    flags: bytes.readUInt32LE(60),
    mic: bytes.subarray(72, 88),
  }
}

describe('the vectors of [MS-NLMP] 4.2.4', () => {
  const key = ntowfv2({ userName: 'User', domain: 'Domain', password: 'Password' })
  const answer = ntlmv2Answer({
    key,
    serverChallenge: fromHex('0123456789abcdef'),
    clientChallenge: fromHex('aaaaaaaaaaaaaaaa'),
    time: 0n,
    targetInfo: Buffer.concat([pair(2, utf16('Domain')), pair(1, utf16('Server')), pair(0, Buffer.alloc(0))]),
  })

  test('NTOWFv2', () => expect(hex(key)).toBe('0c868a403bfd7a93a3001ef22ef02e3f'))
  test('NTProofStr', () => expect(hex(answer.proof)).toBe('68cd0ab851e51c96aabc927bebef6a1c'))
  test('LMv2 answer', () => expect(hex(answer.lm)).toBe('86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa'))
  test('session base key', () => expect(hex(answer.sessionKey)).toBe('8de40ccadbc14a82f15cb0ad0de95ca3'))
  test('NTLMv2 answer', () =>
    expect(hex(answer.nt)).toBe(
      '68cd0ab851e51c96aabc927bebef6a1c' +
        '01010000000000000000000000000000aaaaaaaaaaaaaaaa00000000' +
        '02000c0044006f006d00610069006e0001000c005300650072007600650072000000000000000000',
    ))
})

describe('ntowfv2', () => {
  const of = (userName: string, domain = 'D'): string => hex(ntowfv2({ userName, domain, password: 'x' }))
  test('ignores the case of the user name, umlauts too, but not that of the domain', () => {
    expect(of('jürgen')).toBe(of('JÜRGEN'))
    expect(of('u', 'd')).not.toBe(of('u', 'D'))
  })
  test('leaves letters alone whose capital is another or more than one letter', () => {
    expect(of('weiß')).not.toBe(of('WEISS'))
    expect(of('weiß')).toBe(of('WEIß'))
    expect(of('ı')).not.toBe(of('I'))
  })
})

describe('negotiateMessage', () => {
  test('is the 40-byte form with Version, without a request for key exchange', () => {
    const message = Buffer.from(negotiateMessage())
    expect(message).toHaveLength(40)
    expect(message.toString('latin1', 0, 8)).toBe('NTLMSSP\0')
    expect(message.readUInt32LE(8)).toBe(1)
    const flags = message.readUInt32LE(12)
    expect(flags & 0x02000000).not.toBe(0)
    expect(flags & 0x40000000).toBe(0)
    expect([message.readUInt32LE(20), message.readUInt32LE(28)]).toEqual([40, 40])
    expect(message[39]).toBe(15)
  })
})

describe('readChallenge', () => {
  const message = challengeMessage([
    pair(2, utf16('CONTOSO')),
    pair(1, utf16('EX01')),
    pair(4, utf16('contoso.local')),
    pair(3, utf16('ex01.contoso.local')),
    pair(7, fromHex('0090d336b734c301')),
  ])

  test('reads what the server says about itself', () => {
    expect(read(message)).toMatchObject({
      serverChallenge: fromHex('0123456789abcdef'),
      timestamp: 0x01c334b736d39000n,
      names: {
        domain: 'CONTOSO',
        computer: 'EX01',
        dnsDomain: 'contoso.local',
        dnsComputer: 'ex01.contoso.local',
        dnsForest: null,
      },
      serverVersion: '10.0.20348',
    })
  })

  test('accepts the short form of old servers, without pairs and version', () => {
    expect(readChallenge(message.subarray(0, 40))).toMatchObject({ ok: true, pairs: [], timestamp: null })
  })

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('not NTLM at all, but long enough to be a message')],
    ['another message type', negotiateMessage()],
    ['a server without Unicode', challengeMessage([], 0xe2898234)],
    ['pairs that are cut off', message.subarray(0, message.length - 5)],
    ['a pair longer than its field', challengeMessage([Buffer.from([1, 0, 0xff, 0xff])])],
    ['half a pair', Buffer.concat([challengeMessage([Buffer.from([7, 0, 0, 0, 1, 0])]).subarray(0, 62)])],
  ])('refuses %s', (_, bytes) => expect(readChallenge(bytes)).toEqual({ ok: false }))

  test('never throws, and what it accepts can be answered', () => {
    const damaged = fc.array(fc.tuple(fc.nat(message.length - 1), fc.nat(255)), { maxLength: 6 }).map((edits) => {
      const copy = new Uint8Array(message)
      for (const [at, value] of edits) copy[at] = value
      return copy
    })
    const cut = fc.tuple(damaged, fc.nat(message.length)).map(([bytes, length]) => bytes.subarray(0, length))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), damaged, cut), (bytes) => {
        const challenge = readChallenge(bytes)
        if (challenge.ok) authenticateMessage({ ...login, challenge })
      }),
    )
  })
})

const login = {
  negotiate: negotiateMessage(),
  userName: 'Jürgen',
  domain: 'contoso',
  password: 'Pässwörd-ß',
  host: 'PC',
  targetName: 'HTTP/mail.contoso.com',
  random: (length: number) => new Uint8Array(length).fill(0xaa),
  now: 7n,
}

describe('authenticateMessage', () => {
  const timestamp = fromHex('0090d336b734c301')
  const challenge = read(
    challengeMessage([
      pair(2, utf16('CONTOSO')),
      pair(6, fromHex('01000000')),
      pair(7, timestamp),
      pair(10, Buffer.alloc(16, 9)),
    ]),
  )

  test('carries names, service name, binding and flags, and keeps what the server said', () => {
    const channelBinding = new Uint8Array(16).fill(5)
    const message = takeApart(authenticateMessage({ ...login, challenge, channelBinding }))
    expect(message).toMatchObject({ user: 'Jürgen', domain: 'contoso', host: 'PC' })
    expect(message.sessionKey).toHaveLength(0)
    expect(message.pairs.get(2)?.toString('utf16le')).toBe('CONTOSO')
    expect(message.pairs.get(6)?.readUInt32LE()).toBe(3)
    expect(message.pairs.get(7)?.toString('hex')).toBe(hex(timestamp))
    expect(message.pairs.get(9)?.toString('utf16le')).toBe('HTTP/mail.contoso.com')
    expect(message.pairs.get(10)?.toString('hex')).toBe(hex(channelBinding))
    expect(message.nt.toString('hex', 24, 32)).toBe(hex(timestamp))
  })

  test('says "no binding" with zeros, in place of what the server sent', () => {
    expect(
      takeApart(authenticateMessage({ ...login, challenge }))
        .pairs.get(10)
        ?.toString('hex'),
    ).toBe('00'.repeat(16))
  })

  test('agrees only to what both sides offered, and never to a key exchange', () => {
    const { flags } = takeApart(authenticateMessage({ ...login, challenge: { ...challenge, flags: 0xffffffff } }))
    expect(flags & 0x40000000).toBe(0)
    expect(flags & 0x00000030).toBe(0)
    expect(takeApart(authenticateMessage({ ...login, challenge: { ...challenge, flags: 1 } })).flags).toBe(1)
  })

  test('beside a timestamp: LM is zero and the MIC covers all three messages', () => {
    const message = authenticateMessage({ ...login, challenge })
    const { lm, nt, mic } = takeApart(message)
    expect(lm.toString('hex')).toBe('00'.repeat(24))
    const key = createHmac('md5', ntowfv2(login)).update(nt.subarray(0, 16)).digest()
    const blank = Buffer.from(message).fill(0, 72, 88)
    const expected = createHmac('md5', key).update(login.negotiate).update(challenge.message).update(blank).digest()
    expect(mic.toString('hex')).toBe(expected.toString('hex'))
  })

  test('without a timestamp: our clock, an LMv2 answer, no MIC', () => {
    const old = read(challengeMessage([pair(2, utf16('CONTOSO'))]))
    const { lm, nt, mic, pairs } = takeApart(authenticateMessage({ ...login, challenge: old }))
    expect(nt.readBigUInt64LE(24)).toBe(7n)
    expect(lm.toString('hex', 16)).toBe('aa'.repeat(8))
    expect(mic.toString('hex')).toBe('00'.repeat(16))
    expect(pairs.get(6)?.readUInt32LE()).toBe(0)
    const { nt: dated } = takeApart(authenticateMessage({ ...login, challenge: old, now: undefined }))
    const age = BigInt(Date.now()) - (dated.readBigUInt64LE(24) / 10_000n - 11_644_473_600_000n)
    expect(age >= 0n && age < 60_000n).toBe(true)
  })

  test('never says the same twice, and never contains the password', () => {
    const message = authenticateMessage({ ...login, challenge, random: undefined })
    expect(hex(message)).not.toBe(hex(authenticateMessage({ ...login, challenge, random: undefined })))
    for (const form of ['utf8', 'utf16le', 'latin1'] as const) {
      expect(Buffer.from(message).includes(Buffer.from(login.password, form))).toBe(false)
    }
  })
})

describe('splitUserName', () => {
  test.each([
    ['CONTOSO\\alice', 'CONTOSO', 'alice'],
    ['alice@contoso.com', '', 'alice@contoso.com'],
    ['alice', '', 'alice'],
    ['CONTOSO\\a\\b', 'CONTOSO', 'a\\b'],
    ['', '', ''],
  ])('%j', (name, domain, userName) => expect(splitUserName(name)).toEqual({ domain, userName }))
})

describe('channel binding', () => {
  test('is the MD5 of a structure without addresses', () => {
    const certificate = Buffer.from('any bytes')
    const hash = createHash('sha384').update(certificate).digest()
    const structure = Buffer.concat([
      Buffer.alloc(16),
      Buffer.from([21 + 48, 0, 0, 0]),
      Buffer.from('tls-server-end-point:'),
      hash,
    ])
    expect(hex(channelBindingOf(certificate, 'sha384'))).toBe(createHash('md5').update(structure).digest('hex'))
  })

  /** A certificate as far as it matters here: something signed, the algorithm, a signature. */
  const signedWith = (algorithm: string, signedLength = 600): Uint8Array => {
    const signed = Buffer.alloc(signedLength + 4)
    signed.writeUInt16BE(0x3082)
    signed.writeUInt16BE(signedLength, 2)
    const content = Buffer.concat([signed, fromHex(algorithm), fromHex('0303 00ffff')])
    const head = Buffer.from([0x30, 0x82, 0, 0])
    head.writeUInt16BE(content.length, 2)
    return new Uint8Array(Buffer.concat([head, content]))
  }
  // Algorithm identifiers as OpenSSL writes them.
  const pss = (hash: string, salt: string): string =>
    `304106092a864886f70d01010a3034a00f300d06096086480165030402${hash}0500a11c301a06092a864886f70d010108` +
    `300d06096086480165030402${hash}0500a2030201${salt}`
  test.each([
    ['RSA with MD5', '300d06092a864886f70d0101040500', 'sha256'],
    ['RSA with SHA-1', '300d06092a864886f70d0101050500', 'sha256'],
    ['RSA with SHA-256', '300d06092a864886f70d01010b0500', 'sha256'],
    ['RSA with SHA-384', '300d06092a864886f70d01010c0500', 'sha384'],
    ['RSA with SHA-512', '300d06092a864886f70d01010d0500', 'sha512'],
    ['RSA-PSS with SHA-1', '300d06092a864886f70d01010a3000', 'sha256'],
    ['RSA-PSS with SHA-256', pss('01', '20'), 'sha256'],
    ['RSA-PSS with SHA-384', pss('02', '30'), 'sha384'],
    ['RSA-PSS with SHA-512', pss('03', '40'), 'sha512'],
    ['ECDSA with SHA-1', '300906072a8648ce3d0401', 'sha256'],
    ['ECDSA with SHA-256', '300a06082a8648ce3d040302', 'sha256'],
    ['ECDSA with SHA-384', '300a06082a8648ce3d040303', 'sha384'],
    ['ECDSA with SHA-512', '300a06082a8648ce3d040304', 'sha512'],
    ['Ed25519', '300506032b6570', 'sha256'],
  ])('a certificate signed by %s', (_, algorithm, hash) => expect(signatureHashOf(signedWith(algorithm))).toBe(hash))

  test('never throws over bytes that are no certificate', () => {
    const certificate = signedWith(pss('03', '40'), 5)
    const cut = fc.nat(certificate.length - 7).map((length) => certificate.subarray(0, length))
    fc.assert(fc.property(fc.oneof(fc.uint8Array(), cut), (bytes) => signatureHashOf(bytes) === 'sha256'))
    expect(signatureHashOf(fromHex('30 84ffffffff 30'))).toBe('sha256')
  })
})
