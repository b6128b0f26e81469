/** The runs of all windows: one at a time in each, its questions to the person, and how a window stops it. */
import type { RunEvent } from '../core/runs/events.ts'
import type { RunOptions } from '../core/connector.ts'
import { eventQueue } from './eventQueue.ts'

/** `remember`: for the profile, not only for this run. */
export type Answer = { consent: boolean; remember: boolean }

const no: Answer = { consent: false, remember: false }

type Run = {
  controller: AbortController
  /** Every question that went out, with its answer as soon as there is one. */
  questions: Map<string, { answer?: Answer; resolve?: (answer: Answer) => void }>
}

export type StartedRun = { kind: 'started'; events: AsyncGenerator<RunEvent, void, void> } | { kind: 'active' }

export type Runs = {
  /**
   * Starts a run for a window. It stops when `signal` aborts or its events are no longer listened to, and from that moment the window
   * may start another. `onAnswer` has the last word on each answer, `onEvent` learns each event.
   */
  start(options: {
    window: string
    signal: AbortSignal | undefined
    begin: (options: RunOptions) => AsyncGenerator<RunEvent, void, void>
    onEvent: (event: RunEvent) => void
    onAnswer: (question: Extract<RunEvent, { kind: 'question' }>['question'], answer: Answer) => Promise<boolean>
  }): StartedRun
  /** False: this window's run asks no such question. */
  answer(window: string, questionId: string, answer: Answer): boolean
}

export function openRuns(): Runs {
  const active = new Map<string, Run>()

  return {
    start({ window, signal, begin, onEvent, onAnswer }) {
      if (active.has(window)) return { kind: 'active' }
      const run: Run = { controller: new AbortController(), questions: new Map() }
      active.set(window, run)
      const queue = eventQueue<RunEvent>()

      const release = () => {
        if (active.get(window) === run) active.delete(window)
        for (const question of run.questions.values()) {
          if (question.answer !== undefined) continue
          question.answer = no
          question.resolve?.(no)
        }
      }
      const stop = () => {
        release()
        run.controller.abort()
      }
      if (signal?.aborted === true) stop()
      else signal?.addEventListener('abort', stop, { once: true })

      const emit = (event: RunEvent) => {
        if (event.kind === 'question') {
          // A connector may tell a question as an event, ask it, or both: the window hears it once.
          if (run.questions.has(event.question.id)) return
          run.questions.set(event.question.id, {})
        }
        onEvent(event)
        queue.push(event)
      }
      const ask: RunOptions['ask'] = async (question) => {
        emit({ kind: 'question', question })
        const open = run.questions.get(question.id)
        if (open === undefined || run.controller.signal.aborted) return false
        const answer =
          open.answer ??
          (await new Promise<Answer>((resolve) => {
            open.resolve = resolve
          }))
        return onAnswer(question, answer)
      }

      async function pump(): Promise<void> {
        try {
          for await (const event of begin({ signal: run.controller.signal, ask })) emit(event)
          queue.end()
        } catch (error) {
          queue.fail(error)
        } finally {
          signal?.removeEventListener('abort', stop)
          release()
        }
      }
      void pump()

      async function* events(): AsyncGenerator<RunEvent, void, void> {
        try {
          yield* queue.items()
        } finally {
          stop()
        }
      }
      return { kind: 'started', events: events() }
    },
    answer(window, questionId, answer) {
      const question = active.get(window)?.questions.get(questionId)
      if (question === undefined) return false
      if (question.answer === undefined) {
        question.answer = answer
        question.resolve?.(answer)
      }
      return true
    },
  }
}
