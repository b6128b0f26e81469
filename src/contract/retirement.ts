/** The dates of the end of EWS in Exchange Online, for windows: plain values without a schema. */
export { endOfEwsOnline, retirementDates, type RetirementDateId } from '../core/registration/retirement.ts'
