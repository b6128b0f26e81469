// The server's half of NTLM (MS-NLMP): the challenge, and the check of an NTLMv2 answer with message integrity code and channel binding.
// NTLMv1 and LM are refused, as a current Windows does with Extended Protection.

import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { md4, rc4 } from './hashes.ts'

const signature = Buffer.from('NTLMSSP\0', 'latin1')
const zeros16 = Buffer.alloc(16)

// MS-NLMP 2.2.2.5
const flag = {
  unicode: 0x00000001,
  requestTarget: 0x00000004,
  sign: 0x00000010,
  seal: 0x00000020,
  ntlm: 0x00000200,
  alwaysSign: 0x00008000,
  targetTypeDomain: 0x00010000,
  extendedSessionSecurity: 0x00080000,
  targetInfo: 0x00800000,
  version: 0x02000000,
  key128: 0x20000000,
  keyExchange: 0x40000000,
  key56: 0x80000000,
} as const

const avId = {
  end: 0,
  computer: 1,
  domain: 2,
  dnsComputer: 3,
  dnsDomain: 4,
  dnsTree: 5,
  flags: 6,
  timestamp: 7,
  channelBinding: 10,
} as const

/** How strictly a directory looks at the channel binding: IIS `tokenChecking` None, Allow, Require. */
export type ExtendedProtection = 'off' | 'allow' | 'require'

export type Handshake = { negotiate: Buffer; challenge: Buffer; serverChallenge: Buffer }

export type Names = { netbios: string; adDomain: string; computer: string }

export type NtlmVerdict =
  | { kind: 'accepted'; user: string; domain: string }
  | {
      kind: 'refused'
      reason:
        | 'malformed'
        | 'anonymous'
        | 'ntlm-v1'
        | 'unknown-user'
        | 'wrong-password'
        | 'bad-integrity-code'
        | 'bad-channel-binding'
        | 'no-channel-binding'
      user: string
      domain: string
    }

/** The message type of an NTLMSSP token, or null when it is none. */
export function ntlmType(token: Buffer): number | null {
  return token.length >= 12 && token.subarray(0, 8).equals(signature) ? token.readUInt32LE(8) : null
}

/** Answers a type 1 message with a type 2 message that carries the server's names and time. */
export function challengeFor(negotiate: Buffer, names: Names): Handshake {
  const asked = negotiate.length >= 16 ? negotiate.readUInt32LE(12) : flag.unicode | flag.ntlm
  const echoed =
    asked &
    (flag.sign |
      flag.seal |
      flag.alwaysSign |
      flag.extendedSessionSecurity |
      flag.key128 |
      flag.key56 |
      flag.keyExchange)
  const flags =
    (echoed |
      flag.unicode |
      flag.requestTarget |
      flag.ntlm |
      flag.targetTypeDomain |
      flag.targetInfo |
      flag.version) >>>
    0
  const target = utf16(names.netbios)
  const info = Buffer.concat([
    avPair(avId.domain, utf16(names.netbios)),
    avPair(avId.computer, utf16(names.computer)),
    avPair(avId.dnsDomain, utf16(names.adDomain)),
    avPair(avId.dnsComputer, utf16(`${names.computer.toLowerCase()}.${names.adDomain}`)),
    avPair(avId.dnsTree, utf16(names.adDomain)),
    avPair(avId.timestamp, fileTime(Date.now())),
    avPair(avId.end, Buffer.alloc(0)),
  ])
  const serverChallenge = randomBytes(8)
  const head = Buffer.alloc(56)
  signature.copy(head)
  head.writeUInt32LE(2, 8)
  field(head, 12, target.length, 56)
  head.writeUInt32LE(flags, 20)
  serverChallenge.copy(head, 24)
  field(head, 40, info.length, 56 + target.length)
  // Windows Server 2022 (10.0.20348), NTLM revision 15.
  Buffer.from([10, 0, 0x7c, 0x4f, 0, 0, 0, 15]).copy(head, 48)
  return { negotiate, challenge: Buffer.concat([head, target, info]), serverChallenge }
}

/**
 * Checks a type 3 message. `passwordOf` looks a login up; `endPointHash` is the RFC 5929 hash of this connection's certificate, null over http.
 */
