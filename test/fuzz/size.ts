/** How much a long test does: a share in the suite, all of it in `npm run fuzz`. */
export const full = process.env['EWS_SETUP_FULL'] === '1'

/** `whole` in the full run, `share` of it in the suite. */
export function amount(whole: number, share: number): number {
  return full ? whole : share
}

/** Long enough for the full run on a slow machine. */
export const patienceMs = full ? 1_800_000 : 120_000
