/** Steps on standard error while a run goes, where it is a terminal. */
import type { Language } from '../contract/contract.ts'
import type { RunEvent } from '../core/runs/events.ts'
import { stepLine } from './report.ts'

/** Takes the events of a run; does nothing where nobody watches. */
export function progressTo(stream: NodeJS.WriteStream, language: Language): (event: RunEvent) => void {
  if (!stream.isTTY) return () => undefined
  return (event) => {
    if (event.kind === 'step-ended') stream.write(`${stepLine(event.step, language)}\n`)
  }
}