export function verifyAuthenticate(o: {
  handshake: Handshake
  message: Buffer
  passwordOf: (user: string, domain: string) => string | undefined
  endPointHash: Buffer | null
  protection: ExtendedProtection
}): NtlmVerdict {
  const { message, handshake } = o
  const refused = (
    reason: Extract<NtlmVerdict, { kind: 'refused' }>['reason'],
    user = '',
    domain = '',
  ): NtlmVerdict => ({
    kind: 'refused',
    reason,
    user,
    domain,
  })
  if (message.length < 64) return refused('malformed')
  const nt = slice(message, 20)
  const domainBytes = slice(message, 28)
  const userBytes = slice(message, 36)
  const sessionKey = slice(message, 52)
  if (!nt || !domainBytes || !userBytes || !sessionKey) return refused('malformed')
  const flags = message.readUInt32LE(60)
  const encoding = (flags & flag.unicode) !== 0 ? 'utf16le' : 'latin1'
  const user = userBytes.toString(encoding)
  const domain = domainBytes.toString(encoding)
  if (user === '' && nt.length === 0) return refused('anonymous')
  if (nt.length <= 24) return refused('ntlm-v1', user, domain)
  if (nt.length < 48) return refused('malformed', user, domain)

  const password = o.passwordOf(user, domain)
  if (password === undefined) return refused('unknown-user', user, domain)
  const responseKey = hmac(md4(utf16(password)), utf16(user.toUpperCase() + domain))
  const [proof, blob] = [nt.subarray(0, 16), nt.subarray(16)]
  const expected = hmac(responseKey, Buffer.concat([handshake.serverChallenge, blob]))
  if (!timingSafeEqual(proof, expected)) return refused('wrong-password', user, domain)

  const pairs = readAvPairs(blob.subarray(28))
  if (((pairs.get(avId.flags)?.readUInt32LE(0) ?? 0) & 2) !== 0) {
    const base = hmac(responseKey, proof)
    const exported = (flags & flag.keyExchange) !== 0 && sessionKey.length === 16 ? rc4(base, sessionKey) : base
    const blanked = Buffer.from(message)
    if (blanked.length < 88) return refused('malformed', user, domain)
    blanked.fill(0, 72, 88)
    const code = hmac(exported, Buffer.concat([handshake.negotiate, handshake.challenge, blanked]))
    if (!timingSafeEqual(code, message.subarray(72, 88))) return refused('bad-integrity-code', user, domain)
  }

  if (o.protection !== 'off' && o.endPointHash !== null) {
    const binding = pairs.get(avId.channelBinding)
    const absent = binding === undefined || binding.equals(zeros16)
    if (absent && o.protection === 'require') return refused('no-channel-binding', user, domain)
    if (!absent && !binding.equals(channelBinding(o.endPointHash))) return refused('bad-channel-binding', user, domain)
  }
  return { kind: 'accepted', user, domain }
}

/** MD5 over gss_channel_bindings_struct with `tls-server-end-point:` (RFC 2744, RFC 5929): what AV pair 10 has to hold. */
export function channelBinding(endPointHash: Buffer): Buffer {
  const data = Buffer.concat([Buffer.from('tls-server-end-point:', 'latin1'), endPointHash])
  const head = Buffer.alloc(20)
  head.writeUInt32LE(data.length, 16)
  return createHash('md5').update(head).update(data).digest()
}

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')
const hmac = (key: Buffer, data: Buffer): Buffer => createHmac('md5', key).update(data).digest()

const avPair = (id: number, value: Buffer): Buffer => {
  const head = Buffer.alloc(4)
  head.writeUInt16LE(id, 0)
  head.writeUInt16LE(value.length, 2)
  return Buffer.concat([head, value])
}

const field = (into: Buffer, at: number, length: number, offset: number): void => {
  into.writeUInt16LE(length, at)
  into.writeUInt16LE(length, at + 2)
  into.writeUInt32LE(offset, at + 4)
}

const slice = (message: Buffer, at: number): Buffer | null => {
  const length = message.readUInt16LE(at)
  const offset = message.readUInt32LE(at + 4)
  return offset + length <= message.length ? message.subarray(offset, offset + length) : null
}

const readAvPairs = (data: Buffer): Map<number, Buffer> => {
  const pairs = new Map<number, Buffer>()
  for (let at = 0; at + 4 <= data.length;) {
    const id = data.readUInt16LE(at)
    const length = data.readUInt16LE(at + 2)
    if (id === avId.end || at + 4 + length > data.length) break
    pairs.set(id, data.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return pairs
}

// Tenths of a microsecond since 1601.
const fileTime = (milliseconds: number): Buffer => {
  const out = Buffer.alloc(8)
  out.writeBigUInt64LE((BigInt(milliseconds) + 11_644_473_600_000n) * 10_000n)
  return out
}
