/**
 * The pictures of the documentation (docs/screenshots), each as the way to its state. The dialog is the built one; behind it stands the real
 * connector against the embedded Exchange, and for automatic connections, whose states take hours, the scripted client of the preview.
 * What differs from run to run (the clock, durations, the certificate that is made anew) is set to fixed values, so that a picture
 * changes when the dialog does.
 */
import type { Browser, Page } from 'playwright-core'
import type { Connector, RunOptions } from '../../src/core/connector.ts'
import { judge } from '../../src/core/findings/judge.ts'
import type { ConsentQuestion, RunEvent, RunResult } from '../../src/core/runs/events.ts'
import type { Phase, Step } from '../../src/core/evidence/schema.ts'
import { startDemo, type ScenarioId } from '../../src/demo/index.ts'
import { openBrowserHost } from '../e2e/openHost.ts'
import { openPage, type PageOptions } from '../e2e/pages.ts'
import { readPng, writePng } from './png.ts'

export type PictureLanguage = 'de' | 'en'
type Words = { de: string; en: string }

type Shot = {
  name: string
  language: PictureLanguage
  page: PageOptions
  /** The world behind the dialog; `preview`: made-up connections. */
  world: ScenarioId | 'preview'
  /** Leads to the state that is shown. */
  walk: (page: Page, language: PictureLanguage, world: World) => Promise<void>
  /** Only this part of the page. */
  part?: string
}

type World = { type: () => Promise<void>; ewsUrl: string }

const now = new Date('2026-11-24T09:30:00.000Z')
const wide = { width: 1160, height: 800 }
const narrow = { width: 430, height: 900 }

const buttons = {
  locate: { de: 'URL abrufen', en: 'Get URL' },
  test: { de: 'Verbindung testen', en: 'Test connection' },
} satisfies Record<string, Words>

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click()

/** The focus ring of what was pressed says nothing in a picture. */
const unfocus = (page: Page): Promise<void> => page.getByRole('heading', { level: 1 }).click()

/** What the admin of the scenario types, then one of the two buttons, to its end. */
const run =
  (button: 'locate' | 'test'): Shot['walk'] =>
  async (page, language, world) => {
    await world.type()
    if (button === 'test') await page.locator('#field-ewsUrl').fill(world.ewsUrl)
    await press(page, buttons[button][language])
    await page.locator('.banner').waitFor()
    await page.locator('.state-running').waitFor({ state: 'detached' })
    await page.locator('.facts, .verdict').first().waitFor()
    await unfocus(page)
    await page.locator('#field-email').evaluate((field) => field.closest('.group')?.scrollIntoView({ block: 'end' }))
    // One below the other, the result is what the picture is about.
    const size = page.viewportSize()
    if (size !== null && size.width < 700)
      await page.locator('.banner').evaluate((banner) => {
        banner.scrollIntoView({ block: 'start' })
        document.scrollingElement?.scrollBy(0, -260)
      })
  }

const consent: Shot['walk'] = async (page, language, world) => {
  await world.type()
  await press(page, buttons.locate[language])
  await page.getByRole('alertdialog').waitFor()
}

const section =
  (name: Words, then: (page: Page, language: PictureLanguage) => Promise<void>): Shot['walk'] =>
  async (page, language) => {
    await press(page, name[language])
    await then(page, language)
    await unfocus(page)
  }

const registration = section({ de: 'App-Registrierung', en: 'App registration' }, async (page) => {
  await page.locator('#guide-steps-title').waitFor()
})

const diagnosis = section({ de: 'Diagnose', en: 'Diagnosis' }, async (page, language) => {
  await page
    .locator('#diagnosis-text')
    .fill("AADSTS7000222: The provided client secret keys for app 'c3a1f6de-0b57-4d0b-8a52-6f1f5f0d9e77' are expired.")
  await press(page, language === 'de' ? 'Diagnostizieren' : 'Diagnose')
  await page.locator('#diagnosis-result .verdict').waitFor()
})

const connections = section({ de: 'Verbindungen', en: 'Connections' }, (page) => page.getByRole('table').waitFor())

const policy: Shot['walk'] = async (page, language) => {
  await page.getByText(language === 'de' ? 'Zeitverzögerung' : 'Time delay', { exact: true }).click()
  await page.locator('.timeline').first().waitFor()
  await unfocus(page)
}

type Look = { size?: PageOptions; dark?: true; part?: string }

/** One picture in each language; `dark` names the language that is shown dark. */
function both(name: string, world: Shot['world'], walk: Shot['walk'], looks: Record<PictureLanguage, Look>): Shot[] {
  return (['de', 'en'] as const).map((language) => {
    const { size = wide, dark, part } = looks[language]
    const look: PageOptions = { ...size, colorScheme: dark === true ? 'dark' : 'light', locale: language, now }
    return { name: `${name}-${language}`, language, page: look, world, walk, ...(part === undefined ? {} : { part }) }
  })
}

const tall = { width: 1160, height: 1000 }
const tallest = { width: 1160, height: 2600 }

