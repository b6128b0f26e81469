/** Judges whatever a person hands over: saved evidence, or raw material that is recognised by its shape. No network is asked. */
import type { Facts } from '../evidence/schema.ts'
import { judge } from '../findings/judge.ts'
import type { RunResult } from '../runs/events.ts'
import { readEvidence } from './evidenceFile.ts'
import { recognise, type PastedContext } from './rawMaterial.ts'
import { shapeOfEvidence, type ExplainRefusal, type Shape } from './shapes.ts'

export type Explained =
  /** `shape` is null for the evidence of a run. */
  | { kind: 'explained'; shape: Shape | null; result: RunResult }
  | { kind: 'refused'; reason: ExplainRefusal; facts: Facts }

/** Bytes as a file or a pipe gives them. Never throws, whatever they are. */
export function explainBytes(bytes: Uint8Array, context: PastedContext): Explained {
  const text = textOf(bytes)
  const saved = readEvidence(text)
  switch (saved.kind) {
    case 'evidence':
      return {
        kind: 'explained',
        shape: shapeOfEvidence(saved.evidence),
        result: { ok: saved.evidence.outcome === 'works', findings: judge(saved.evidence), evidence: saved.evidence },
      }
    case 'too-large':
      return tooLarge(saved.limit)
    case 'newer':
      return { kind: 'refused', reason: 'newer', facts: { schema: String(saved.schema), known: String(saved.known) } }
    case 'damaged':
      return { kind: 'refused', reason: 'damaged', facts: {} }
    case 'not-evidence':
      break
  }
  const pasted = recognise(text, context)
  switch (pasted.kind) {
    case 'recognised': {
      const { shape, evidence } = pasted
      return {
        kind: 'explained',
        shape,
        result: { ok: evidence.outcome === 'works', findings: judge(evidence), evidence },
      }
    }
    case 'too-large':
      return tooLarge(pasted.limit)
    case 'unknown':
      return { kind: 'refused', reason: 'unknown', facts: {} }
  }
}

/** The refusal of what is larger than `limit` bytes. */
export function tooLarge(limit: number): Extract<Explained, { kind: 'refused' }> {
  return { kind: 'refused', reason: 'tooLarge', facts: { limit: `${String(Math.round(limit / 1024 / 1024))} MB` } }
}

/** UTF-8, or UTF-16 where a byte order mark says so: that is what Windows PowerShell writes. */
function textOf(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}
