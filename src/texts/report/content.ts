/** What a report is made of: the redacted result, with names masked if wanted, and without characters that nobody sees. */
import type { RunResult } from '../../core/runs/events.ts'
import { maskingOf, type Masking } from './masking.ts'

/** Control characters, and those that turn the direction of text or take no room. */
const unseen = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** Such characters by their code: a value can then neither forge a line nor hide a part of itself. */
export function visible(text: string): string {
  return text.replaceAll(unseen, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Words of ours that steer the program or the texts. They are never a name, whatever the user is called. */
const machineKeys = new Set(
  [
    'actor auth basis build cipher cloud code command confidence credentials decision errorLevel ewsUrlOrigin ewsVersion exchange field handshake',
    'id kind method name node offered operation outcome phase product protocol reason result scheme severity source startedAt state system text type',
    'validFrom validTo version via',
  ].flatMap((line) => line.split(' ')),
)

/** The result with names masked where `mask` is set, otherwise as it is. */
export function maskedResult(result: RunResult, mask: boolean): RunResult {
  if (!mask) return result
  const masking = maskingOf(result)
  return {
    ...result,
    findings: result.findings.map((finding) => mapped(finding, masking)),
    evidence: mapped(result.evidence, masking),
  }
}

/** The result as a report shows it. */
export function shownResult(result: RunResult, mask: boolean): RunResult {
  return mapped(maskedResult(result, mask), visible, new Set())
}

/** The evidence for `explain`, as JSON: the same redacted content as the report. */
export function evidenceJson(result: RunResult, { mask }: { mask: boolean }): string {
  const { evidence } = maskedResult(result, mask)
  return `${JSON.stringify(evidence, null, 2).replaceAll(/[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, visible)}\n`
}

/** A copy of plain data in which every string, keys of records included, went through `change`. */
function mapped<T>(value: T, change: Masking, kept: ReadonlySet<string> = machineKeys): T {
  return copy(value, null) as T

  function copy(part: unknown, key: string | null): unknown {
    if (typeof part === 'string') return key !== null && kept.has(key) && !/[@%＠&\\]/u.test(part) ? part : change(part)
    if (Array.isArray(part)) return part.map((item: unknown) => copy(item, key))
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(
      // A plain name is a field of the schema, or a header; anything else may have been made up by a server.
      Object.entries(part).map(([name, inner]) => [/^[\w.-]+$/.test(name) ? name : change(name), copy(inner, name)]),
    )
  }
}
