/**
 * NTLMv2 as a client speaks it over HTTP ([MS-NLMP]): the two messages to send, and a bounds-checked reader for the one that
 * comes back. Pure functions on bytes; the three legs have to travel on one connection, which is the caller's part.
 * LM and NTLMv1 answers are never made.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { md4 } from './md4.ts'

const flag = {
  unicode: 0x0000_0001,
  requestTarget: 0x0000_0004,
  ntlm: 0x0000_0200,
  alwaysSign: 0x0000_8000,
  extendedSessionSecurity: 0x0008_0000,
  targetInfo: 0x0080_0000,
  version: 0x0200_0000,
  bits128: 0x2000_0000,
  bits56: 0x8000_0000,
} as const

// Without NEGOTIATE_KEY_EXCH, SIGN and SEAL: HTTP bodies are not wrapped, so the session key is only ever needed for the MIC.
const offered =
  (flag.unicode |
    flag.requestTarget |
    flag.ntlm |
    flag.alwaysSign |
    flag.extendedSessionSecurity |
    flag.version |
    flag.bits128 |
    flag.bits56) >>>
  0

const av = {
  end: 0,
  computer: 1,
  domain: 2,
  dnsComputer: 3,
  dnsDomain: 4,
  dnsForest: 5,
  flags: 6,
  timestamp: 7,
  target: 9,
  binding: 10,
} as const
const micPresent = 0x0000_0002

const signature = Buffer.from('NTLMSSP\0', 'latin1')
/** Windows 10, revision 15 of the protocol; servers only demand that the field is there. */
const version = Buffer.from([10, 0, 0x63, 0x45, 0, 0, 0, 15])

/** Message type 1, in the 40-byte form with Version. */
export function negotiateMessage(): Uint8Array {
  const message = Buffer.alloc(40)
  signature.copy(message)
  message.writeUInt32LE(1, 8)
  message.writeUInt32LE(offered, 12)
  // Domain and workstation stay empty, but some servers refuse an offset that lies inside the header.
  message.writeUInt32LE(40, 20)
  message.writeUInt32LE(40, 28)
  version.copy(message, 32)
  return new Uint8Array(message)
}

export type NtlmChallenge = {
  ok: true
  /** The whole message; the MIC covers it. */
  message: Uint8Array
  flags: number
  /** 8 bytes. */
  serverChallenge: Uint8Array
  /** AV pairs as sent, without the closing one. */
  pairs: readonly AvPair[]
  /** FILETIME: units of 100 ns since 1601. */
  timestamp: bigint | null
  /** What the server tells about itself before any login; null where it is silent. */
  names: {
    domain: string | null
    computer: string | null
    dnsDomain: string | null
    dnsComputer: string | null
    dnsForest: string | null
  }
  /** Windows version such as `10.0.20348`. */
  serverVersion: string | null
}

export type AvPair = { id: number; value: Uint8Array }

/** Message type 2. Never throws; `ok: false` for anything that is cut off, inconsistent, or not in Unicode. */
export function readChallenge(message: Uint8Array): NtlmChallenge | { ok: false } {
  const bytes = Buffer.from(message)
  if (bytes.length < 32 || !bytes.subarray(0, 8).equals(signature) || bytes.readUInt32LE(8) !== 2) return { ok: false }
  const flags = bytes.readUInt32LE(20)
  if ((flags & flag.unicode) === 0) return { ok: false }
  const pairs = bytes.length >= 48 ? readPairs(field(bytes, 40)) : []
  if (pairs === undefined) return { ok: false }
  const timestamp = valueOf(pairs, av.timestamp)
  const hasVersion = (flags & flag.version) !== 0 && bytes.length >= 56
  return {
    ok: true,
    message: new Uint8Array(bytes),
    flags,
    serverChallenge: new Uint8Array(bytes.subarray(24, 32)),
    pairs,
    timestamp: timestamp?.length === 8 ? Buffer.from(timestamp).readBigUInt64LE() : null,
    names: {
      domain: nameOf(pairs, av.domain),
      computer: nameOf(pairs, av.computer),
      dnsDomain: nameOf(pairs, av.dnsDomain),
      dnsComputer: nameOf(pairs, av.dnsComputer),
      dnsForest: nameOf(pairs, av.dnsForest),
    },
    serverVersion: hasVersion ? `${bytes.readUInt8(48)}.${bytes.readUInt8(49)}.${bytes.readUInt16LE(50)}` : null,
  }
}

/** The bytes that a (length, maximum, offset) field names, or undefined when they are not all there. */
function field(bytes: Buffer, at: number): Buffer | undefined {
  const length = bytes.readUInt16LE(at)
  const offset = bytes.readUInt32LE(at + 4)
  return offset + length <= bytes.length ? bytes.subarray(offset, offset + length) : undefined
}

function readPairs(info: Buffer | undefined): AvPair[] | undefined {
  if (info === undefined) return undefined
  const pairs: AvPair[] = []
  for (let at = 0; at < info.length;) {
    if (at + 4 > info.length) return undefined
    const id = info.readUInt16LE(at)
    if (id === av.end) break
    const end = at + 4 + info.readUInt16LE(at + 2)
    if (end > info.length) return undefined
    pairs.push({ id, value: new Uint8Array(info.subarray(at + 4, end)) })
    at = end
  }
  return pairs
}

