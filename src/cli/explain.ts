/** `explain`: judges saved evidence, or pasted material, again. Nothing is sent, and nothing is asked of the network. */
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { Language } from '../contract/contract.ts'
import { errorCode } from '../core/errorCode.ts'
import { readEvidence } from '../core/files/evidenceFile.ts'
import { recognise, type Shape } from '../core/files/rawMaterial.ts'
import { judge } from '../core/findings/judge.ts'
import { limits } from '../core/limits.ts'
import type { RunResult } from '../core/runs/events.ts'
import type { Evidence, Facts } from '../core/evidence/schema.ts'
import { version } from '../host/version.ts'
import { explain as de } from '../texts/explain.de.ts'
import { explain as en } from '../texts/explain.en.ts'
import { fill } from '../texts/format.ts'
import { summaryOf } from '../texts/index.ts'
import { exitCodes, isOneTerminal } from './execute.ts'
import { failureLines, report } from './report.ts'
import { jsonResult } from './result.ts'

export type ExplainFlags = { json?: boolean; language: Language }

type Writer = { write(text: string): unknown }
/** Where the command reads and writes, and what time it is. */
export type ExplainWorld = {
  stdin: Readable & { isTTY?: boolean }
  stdout: Writer
  stderr: Writer
  /** Both outputs go to the same person. */
  watched: boolean
  now: Date
}

type ExplainTexts = typeof de
type RefusalId = keyof typeof en.refusals
type Input = { kind: 'read'; bytes: Buffer } | { kind: 'refused'; id: RefusalId; facts: Facts }
type Judged =
  { kind: 'judged'; evidence: Evidence; shape: Shape | null } | { kind: 'refused'; id: RefusalId; facts: Facts }

/**
 * Explains a file, or standard input where `source` is `-`. The exit code comes back: 0 when nothing is wrong, 1 when something
 * is, 2 when it could not be read.
 */
export async function explain(
  source: string,
  flags: ExplainFlags,
  world: ExplainWorld = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    watched: isOneTerminal(),
    now: new Date(),
  },
): Promise<number> {
  const { language } = flags
  const texts: ExplainTexts = language === 'de' ? de : en
  const input = source === '-' ? await readStream(world.stdin) : await readFile(source)
  const judged = input.kind === 'read' ? judgedOf(textOf(input.bytes), world.now) : input
  if (judged.kind === 'refused') {
    world.stderr.write(`${fill(texts.refusals[judged.id], judged.facts, language)}\n`)
    return exitCodes.usage
  }
  const { evidence, shape } = judged
  const findings = judge(evidence)
  const hasError = findings.some((finding) => finding.severity === 'error')
  const result: RunResult = { ok: evidence.outcome === 'works', findings, evidence }
  world.stdout.write(
    flags.json === true
      ? `${JSON.stringify({ ...jsonResult(result, language), command: 'explain' }, null, 2)}\n`
      : shape === null
        ? report(result, language, { steps: true })
        : pastedReport(result, shape, texts, language),
  )
  if (hasError && (flags.json === true || !world.watched)) world.stderr.write(failureLines(result, language))
  return hasError ? exitCodes.fails : exitCodes.works
}

/** Evidence where it is evidence, else whatever the shape says. */
function judgedOf(text: string, now: Date): Judged {
  const saved = readEvidence(text)
  switch (saved.kind) {
    case 'evidence':
      return { kind: 'judged', evidence: saved.evidence, shape: null }
    case 'too-large':
      return tooLarge(saved.limit)
    case 'newer':
      return { kind: 'refused', id: 'newer', facts: { schema: String(saved.schema), known: String(saved.known) } }
    case 'damaged':
      return { kind: 'refused', id: 'damaged', facts: {} }
    case 'not-evidence':
      break
  }
  const pasted = recognise(text, { now, version })
  switch (pasted.kind) {
    case 'recognised':
      return { kind: 'judged', evidence: pasted.evidence, shape: pasted.shape }
    case 'too-large':
      return tooLarge(pasted.limit)
    case 'unknown':
      return { kind: 'refused', id: 'unknown', facts: {} }
  }
}

function tooLarge(limit: number): Extract<Judged, { kind: 'refused' }> {
  return { kind: 'refused', id: 'tooLarge', facts: { limit: `${String(Math.round(limit / 1024 / 1024))} MB` } }
}

/** The report of a run, with words that claim no run: only the text was looked at. */
function pastedReport(result: RunResult, shape: Shape, texts: ExplainTexts, language: Language): string {
  const [, , ...rest] = report(result, language, { steps: false }).split('\n')
  const headline = !result.ok ? 'wrong' : result.findings.length > 0 ? 'remarks' : 'nothingWrong'
  // A certificate says no more than its findings do.
  const said = result.evidence.steps.flatMap((step) =>
    step.summary.text === 'pasted' ? [] : [`${summaryOf(step, language)}.`],
  )
  return [
    fill(texts.recognised, { shape: texts.shapes[shape] }, language),
    ...said,
    '',
    texts.results[headline],
    ...rest,
  ].join('\n')
}

/** At most one byte more than the limit is read, so that an endless device ends as well. */
async function readFile(file: string): Promise<Input> {
  try {
    const handle = await open(file, 'r')
    try {
      return await collected(handle.createReadStream({ autoClose: false, end: limits.evidenceBytes }))
    } finally {
      await handle.close()
    }
  } catch (error) {
    const code = errorCode(error) ?? ''
    return { kind: 'refused', id: code === 'ENOENT' ? 'notFound' : 'notReadable', facts: { file, code } }
  }
}

async function readStream(stream: ExplainWorld['stdin']): Promise<Input> {
  return stream.isTTY === true ? { kind: 'refused', id: 'terminal', facts: {} } : collected(stream)
}

async function collected(stream: Readable): Promise<Input> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of stream) {
    const read = Buffer.from(part as Uint8Array | string)
    parts.push(read)
    bytes += read.length
    if (bytes > limits.evidenceBytes) return tooLarge(limits.evidenceBytes)
  }
  return { kind: 'read', bytes: Buffer.concat(parts) }
}

/** UTF-8, or UTF-16 where a byte order mark says so: that is what Windows PowerShell writes. */
function textOf(bytes: Buffer): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}
