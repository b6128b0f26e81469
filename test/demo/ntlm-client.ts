// The client's half of NTLMv2 for the tests, written from MS-NLMP apart from the server's half; its MD4 comes from a known answer in hashes.test.ts.

import { createHash, createHmac, randomBytes } from 'node:crypto'
import { md4 } from '../../src/demo/exchange/hashes.ts'

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')
const hmac = (key: Buffer, data: Buffer): Buffer => createHmac('md5', key).update(data).digest()
const clientFlags = 0xa2888205

/** Type 1, the 40-byte form. */
export function negotiateMessage(): Buffer {
  const message = Buffer.alloc(40)
  message.write('NTLMSSP\0', 'latin1')
  message.writeUInt32LE(1, 8)
  message.writeUInt32LE(clientFlags, 12)
  message.writeUInt32LE(40, 20)
  message.writeUInt32LE(40, 28)
  Buffer.from([10, 0, 0x61, 0x4a, 0, 0, 0, 15]).copy(message, 32)
  return message
}

/** Type 3 with MIC; `certificate` (DER) adds the channel binding. */
export function authenticateMessage(o: {
  negotiate: Buffer
  challenge: Buffer
  user: string
  domain: string
  password: string
  certificate?: Buffer
  breakIntegrity?: boolean
}): Buffer {
  const length = o.challenge.readUInt16LE(40)
  const offset = o.challenge.readUInt32LE(44)
  const served = o.challenge.subarray(offset, offset + length)
  const pairs: Buffer[] = []
  let timestamp = Buffer.alloc(8)
  for (let at = 0; served.readUInt16LE(at) !== 0; at += 4 + served.readUInt16LE(at + 2)) {
    const pair = served.subarray(at, at + 4 + served.readUInt16LE(at + 2))
    if (pair.readUInt16LE(0) === 7) timestamp = Buffer.from(pair.subarray(4))
    pairs.push(pair)
  }
  const pair = (id: number, value: Buffer): Buffer => {
    const head = Buffer.alloc(4)
    head.writeUInt16LE(id)
    head.writeUInt16LE(value.length, 2)
    return Buffer.concat([head, value])
  }
  pairs.push(pair(6, Buffer.from([2, 0, 0, 0])))
  if (o.certificate) {
    const data = Buffer.concat([
      Buffer.from('tls-server-end-point:'),
      createHash('sha256').update(o.certificate).digest(),
    ])
    const size = Buffer.alloc(4)
    size.writeUInt32LE(data.length)
    pairs.push(
      pair(
        10,
        createHash('md5')
          .update(Buffer.concat([Buffer.alloc(16), size, data]))
          .digest(),
      ),
    )
  }
  pairs.push(Buffer.alloc(4))

  const blob = Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    timestamp,
    randomBytes(8),
    Buffer.alloc(4),
    ...pairs,
    Buffer.alloc(4),
  ])
  const key = hmac(md4(utf16(o.password)), utf16(o.user.toUpperCase() + o.domain))
  const proof = hmac(key, Buffer.concat([o.challenge.subarray(24, 32), blob]))
  const parts = [
    Buffer.alloc(24),
    Buffer.concat([proof, blob]),
    utf16(o.domain),
    utf16(o.user),
    utf16('TESTBOX'),
    Buffer.alloc(0),
  ]
  const head = Buffer.alloc(88)
  head.write('NTLMSSP\0', 'latin1')
  head.writeUInt32LE(3, 8)
  let position = 88
  parts.forEach((part, index) => {
    head.writeUInt16LE(part.length, 12 + index * 8)
    head.writeUInt16LE(part.length, 14 + index * 8)
    head.writeUInt32LE(position, 16 + index * 8)
    position += part.length
  })
  head.writeUInt32LE(clientFlags, 60)
  const message = Buffer.concat([head, ...parts])
  hmac(hmac(key, proof), Buffer.concat([o.negotiate, o.challenge, message])).copy(message, 72)
  if (o.breakIntegrity === true) message[72] = (message[72] ?? 0) ^ 1
  return message
}
