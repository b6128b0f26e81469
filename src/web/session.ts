/**
 * Who may use the server: whoever opens the printed address first. Its token is exchanged once for a cookie. Cookies do not know
 * ports, so the window lives below a path that no other server on this machine can guess and so never gets the cookie.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

export type Session = {
  /** Path of the printed address. */
  readonly entrance: string
  /** Where the window lives; begins and ends with a slash. */
  readonly path: `/${string}/`
  isEntrance(path: string): boolean
  /** The Set-Cookie header for the first caller with the right token, null for everyone else. */
  enter(path: string, port: number): string | null
  /** Whether a Cookie header holds the session. */
  knows(cookies: string | undefined, port: number): boolean
}

const entrancePrefix = '/open/'

export function openSession(): Session {
  const token = randomBytes(32).toString('base64url')
  const value = randomBytes(32).toString('base64url')
  const path = `/w${randomBytes(16).toString('hex')}/` as const
  let entered = false
  const cookieName = (port: number) => `ews-setup-${port}`
  return {
    entrance: `${entrancePrefix}${token}`,
    path,
    isEntrance: (asked) => asked.startsWith(entrancePrefix),
    enter(asked, port) {
      if (!same(asked.slice(entrancePrefix.length), token) || entered) return null
      entered = true
      return `${cookieName(port)}=${value}; Path=${path}; HttpOnly; SameSite=Strict`
    },
    knows(cookies, port) {
      const prefix = `${cookieName(port)}=`
      const found = (cookies ?? '')
        .split(';')
        .map((cookie) => cookie.trim())
        .find((cookie) => cookie.startsWith(prefix))
      return found !== undefined && same(found.slice(prefix.length), value)
    },
  }
}

/** Compares in constant time, whatever the lengths. */
function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
