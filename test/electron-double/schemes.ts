/**
 * Private schemes. Chromium outside Electron knows none, so `app://bundle/x` is `https://bundle.app.private-scheme.invalid/x` in the
 * page; addresses are mapped at the border, both ways.
 */
import type { CustomScheme } from 'electron'
import { refuse } from './refuse.ts'

const suffix = 'private-scheme.invalid'
const modelled: readonly string[] = ['standard', 'secure', 'supportFetchAPI']

let registered: ReadonlySet<string> | undefined

/** Throws as Electron does when it is too late, and for privileges that the double does not model. */
export function registerSchemes(schemes: readonly CustomScheme[], isReady: boolean): void {
  if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
  if (registered !== undefined)
    throw refuse('registerSchemesAsPrivileged called twice: only the first call would count')
  for (const { scheme, privileges = {} } of schemes) {
    const given = Object.entries(privileges).flatMap(([name, on]) => (on ? [name] : []))
    if (modelled.some((name) => !given.includes(name)) || given.some((name) => !modelled.includes(name)))
      throw refuse(`the privileges ${given.join(', ')} of the scheme ${scheme}`)
  }
  registered = new Set(schemes.map(({ scheme }) => scheme))
}

function isRegistered(scheme: string): boolean {
  return registered?.has(scheme) ?? false
}

/** The address as the page's Chromium knows it. */
export function toPage(address: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(address)
  const [, scheme = '', host = '', rest = ''] = match ?? []
  if (match === null || !isRegistered(scheme.toLowerCase())) return address
  return `https://${host.toLowerCase()}.${scheme.toLowerCase()}.${suffix}${rest}`
}

/** The address as the program knows it. */
export function toProgram(address: string): string {
  const match = /^(blob:)?https:\/\/([^/?#]*)\.([a-z][a-z0-9+-]*)\.private-scheme\.invalid(?::443)?(.*)$/.exec(address)
  if (match === null) return address
  const [, blob = '', host = '', scheme = '', rest = ''] = match
  return `${blob}${scheme}://${host}${rest}`
}

/** Scheme of an address that belongs to the program, else null. */
export function privateScheme(address: string): string | null {
  const mapped = toProgram(address)
  const scheme = mapped.slice(0, mapped.indexOf(':'))
  return mapped !== address && isRegistered(scheme) ? scheme : null
}

/** As frames report it: `app://bundle`, without a final slash; "null" where there is none. */
export function originOf(pageUrl: string): string {
  if (!URL.canParse(pageUrl)) return 'null'
  return toProgram(new URL(pageUrl).origin)
}
