/** EWS interface versions (`RequestServerVersion`) that an admin may choose, oldest first. */
export const ewsVersions = [
  'Exchange2007_SP1',
  'Exchange2010',
  'Exchange2010_SP1',
  'Exchange2010_SP2',
  'Exchange2013',
  'Exchange2013_SP1',
  'Exchange2016',
] as const

export type EwsVersion = (typeof ewsVersions)[number]

/**
 * The order in which "automatic" tries: Exchange2013_SP1 is understood by every server since 2013 SP1 and by Exchange Online,
 * and later schemas bring nothing that this product uses. Below it, down to the oldest.
 */
export const automaticVersions: readonly EwsVersion[] = [
  'Exchange2013_SP1',
  'Exchange2013',
  'Exchange2010_SP2',
  'Exchange2010_SP1',
  'Exchange2010',
  'Exchange2007_SP1',
]
