/** Runs a command of the connector in the terminal: progress, result, evidence, exit code. */
import { closeSync, fchmodSync, fstatSync, openSync, writeSync } from 'node:fs'
import type { Language } from '../contract/contract.ts'
import type { ConnectorHost, RunRequest } from '../core/connector.ts'
import { errorCode } from '../core/errorCode.ts'
import type { RunEvent, RunResult } from '../core/runs/events.ts'
import { lazyConnector } from '../host/lazyConnector.ts'
import { machineDomain } from '../host/machineDomain.ts'
import { systemCas } from '../host/systemCas.ts'
import { terminationSignal } from '../host/terminationSignal.ts'
import { version } from '../host/version.ts'
import { progressTo } from './progress.ts'
import { failureLines, report } from './report.ts'
import { jsonResult } from './result.ts'
import { UsageError } from './usage.ts'

export const exitCodes = { works: 0, fails: 1, usage: 2, 'budget-spent': 3, cancelled: 130 } as const

export type OutputOptions = { language: Language; json: boolean; debug: boolean; evidence?: string | undefined }

/** What every connector of the terminal gets. `--debug` shows our own faults; nothing else shows a stack. */
export function connectorHost(debug: boolean, environment: ConnectorHost['environment'] = process.env): ConnectorHost {
  return {
    version,
    // Read when a chain needs them.
    get systemCas() {
      return systemCas()
    },
    environment,
    machineDomain: () => machineDomain({ environment }),
    onCrash: (error) => {
      if (debug) process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    },
  }
}

/** Runs to the end. A consent that was not given in advance counts as no: a script cannot be asked. */
export async function execute(
  command: 'locate' | 'test',
  request: RunRequest,
  o: { debug: boolean; onEvent: (event: RunEvent) => void },
): Promise<RunResult> {
  const connector = lazyConnector(() => connectorHost(o.debug))
  const stop = terminationSignal()
  try {
    let result: RunResult | null = null
    for await (const event of connector[command](request, { signal: stop.signal, ask: () => Promise.resolve(false) })) {
      o.onEvent(event)
      if (event.kind === 'ended') result = event.result
    }
    if (result === null) throw new Error('a run ends with its result')
    return result
  } finally {
    stop.dispose()
  }
}

/** Runs a command and writes everything it owes; the exit code comes back. */
export async function executeAndReport(
  command: 'locate' | 'test',
  request: RunRequest,
  o: OutputOptions,
): Promise<number> {
  const evidenceFile = o.evidence === undefined ? null : openEvidence(o.evidence)
  const result = await execute(command, request, { debug: o.debug, onEvent: progressTo(process.stderr, o.language) })
  if (evidenceFile !== null) {
    writeSync(evidenceFile, `${JSON.stringify(result.evidence, null, 2)}\n`)
    closeSync(evidenceFile)
  }
  const watched = isOneTerminal()
  process.stdout.write(
    o.json
      ? `${JSON.stringify(jsonResult(result, o.language), null, 2)}\n`
      : report(result, o.language, { steps: !watched }),
  )
  if (o.json || !watched) process.stderr.write(failureLines(result, o.language))
  return exitCodes[result.evidence.outcome]
}

/** Both streams go to the same person, who has seen the steps go by and reads the findings in the report. */
export function isOneTerminal(): boolean {
  return process.stdout.isTTY && process.stderr.isTTY
}

/** Opened before the run: a place that cannot be written is wrong usage, and nothing has been sent. */
function openEvidence(file: string): number {
  try {
    const descriptor = openSync(file, 'w', 0o600)
    // A file that was there before keeps its mode otherwise; a device is not ours to change.
    if (fstatSync(descriptor).isFile()) fchmodSync(descriptor, 0o600)
    return descriptor
  } catch (error) {
    throw new UsageError('evidenceNotWritable', {
      file,
      code: errorCode(error) ?? '',
    })
  }
}
