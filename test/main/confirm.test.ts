/** The question outside the window: No is ready, one at a time, and names of the window cannot pass for sentences of ours. */
import type { BrowserWindow, MessageBoxOptions } from 'electron'
import { expect, test } from 'vitest'
import { limits } from '../../src/core/limits.ts'
import { openConfirm } from '../../src/main/confirm.ts'
import type { Confirmation } from '../../src/host/confirmation.ts'

const question: Confirmation = {
  kind: 'release',
  profiles: ['Standard'],
  secrets: ['password', 'clientSecret'],
  destinations: [{ kind: 'ews-host', name: 'evil.example' }],
}

function opened(answers: Promise<number>[], language: 'de' | 'en' = 'en') {
  const shown: MessageBoxOptions[] = []
  const time = { now: 0 }
  const confirm = openConfirm({
    dialog: {
      async showMessageBox(window: unknown, options?: MessageBoxOptions) {
        shown.push(options ?? (window as MessageBoxOptions))
        return { response: await (answers.shift() ?? expect.fail('one question too many')), checkboxChecked: false }
      },
    },
    window: () => ({}) as BrowserWindow,
    language: () => language,
    clock: () => time.now,
  })
  return { confirm, shown, time }
}

test('Yes is yes; No, Escape and Enter are no', async () => {
  const { confirm, shown } = opened([Promise.resolve(1)])
  expect(await confirm(question)).toBe(true)
  expect(shown[0]).toMatchObject({ buttons: ['No', 'Yes, allow'], defaultId: 0, cancelId: 0, type: 'warning' })
  expect(shown[0]?.detail).toContain('Saved: password and client secret\nWould go to: evil.example (EWS URL)')
})

test('one at a time: a second one is no, and nobody sees it', async () => {
  let press = (_button: number): void => undefined
  const { confirm, shown } = opened([new Promise((resolve) => (press = resolve))])
  const first = confirm(question)
  expect(await confirm(question)).toBe(false)
  press(1)
  expect(await first).toBe(true)
  expect(shown).toHaveLength(1)
})

test('after a no it is quiet for a while', async () => {
  const { confirm, shown, time } = opened([Promise.resolve(0), Promise.resolve(1)])
  expect(await confirm(question)).toBe(false)
  time.now = limits.quietAfterNoMs - 1
  expect(await confirm(question)).toBe(false)
  expect(shown).toHaveLength(1)
  time.now = limits.quietAfterNoMs
  expect(await confirm(question)).toBe(true)
})

test('names stay on their line and short, imports and exports say what they are about', async () => {
  const { confirm, shown } = opened([Promise.resolve(1), Promise.resolve(1), Promise.resolve(1)], 'de')
  const name = `x\n\nAlles in Ordnung.\u202e${'y'.repeat(5_000)}`
  await confirm({ ...question, destinations: [{ kind: 'certificate-file', name }] })
  await confirm({ kind: 'export', profiles: [name] })
  const changes = Array.from({ length: 20 }, (_one, at) => ({ profile: name, path: `settings.${at}`, after: name }))
  await confirm({ kind: 'import', changes })
  for (const { detail = '' } of shown) {
    expect(detail).not.toContain('\u202e')
    expect(detail).not.toMatch(/^Alles in Ordnung/m)
    expect(detail.length).toBeLessThan(7_000)
  }
  expect(shown[2]?.detail).toContain('… und 8 weitere')
})
