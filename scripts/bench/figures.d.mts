export type Row = { what: string; value: string; bound: string }
export type Version = { version: string; isReleased: boolean; machine: string; values: ReadonlyMap<string, string> }

export const tolerances: Readonly<Record<string, { factor: number; extra: number }>>

export function readFigures(document: string): Version[]
export function writeFigures(
  document: string,
  now: { version: string; machine: string; rows: readonly Row[] },
): string | null
export function lastRelease(kept: readonly Version[], version: string): Version | null
export function regressions(before: Version, rows: readonly Row[]): { what: string; before: string; now: string }[]
