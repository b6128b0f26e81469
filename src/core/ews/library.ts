/** The part of ews-javascript-api that is used. Loading it costs time and memory, so only `operations.ts` imports this, lazily. */
import { ExchangeVersion, TimeZoneInfo } from 'ews-javascript-api'
import { assertNever } from '../assertNever.ts'
import type { EwsVersion } from '../settings/ewsVersions.ts'

export {
  AlternateId,
  ConnectingIdType,
  ExchangeService,
  Folder,
  FolderId,
  IdFormat,
  ImpersonatedUserId,
  Mailbox,
  OAuthCredentials,
  PropertySet,
  Uri,
  WellKnownFolderName,
} from 'ews-javascript-api'
export type { IXHRApi } from 'ews-javascript-api'

/** What the library hands to a transport, and what it reads of an answer; it also throws the latter for anything but 200. */
export type XHROptions = { url: string; headers?: Record<string, unknown>; data?: unknown }
export type XHRResponse = {
  status: number
  statusText: string
  responseText: string
  response: string
  headers: Record<string, string>
  finalUrl: string
  getAllResponseHeaders: () => string
  getResponseHeader: (name: string) => string
}

// No call here carries a time of day. Left alone, the library guesses the machine's zone from tables that take longer to unpack than a
// call takes, and prints to standard output when it knows none of that name.
Reflect.set(TimeZoneInfo, '_localTimeZone', TimeZoneInfo.Utc)

export function versionOf(version: EwsVersion): ExchangeVersion {
  switch (version) {
    case 'Exchange2007_SP1':
      return ExchangeVersion.Exchange2007_SP1
    case 'Exchange2010':
      return ExchangeVersion.Exchange2010
    case 'Exchange2010_SP1':
      return ExchangeVersion.Exchange2010_SP1
    case 'Exchange2010_SP2':
      return ExchangeVersion.Exchange2010_SP2
    case 'Exchange2013':
      return ExchangeVersion.Exchange2013
    case 'Exchange2013_SP1':
      return ExchangeVersion.Exchange2013_SP1
    case 'Exchange2016':
      return ExchangeVersion.Exchange2016
    default:
      return assertNever(version)
  }
}