function valueOf(pairs: readonly AvPair[], id: number): Uint8Array | undefined {
  return pairs.find((pair) => pair.id === id)?.value
}

function nameOf(pairs: readonly AvPair[], id: number): string | null {
  const value = valueOf(pairs, id)
  return value === undefined || value.length === 0 ? null : Buffer.from(value).toString('utf16le')
}

export type AuthenticateInput = {
  /** Message type 1 exactly as it was sent; the MIC covers it. */
  negotiate: Uint8Array
  challenge: NtlmChallenge
  /** Both as `splitUserName` gives them. */
  userName: string
  domain: string
  password: string
  /** Name of this computer; some servers write it into their log. */
  host?: string | undefined
  /** Service principal name, such as `HTTP/mail.contoso.com`. */
  targetName: string
  /** 16 bytes of `channelBindingOf`; absent without TLS. */
  channelBinding?: Uint8Array | undefined
  random?: ((length: number) => Uint8Array) | undefined
  /** FILETIME that counts when the server sends no timestamp; the clock's by default. */
  now?: bigint | undefined
}

/** Message type 3: NTLMv2 answer, and where the server sent a timestamp a MIC over all three messages. */
export function authenticateMessage(input: AuthenticateInput): Uint8Array {
  const { challenge, domain, userName } = input
  const withMic = challenge.timestamp !== null
  const answer = ntlmv2Answer({
    key: ntowfv2(input),
    serverChallenge: challenge.serverChallenge,
    clientChallenge: (input.random ?? randomBytes)(8),
    time: challenge.timestamp ?? input.now ?? currentFiletime(),
    targetInfo: targetInfo(input, withMic),
  })
  // [MS-NLMP] 3.1.5.1.2: beside a server timestamp the LM answer is all zero.
  const lm = withMic ? Buffer.alloc(24) : answer.lm

  const headerLength = 88
  const header = Buffer.alloc(headerLength)
  signature.copy(header)
  header.writeUInt32LE(3, 8)
  const payload: Uint8Array[] = []
  let offset = headerLength
  const place = (at: number, value: Uint8Array): void => {
    header.writeUInt16LE(value.length, at)
    header.writeUInt16LE(value.length, at + 2)
    header.writeUInt32LE(offset, at + 4)
    payload.push(value)
    offset += value.length
  }
  place(28, utf16(domain))
  place(36, utf16(userName))
  place(44, utf16(input.host ?? ''))
  place(12, lm)
  place(20, answer.nt)
  place(52, Buffer.alloc(0))
  header.writeUInt32LE(((offered | flag.targetInfo) & challenge.flags) >>> 0, 60)
  version.copy(header, 64)

  const message = Buffer.concat([header, ...payload])
  if (withMic) hmacMd5(answer.sessionKey, input.negotiate, challenge.message, message).copy(message, 72)
  return new Uint8Array(message)
}

/** The server's pairs, with ours in place of any it had: flags, service name, channel binding (all zero says "none"). */
function targetInfo({ challenge, targetName, channelBinding }: AuthenticateInput, withMic: boolean): Uint8Array {
  const sent = valueOf(challenge.pairs, av.flags)
  const flags = Buffer.alloc(4)
  flags.writeUInt32LE(((sent?.length === 4 ? Buffer.from(sent).readUInt32LE() : 0) | (withMic ? micPresent : 0)) >>> 0)
  const own: AvPair[] = [
    { id: av.flags, value: flags },
    { id: av.binding, value: channelBinding ?? Buffer.alloc(16) },
    { id: av.target, value: utf16(targetName) },
  ]
  const kept = challenge.pairs.filter((pair) => own.every(({ id }) => id !== pair.id))
  return Buffer.concat(
    [...kept, ...own, { id: av.end, value: Buffer.alloc(0) }].flatMap(({ id, value }) => {
      const head = Buffer.alloc(4)
      head.writeUInt16LE(id)
      head.writeUInt16LE(value.length, 2)
      return [head, value]
    }),
  )
}

/** NTOWFv2 of [MS-NLMP] 3.3.2: what stands for the password in every NTLMv2 answer. As secret as the password. */
export function ntowfv2(input: { userName: string; domain: string; password: string }): Uint8Array {
  return hmacMd5(md4(utf16(input.password)), utf16(upperCase(input.userName) + input.domain))
}

export type Ntlmv2Answer = { proof: Uint8Array; nt: Uint8Array; lm: Uint8Array; sessionKey: Uint8Array }

/**
 * The NTLMv2 and LMv2 answers and the session base key ([MS-NLMP] 3.3.2). `time` is a FILETIME, `targetInfo` the AV pairs
 * including the closing one.
 */