/** Files of docs/screenshots, without their ending. */
export const pictures: readonly Shot[] = [
  ...both('works', 'healthy-on-prem', run('test'), { de: {}, en: {} }),
  ...both('url-found', 'healthy-on-prem', run('locate'), { de: { dark: true }, en: { dark: true } }),
  ...both('online', 'healthy-online', run('test'), { de: {}, en: {} }),
  ...both('wrong-password', 'wrong-password', run('test'), { de: { size: tall }, en: { size: tall, dark: true } }),
  ...both('narrow', 'expired-secret', run('test'), { de: { size: narrow, dark: true }, en: { size: narrow } }),
  ...both('consent', 'foreign-redirect', consent, {
    de: { size: { width: 720, height: 860 } },
    en: { size: { width: 720, height: 860 } },
  }),
  ...both('diagnosis', 'healthy-on-prem', diagnosis, { de: { size: tall }, en: { size: tall } }),
  ...both('registration', 'healthy-online', registration, { de: { size: tall }, en: { size: tall } }),
  ...both('connections', 'preview', connections, { de: {}, en: { dark: true } }),
  ...both('policy', 'preview', policy, {
    de: { size: tallest, part: 'fieldset:has(#policy-every)' },
    en: { size: tallest, part: 'fieldset:has(#policy-every)' },
  }),
]

/** Opens the state of a picture in a page of its own and photographs it, as a small PNG. */
export async function take(
  shot: Shot,
  o: { browser: Browser; rendererDir: string; previewUrl: () => Promise<string> },
): Promise<Uint8Array> {
  return shot.world === 'preview' ? takePreview(shot, o) : takeHost(shot, shot.world, o)
}

async function takePreview(
  shot: Shot,
  o: { browser: Browser; previewUrl: () => Promise<string> },
): Promise<Uint8Array> {
  const page = await openPage(o.browser, shot.page)
  try {
    const script = { language: shot.language, settings: 'saved' }
    await page.goto(`${await o.previewUrl()}?script=${encodeURIComponent(JSON.stringify(script))}`)
    await page.locator('#policy-every').waitFor()
    await shot.walk(page, shot.language, { type: () => Promise.resolve(), ewsUrl: '' })
    return await photograph(page, shot)
  } finally {
    await page.context().close()
  }
}

async function takeHost(
  shot: Shot,
  scenario: ScenarioId,
  o: { browser: Browser; rendererDir: string },
): Promise<Uint8Array> {
  const exchange = await startDemo({ scenario })
  try {
    const host = await openBrowserHost({
      browser: o.browser,
      rendererDir: o.rendererDir,
      language: shot.language,
      networkDefaults: { connectTo: exchange.connectTo, dns: exchange.dns, extraCa: exchange.caPem },
      page: shot.page,
      clock: () => now,
      around: steady,
    })
    try {
      const { page } = host
      const type = async (): Promise<void> => {
        for (const name of ['email', 'userName', 'password', 'tenantId', 'clientId', 'clientSecret'] as const) {
          const value = exchange.typed[name] ?? ''
          if (value !== '') await page.locator(`#field-${name}`).fill(value)
        }
      }
      await shot.walk(page, shot.language, { type, ewsUrl: exchange.typed.ewsUrl ?? exchange.ewsUrl ?? '' })
      return await photograph(page, shot)
    } finally {
      await host.close()
    }
  } finally {
    await exchange.stop()
  }
}

async function photograph(page: Page, { part }: Shot): Promise<Uint8Array> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  const bytes = part === undefined ? await page.screenshot() : await page.locator(part).first().screenshot()
  return writePng(readPng(bytes))
}

/** Durations as they are on a machine that is not busy. */
const usual: Readonly<Record<Phase, number>> = {
  input: 1,
  names: 12,
  discovery: 24,
  transport: 18,
  token: 96,
  login: 31,
  mailbox: 14,
}

const steadyStep = (step: Step): Step => ({ ...step, startedMs: 0, ms: usual[step.phase] })

function steadyResult({ ok, evidence }: RunResult): RunResult {
  const steps = evidence.steps.map(steadyStep)
  const seen = { ...evidence, startedAt: now.toISOString(), ms: 240, steps }
  return { ok, evidence: seen, findings: judge(seen) }
}

function steadyEvent(event: RunEvent): RunEvent {
  if (event.kind === 'step-ended') return { ...event, step: steadyStep(event.step) }
  if (event.kind === 'ended') return { ...event, result: steadyResult(event.result) }
  return event
}

function steadyQuestion(question: ConsentQuestion): ConsentQuestion {
  if (question.certificate === null) return question
  const sha256 = Array.from({ length: 32 }, (_none, at) => ((at * 37 + 95) % 256).toString(16).padStart(2, '0'))
  const certificate = {
    ...question.certificate,
    validFrom: '2026-03-01T00:00:00.000Z',
    validTo: '2027-03-01T00:00:00.000Z',
    sha256: sha256.join(':').toUpperCase(),
  }
  return { ...question, certificate }
}

/** A connector whose runs look the same every time. */
function steady(connector: Connector): Connector {
  async function* same(events: AsyncIterable<RunEvent>): AsyncGenerator<RunEvent, void, void> {
    for await (const event of events) yield steadyEvent(event)
  }
  const asking = (options: RunOptions): RunOptions => ({
    ...options,
    ask: (question) => options.ask(steadyQuestion(question)),
  })
  return {
    ...connector,
    locate: (request, options) => same(connector.locate(request, asking(options))),
    test: (request, options) => same(connector.test(request, asking(options))),
  }
}
