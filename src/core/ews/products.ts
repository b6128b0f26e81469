/** Build number to product (knowledge 6.2). Decided by numbers, never by the schema's name. */
import type { z } from 'zod'
import type { serverVersionSchema } from '../evidence/logins.ts'
import type { ServerFacts } from '../evidence/schema.ts'

export type ServerVersion = z.infer<typeof serverVersionSchema>

/** Names the product of a build. */
export function serverFacts(version: Pick<ServerVersion, 'major' | 'minor' | 'build' | 'revision'>): ServerFacts {
  const { major, minor, build, revision } = version
  return { product: productOf(major, minor, build), build: `${major}.${minor}.${build}.${revision}` }
}

function productOf(major: number, minor: number, build: number): string {
  if (major === 8) return `Exchange Server 2007${minor === 0 ? '' : ` SP${minor}`}`
  if (major === 14) return `Exchange Server 2010${minor === 0 ? '' : ` SP${minor}`}`
  if (major !== 15) return 'Exchange Server'
  switch (minor) {
    case 0:
      return build < 847 ? 'Exchange Server 2013' : 'Exchange Server 2013 SP1'
    case 1:
      return 'Exchange Server 2016'
    case 2:
      return build >= 2562 ? 'Exchange Server SE' : 'Exchange Server 2019'
    case 20:
      return 'Exchange Online'
    default:
      return 'Exchange Server'
  }
}

/** `X-OWA-Version`: three or four parts. null when it is no version. */
export function readOwaVersion(text: string | null): ServerVersion | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,5})(?:\.(\d{1,5}))?$/.exec(text?.trim() ?? '')
  return match === null
    ? null
    : {
        major: Number(match[1]),
        minor: Number(match[2]),
        build: Number(match[3]),
        revision: Number(match[4] ?? 0),
        schema: null,
      }
}
