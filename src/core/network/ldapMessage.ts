/** One LDAP message for another, RFC 4511, before the library takes the connection over. */
import type { Socket } from 'node:net'
import { BerReader } from 'ldapts'
import { limits } from '../limits.ts'

/** LDAP's "protocolError". */
export const protocolError = 2

/** `code`: why there was no answer. */
export type LdapExchange = { kind: 'answer'; message: Buffer } | { kind: 'failed'; code: string }

/**
 * Sends a message and waits for exactly one. More bytes than that would be an answer that somebody slipped in before its question (before
 * the encryption: CVE-2011-0411), so they count as a protocol error.
 */
export function exchangeMessage(socket: Socket, message: Uint8Array, signal: AbortSignal): Promise<LdapExchange> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0)
    const end = (result: LdapExchange): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', aborted)
      socket.off('data', take)
      socket.off('error', broken)
      socket.off('close', broken)
      resolve(result)
    }
    const failed = (code: string): void => end({ kind: 'failed', code })
    const aborted = (): void => failed('ABORTED')
    const broken = (): void => failed('CLOSED')
    const take = (part: Buffer): void => {
      received = Buffer.concat([received, part])
      const whole = isWhole(received)
      if (whole === 'too-much') failed(String(protocolError))
      else if (whole === 'yes') end({ kind: 'answer', message: received })
      else if (received.length > limits.headerBytes) failed('TOO_LARGE')
    }
    const timer = setTimeout(() => failed('TIMEOUT'), limits.ldapMs)
    signal.addEventListener('abort', aborted, { once: true })
    socket.on('data', take)
    socket.once('error', broken)
    socket.once('close', broken)
    if (signal.aborted) return aborted()
    socket.write(message)
  })
}

function isWhole(bytes: Buffer): 'no' | 'yes' | 'too-much' {
  try {
    const reader = new BerReader(bytes)
    if (reader.readSequence() === null || reader.length > reader.remain) return 'no'
    return reader.length < reader.remain ? 'too-much' : 'yes'
  } catch {
    return 'too-much'
  }
}

/** Result code, diagnostic text and the SASL token of a response with this tag; null when the message is none. */
export function readResult(
  message: Buffer,
  tag: number,
): { code: number; diagnostic: string; token: Uint8Array } | null {
  const saslToken = 0x87
  try {
    const reader = new BerReader(message)
    reader.readSequence()
    reader.readInt()
    if (reader.readSequence(tag) === null) return null
    const code = reader.readEnumeration()
    if (code === null) return null
    reader.readString()
    const diagnostic = reader.readString() ?? ''
    let token: Uint8Array = new Uint8Array()
    while (reader.remain > 0) {
      if (reader.peek() === saslToken) {
        token = new Uint8Array(reader.readString(saslToken, true) ?? [])
        break
      }
      reader.readString(reader.peek() ?? undefined)
    }
    return { code, diagnostic, token }
  } catch {
    return null
  }
}
