/**
 * The end of EWS in Exchange Online: every date and fact that the product tells about it, in one table with its sources. State of
 * knowledge: November 2026. EWS of Exchange Server is not affected. Dates are of the global cloud; the others' are not confirmed.
 */

/** Day on which EWS ends in Exchange Online for every tenant, `YYYY-MM-DD`. */
export const endOfEwsOnline = '2027-04-01'

/** Day from which Microsoft switches an organisation setting that was never set to off, tenant by tenant. */
export const switchingOffFrom = '2026-10-01'

/** What happened or happens when, in order. Words by id; `source` is where it is said. */
export const retirementDates = [
  { id: 'announced', day: '2026-02-05', source: 'Exchange Team blog "Exchange Online EWS, Your Time is Almost Up"' },
  { id: 'allow-list', day: '2026-06-19', source: 'Exchange Team blog "Introducing EWSAllowedAppIDs"' },
  {
    id: 'switching-off',
    day: switchingOffFrom,
    source: 'Exchange Team blog "Exchange Online EWS, Your Time is Almost Up"',
  },
  { id: 'kiosk-licences', day: switchingOffFrom, source: 'Microsoft 365 message center MC1191578' },
  { id: 'end', day: endOfEwsOnline, source: 'Exchange Team blog "Exchange Online EWS, Your Time is Almost Up"' },
] as const
export type RetirementDateId = (typeof retirementDates)[number]['id']

const dayMs = 86_400_000

/** Whole calendar days from the day that the local clock shows until EWS ends; negative once it has ended. */
export function daysOfEwsOnline(now: Date): number {
  return Math.round((Date.parse(endOfEwsOnline) - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / dayMs)
}
