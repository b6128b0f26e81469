/** How long a call of each procedure may be, for both ends alike; a window may import it, as it brings no schema library. */
import { limits } from '../core/limits.ts'

/** Procedures that carry a file, as hosts see them in an address. Every other call is short. */
const longCalls: ReadonlyMap<string, number> = new Map([
  ['diagnosis/explain', limits.diagnosisCallBytes],
  ['app/arrivals/recognise', limits.diagnosisCallBytes],
  ['addresses/importFile', limits.addressCallBytes],
])

/** Bytes of the longest call of any procedure. */
export const longestCallBytes = Math.max(limits.callBytes, ...longCalls.values())

/** Bytes that a call of this procedure may have, such as `diagnosis/explain`. */
export function callBytes(procedure: string): number {
  return longCalls.get(procedure) ?? limits.callBytes
}

/** Bytes of a file that a window takes, to judge it or to find out what it is. It refuses more before it reads one. */
export const diagnosisBytes = limits.evidenceBytes
