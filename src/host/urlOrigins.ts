/**
 * Where an EWS URL came from. A window never says it, because the answer decides whether credentials may go to its host: the host
 * compares with what is stored and with what runs of this session found and proved.
 */
import type { DiscoverySource, Settings } from '../core/settings/settings.ts'
import { checkEwsUrl } from '../core/settings/checks.ts'

type Origin = Pick<Settings, 'ewsUrlOrigin' | 'ewsUrlSource'>

export type UrlOrigins = {
  /** A run found this URL, or logged in at it. */
  remember(profile: string, url: string, origin: 'found' | 'proven', source: DiscoverySource | null): void
  /** Origin and source of a URL in the dialog. */
  of(profile: string, url: string, stored: Settings): Origin
}

export function openUrlOrigins(): UrlOrigins {
  const seen = new Map<string, Origin>()
  const key = (profile: string, url: string) => `${profile}\n${normalUrl(url)}`
  return {
    remember(profile, url, origin, source) {
      if (url.trim() === '') return
      const before = seen.get(key(profile, url))
      const proven = origin === 'proven' || before?.ewsUrlOrigin === 'proven'
      const kept = source === null || source === 'manual' ? (before?.ewsUrlSource ?? source) : source
      seen.set(key(profile, url), { ewsUrlOrigin: proven ? 'proven' : 'found', ewsUrlSource: kept })
    },
    of(profile, url, stored) {
      if (url.trim() === '') return { ewsUrlOrigin: 'none', ewsUrlSource: null }
      const inSession = seen.get(key(profile, url))
      const isStored = stored.ewsUrl !== '' && normalUrl(stored.ewsUrl) === normalUrl(url)
      if (inSession?.ewsUrlOrigin === 'proven') {
        return {
          ewsUrlOrigin: 'proven',
          ewsUrlSource: inSession.ewsUrlSource ?? (isStored ? stored.ewsUrlSource : null),
        }
      }
      if (isStored && stored.ewsUrlOrigin !== 'none') {
        return {
          ewsUrlOrigin: stored.ewsUrlOrigin,
          ewsUrlSource: stored.ewsUrlSource ?? inSession?.ewsUrlSource ?? null,
        }
      }
      return inSession ?? { ewsUrlOrigin: 'typed', ewsUrlSource: 'manual' }
    },
  }
}

/** The same for every way of writing one URL that a run treats alike. */
export function normalUrl(url: string): string {
  const checked = checkEwsUrl(url).value
  return (checked === '' ? url.trim() : checked).toLowerCase()
}
