/** `explain`: judges saved evidence, or pasted material, again. Nothing is sent, and nothing is asked of the network. */
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { Language } from '../contract/contract.ts'
import { errorCode } from '../core/errorCode.ts'
import type { Facts } from '../core/evidence/schema.ts'
import { explainBytes, tooLarge } from '../core/files/explained.ts'
import type { Shape } from '../core/files/shapes.ts'
import { limits } from '../core/limits.ts'
import type { RunResult } from '../core/runs/events.ts'
import { writeWhole } from '../host/atomicFile.ts'
import { version } from '../host/version.ts'
import { fill } from '../texts/format.ts'
import { summaryOf, textsOf, type Texts } from '../texts/index.ts'
import { asHtml, reportOf } from '../texts/report/index.ts'
import { pastedVerdict } from '../texts/pastedVerdict.ts'
import { exitCodes, isOneTerminal } from './execute.ts'
import { failureLines, report } from './report.ts'
import { jsonResult } from './result.ts'

export type ExplainFlags = { json?: boolean; html?: string | undefined; language: Language }

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

type Refused = { kind: 'refused'; reason: keyof Texts['explain']['refusals']; facts: Facts }
type Input = { kind: 'read'; bytes: Buffer } | Refused

/**
 * Explains a file, or standard input where `source` is `-`. The exit code comes back: 0 when nothing is wrong, 1 when something
 * is, 2 when it could not be read, or the report not written.
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
  const refuse = ({ reason, facts }: Pick<Refused, 'reason' | 'facts'>): number => {
    world.stderr.write(`${fill(textsOf(language).explain.refusals[reason], facts, language)}\n`)
    return exitCodes.usage
  }
  const input = source === '-' ? await readStream(world.stdin) : await readFile(source)
  const explained = input.kind === 'read' ? explainBytes(input.bytes, { now: world.now, version }) : input
  if (explained.kind === 'refused') return refuse(explained)
  const { result, shape } = explained
  if (flags.html !== undefined) {
    const written = writeWhole(flags.html, asHtml(reportOf(result, { language, mask: false })))
    if (written.kind === 'not-written')
      return refuse({ reason: 'htmlNotWritten', facts: { file: flags.html, code: written.code } })
  }
  const hasError = result.findings.some((finding) => finding.severity === 'error')
  world.stdout.write(
    flags.json === true
      ? `${JSON.stringify({ ...jsonResult(result, language), command: 'explain' }, null, 2)}\n`
      : shape === null
        ? report(result, language, { steps: true })
        : pastedReport(result, shape, language),
  )
  if (hasError && (flags.json === true || !world.watched)) world.stderr.write(failureLines(result, language))
  return hasError ? exitCodes.fails : exitCodes.works
}

/** The report of a run, with words that claim no run: only the text was looked at. */
function pastedReport(result: RunResult, shape: Shape, language: Language): string {
  const { explain: texts } = textsOf(language)
  const [, , ...rest] = report(result, language, { steps: false }).split('\n')
  // A certificate says no more than its findings do.
  const said = result.evidence.steps.flatMap((step) =>
    step.summary.text === 'pasted' ? [] : [`${summaryOf(step, language)}.`],
  )
  return [
    fill(texts.recognised, { shape: texts.shapes[shape] }, language),
    ...said,
    '',
    texts.results[pastedVerdict(result)],
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
    return { kind: 'refused', reason: code === 'ENOENT' ? 'notFound' : 'notReadable', facts: { file, code } }
  }
}

async function readStream(stream: ExplainWorld['stdin']): Promise<Input> {
  return stream.isTTY === true ? { kind: 'refused', reason: 'terminal', facts: {} } : collected(stream)
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
