import { describe, expect, test } from 'vitest'
import {
  isUnderWay,
  namingHost,
  noRun,
  phasesOf,
  progressOf,
  reduceRun,
  shownRun,
  verdictOf,
  type RunAction,
  type RunState,
} from '../../src/renderer/features/run/run.ts'
import { evidenceText, linesOf } from '../../src/renderer/features/run/observations.ts'
import { eventsOf, question, resultOf, stepsOf, type Scene } from './preview/evidence.ts'

function after(actions: readonly RunAction[], from: RunState = noRun): RunState {
  return actions.reduce(reduceRun, from)
}

const events = (scene: Scene, upTo?: number): RunAction[] =>
  eventsOf(scene)
    .slice(0, upTo)
    .map((event, index) => ({ kind: 'event', event, at: index * 10 }))

const begun: RunAction = { kind: 'started', command: 'test' }

function currentOf(state: RunState) {
  if (state.current === null) throw new Error('no run')
  return state.current
}

describe('a run while it goes', () => {
  test('lists all planned steps as waiting, so that its length is visible', () => {
    const run = currentOf(after([begun, ...events('password', 1)]))
    expect(run.steps.map((step) => step.state)).toEqual(Array(5).fill('waiting'))
    expect(progressOf(run)).toEqual({ done: 0, all: 5, phase: 'input' })
    expect(phasesOf(run).map((phase) => phase.phase)).toEqual(['input', 'names', 'transport', 'login', 'mailbox'])
  })

  test('puts a step that was not planned behind the last of its phase', () => {
    const [found] = stepsOf('locate').filter((step) => step.phase === 'discovery')
    if (found === undefined) throw new Error('the scene has no discovery')
    const late = { ...found, id: 'pox:mail.contoso.com', name: 'pox', target: 'mail.contoso.com' }
    const run = currentOf(
      after([begun, ...events('locate', 1), { kind: 'event', event: { kind: 'step-started', ...late }, at: 5 }]),
    )
    const ids = run.steps.map((step) => step.id)
    expect(ids.indexOf(late.id)).toBe(ids.indexOf('srv') + 1)
    expect(run.steps.find((step) => step.id === late.id)).toMatchObject({ state: 'running', startedAt: 5 })
  })

  test('shows the previous result until the first new step has ended', () => {
    const first = after([begun, ...events('password')])
    const again = after([begun, ...events('works', 2)], first)
    expect(shownRun(again)).toBe(first.current)
    expect(shownRun(after(events('works', 3), again))?.steps[0]?.state).toBe('passed')
  })

  test('keeps a question until it is answered, and drops it when the run is stopped', () => {
    const asked = after([begun, { kind: 'event', event: { kind: 'question', question }, at: 1 }])
    expect(currentOf(asked).question).toEqual(question)
    expect(currentOf(after([{ kind: 'answered', questionId: 'another' }], asked)).question).toEqual(question)
    expect(currentOf(after([{ kind: 'answered', questionId: question.id }], asked)).question).toBeNull()
    expect(currentOf(after([{ kind: 'stopping' }], asked)).question).toBeNull()
  })
})

describe('a run that is over', () => {
  test.each([
    ['works', 'remarks'],
    ['locate', 'works'],
    ['password', 'fails'],
  ] as const)('%s ends as %s', (scene, verdict) => {
    const run = currentOf(after([begun, ...events(scene)]))
    expect(isUnderWay(run)).toBe(false)
    expect(verdictOf(run)).toBe(verdict)
  })

  test('stopped in the middle: what ran is cancelled, what waited did not run, what was found stays', () => {
    const run = currentOf(
      after([begun, ...events('password', 6), { kind: 'stopping' }, { kind: 'closed', as: 'stopped' }]),
    )
    expect(run.steps.map((step) => step.state)).toEqual(['passed', 'passed', 'cancelled', 'skipped', 'skipped'])
    expect(verdictOf(run)).toBe('cancelled')
  })

  test('takes no event any more', () => {
    const stopped = after([begun, ...events('password', 4), { kind: 'closed', as: 'stopped' }])
    expect(after(events('password'), stopped)).toEqual(stopped)
  })

  test('is lost when its stream ends without a result', () => {
    expect(verdictOf(currentOf(after([begun, ...events('works', 4), { kind: 'closed', as: 'lost' }])))).toBe('lost')
  })

  test('has the last word of the evidence on steps whose own event did not arrive', () => {
    const all = events('password')
    const last = all.at(-1)
    if (last === undefined) throw new Error('no events')
    expect(currentOf(after([begun, ...all.slice(0, 1), last])).steps.map((step) => step.state)).toEqual([
      'passed',
      'passed',
      'passed',
      'failed',
      'skipped',
    ])
  })
})

test('attempts of discovery that lost are no alarm: one good answer makes the phase good', () => {
  const run = currentOf(after([begun, ...events('locate')]))
  expect(phasesOf(run).find((phase) => phase.phase === 'discovery')).toMatchObject({ state: 'passed', done: 3 })
  expect(
    phasesOf(currentOf(after([begun, ...events('nothing')]))).find((phase) => phase.phase === 'discovery')?.state,
  ).toBe('failed')
})

test('the host that named the URL comes from the evidence', () => {
  expect(namingHost(resultOf('locate'))).toBe('autodiscover.contoso.com')
  expect(namingHost(resultOf('works'))).toBeNull()
})

test('evidence is written as flat keys and values, without what is empty', () => {
  const login = stepsOf('password').find((step) => step.id === 'login:ntlm')
  const [http] = login?.observations ?? []
  if (login === undefined || http === undefined) throw new Error('the scene has no login')
  const lines = linesOf(http)
  expect(lines).toContainEqual({ key: 'headers.request-id', value: '7d9f0f52-7c1c-4c5e-9c56-0f4f7ed5b1aa' })
  expect(lines).toContainEqual({ key: 'challenges[1].scheme', value: 'ntlm' })
  expect(lines.some((line) => line.key === 'code')).toBe(false)
  expect(evidenceText([login])).toContain('login:ntlm (failed, 41 ms)\n\n  kind: http\n  method: POST')
})