export function ntlmv2Answer(input: {
  key: Uint8Array
  serverChallenge: Uint8Array
  clientChallenge: Uint8Array
  time: bigint
  targetInfo: Uint8Array
}): Ntlmv2Answer {
  const { key, serverChallenge, clientChallenge } = input
  const head = Buffer.alloc(28)
  head.writeUInt16LE(0x0101)
  head.writeBigUInt64LE(input.time, 8)
  head.set(clientChallenge, 16)
  const blob = Buffer.concat([head, input.targetInfo, Buffer.alloc(4)])
  const proof = hmacMd5(key, serverChallenge, blob)
  return {
    proof,
    nt: Buffer.concat([proof, blob]),
    lm: Buffer.concat([hmacMd5(key, serverChallenge, clientChallenge), clientChallenge]),
    sessionKey: hmacMd5(key, proof),
  }
}

/**
 * `DOMAIN\user` in its two halves. A UPN stays whole beside an empty domain: only the directory knows which domain its
 * suffix stands for. A bare name has no domain either.
 */
export function splitUserName(name: string): { domain: string; userName: string } {
  const backslash = name.indexOf('\\')
  return backslash < 0
    ? { domain: '', userName: name }
    : { domain: name.slice(0, backslash), userName: name.slice(backslash + 1) }
}

export type SignatureHash = 'sha256' | 'sha384' | 'sha512'

/**
 * The 16 bytes that tie a login to the server's certificate: MD5 over gss_channel_bindings without addresses (RFC 2744, 3.11)
 * that carries `tls-server-end-point` (RFC 5929, 4.1).
 */
export function channelBindingOf(certificateDer: Uint8Array, signatureHash: SignatureHash): Uint8Array {
  const applicationData = Buffer.concat([
    Buffer.from('tls-server-end-point:', 'latin1'),
    createHash(signatureHash).update(certificateDer).digest(),
  ])
  const head = Buffer.alloc(20)
  head.writeUInt32LE(applicationData.length, 16)
  return new Uint8Array(createHash('md5').update(head).update(applicationData).digest())
}

const hashOfSignature: Readonly<Record<string, SignatureHash>> = {
  '2a864886f70d01010c': 'sha384', // sha384WithRSAEncryption
  '2a864886f70d01010d': 'sha512', // sha512WithRSAEncryption
  '2a8648ce3d040303': 'sha384', // ecdsa-with-SHA384
  '2a8648ce3d040304': 'sha512', // ecdsa-with-SHA512
  '608648016503040202': 'sha384', // id-sha384, inside RSASSA-PSS parameters
  '608648016503040203': 'sha512', // id-sha512, likewise
}
const rsassaPss = '2a864886f70d01010a'

/**
 * The hash for `channelBindingOf`: that of the certificate's own signature, and SHA-256 for MD5, SHA-1 and whatever else has
 * none of the three (RFC 5929, 4.1). Never throws; bytes that are no certificate give `sha256` too.
 */
export function signatureHashOf(certificateDer: Uint8Array): SignatureHash {
  const der = Buffer.from(certificateDer)
  const certificate = element(der, { start: 0, end: der.length })
  const signed = certificate && element(der, certificate)
  const algorithm = certificate && signed && element(der, { start: signed.end, end: certificate.end })
  const oid = algorithm && element(der, algorithm)
  if (algorithm === undefined || oid === undefined) return 'sha256'
  const name = hex(der, oid)
  if (name !== rsassaPss) return hashOfSignature[name] ?? 'sha256'
  const parameters = element(der, { start: oid.end, end: algorithm.end })
  const first = parameters && element(der, parameters)
  if (first?.tag !== 0xa0) return 'sha256'
  const hash = element(der, first)
  const hashOid = hash && element(der, hash)
  return (hashOid && hashOfSignature[hex(der, hashOid)]) ?? 'sha256'
}

type Range = { start: number; end: number }

/** The first DER element in a range: its tag and where its content lies. */
function element(der: Buffer, within: Range): (Range & { tag: number }) | undefined {
  const tag = der[within.start]
  const short = der[within.start + 1]
  if (tag === undefined || short === undefined || within.start + 2 > within.end) return undefined
  let start = within.start + 2
  let length = short
  if (short >= 0x80) {
    const count = short & 0x7f
    if (count === 0 || count > 4 || start + count > within.end) return undefined
    length = der.readUIntBE(start, count)
    start += count
  }
  return start + length <= within.end ? { tag, start, end: start + length } : undefined
}

function hex(der: Buffer, { start, end }: Range): string {
  return der.toString('hex', start, end)
}

function hmacMd5(key: Uint8Array, ...parts: Uint8Array[]): Buffer {
  const mac = createHmac('md5', key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le')
}

/** Like Windows, code unit by code unit: `ß` stays, where `toUpperCase` alone makes two letters of it; so do `ı` and `ſ`. */
function upperCase(text: string): string {
  return Array.from({ length: text.length }, (_, index) => {
    const unit = text.charAt(index)
    const upper = unit.toUpperCase()
    return upper.length === 1 && unit !== '\u0131' && unit !== '\u017f' ? upper : unit
  }).join('')
}

function currentFiletime(): bigint {
  return (BigInt(Date.now()) + 11_644_473_600_000n) * 10_000n
}
