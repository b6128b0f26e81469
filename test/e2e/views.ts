/**
 * Every view and state of the window, one row each: which script the window is opened with, and what is pressed until the state is there.
 * The accessibility tests go through this table. A new section, dialog or overlay gets its row here; `views.test.ts` says so when it has none.
 */
import type { Locator, Page } from 'playwright-core'
import type { Language } from '../../src/contract/contract.ts'
import type { SectionId } from '../../src/renderer/sections.tsx'
import { addresses as addressesDe } from '../../src/texts/addresses.de.ts'
import { addresses as addressesEn } from '../../src/texts/addresses.en.ts'
import { textsOf, type Texts } from '../../src/texts/index.ts'
import { guide as guideDe } from '../../src/texts/registration/guide.de.ts'
import { guide as guideEn, type GuideWords } from '../../src/texts/registration/guide.en.ts'
import type { Script } from '../renderer/preview/scriptedClient.ts'

/** What an `open` has at hand: the page, the words that are on it, and the presses that most views need. */
export type Stage = {
  page: Page
  texts: Texts & { addresses: typeof addressesEn; guide: GuideWords }
  press: (name: string | RegExp) => Promise<void>
  chooseFile: (name: string) => Promise<void>
}

export type View = {
  id: string
  /** `window`: what surrounds the sections. */
  section: SectionId | 'window'
  script?: Partial<Script>
  open?: (stage: Stage) => Promise<void>
  /** Is there when the view is. */
  shows: string
  /** Files below `src/renderer` whose dialog or other overlay is open in this view. */
  overlays?: readonly string[]
}

const saved = { settings: 'saved' } as const

const banner = '#result .banner'

async function connect({ press, texts }: Stage): Promise<void> {
  await press(texts.dialog.actions.test)
}

/** Opens every fold of the page: phases by their button, proofs and help by theirs. */
async function unfold({ page, press, texts }: Stage, root: string): Promise<void> {
  await press(texts.dialog.steps.expandAll)
  await page.locator(root).evaluate((element) => {
    for (const fold of element.querySelectorAll('details')) fold.open = true
  })
  await page.locator(`${root} .evidence`).first().waitFor()
  const folded = page.locator(`${root} .help-button[aria-expanded=false]`)
  while ((await folded.count()) > 0) await folded.first().click()
  await page.locator(`${root} .help-text ul`).first().waitFor()
}

const openProfiles = ({ press }: Stage) => press(/^Profil/)
const openConnection = (mailbox: string) => async (stage: Stage) => {
  await stage.page.locator('.table tbody').getByRole('button', { name: mailbox }).click()
}

async function oneAddress({ page }: Stage): Promise<void> {
  await page.locator('.address-row').first().click()
}

async function diagnose({ page }: Stage, text: string): Promise<void> {
  await page.locator('#diagnosis-text').fill(text)
  await page.locator('.diagnosis-actions .primary').click()
}

export const views: readonly View[] = [
  // The window around the sections.
  {
    id: 'the host is not there',
    section: 'window',
    script: { broken: 'start' },
    shows: 'main [role=alert] button',
  },
  {
    id: 'a section that crashed',
    section: 'window',
    script: { ...saved, broken: 'connections' },
    open: ({ press, texts }) => press(texts.dialog.sections.connections.tab),
    shows: '.section [role=alert] button',
  },
  {
    id: 'profiles',
    section: 'window',
    script: saved,
    open: openProfiles,
    shows: '.profile-line[data-selected]',
    overlays: ['features/profiles/ProfileSwitcher.tsx'],
  },
  {
    id: 'profiles, no hit',
    section: 'window',
    script: saved,
    open: async (stage) => {
      await openProfiles(stage)
      await stage.page.getByRole('searchbox').fill('nobody')
    },
    shows: '.profile-list .hint',
    overlays: ['features/profiles/ProfileSwitcher.tsx'],
  },
  {
    id: 'profiles, a name',
    section: 'window',
    script: saved,
    open: async (stage) => {
      await openProfiles(stage)
      await stage.press(stage.texts.dialog.manage.switcher.rename)
    },
    shows: '.dialog-form input',
    overlays: ['features/profiles/ProfileSwitcher.tsx'],
  },
  {
    id: 'profiles, deletion',
    section: 'window',
    script: saved,
    open: async (stage) => {
      await openProfiles(stage)
      await stage.page.getByRole('option').last().click()
      await stage.press(stage.texts.dialog.manage.switcher.remove)
    },
    shows: '.dialog .button.danger',
    overlays: ['features/profiles/ProfileSwitcher.tsx'],
  },
  {
    id: 'profiles, unsaved changes',
    section: 'window',
    script: saved,
    open: async (stage) => {
      await stage.page.locator('#field-userName').fill('CONTOSO\\anna')
      await openProfiles(stage)
      await stage.page.getByRole('option').last().click()
      await stage.press(stage.texts.dialog.manage.switcher.select)
    },
    shows: '[role=alertdialog] #unsaved-text',
    overlays: ['features/profiles/UnsavedQuestion.tsx'],
  },
  {
    id: 'every section visited',
    section: 'window',
    script: saved,
    open: async ({ page, press, texts }) => {
      for (const { tab } of Object.values(texts.dialog.sections)) {
        await press(tab)
        await page.locator('.section:not([hidden]) main').waitFor()
      }
      await page.locator('.address-row').first().waitFor({ state: 'attached' })
    },
    shows: '.section:not([hidden]) main',
  },

  // Basics.
  { id: 'basics, first start', section: 'basics', script: { settings: 'new' }, shows: '.form .notice' },
  {
    id: 'basics, filled',
    section: 'basics',
    script: { ...saved, trustedHosts: ['exchange.hoster.example'] },
    shows: '.trusted-hosts',
  },
  {
    id: 'basics, notices and no keychain',
    section: 'basics',
    script: {
      settings: 'online',
      notices: [
        { id: 'settings-damaged', facts: { file: 'config.damaged.json' } },
        { id: 'demo', facts: {} },
      ],
      store: { kind: 'memory', system: 'linux', reason: 'locked' },
    },
    shows: '.form .notice-warning',
  },
  {
    id: 'basics, wrong fields',
    section: 'basics',
    script: { settings: 'new' },
    open: async ({ page, press, texts }) => {
      await page.locator('#field-clientId').fill('x')
      await page.locator('#field-ewsUrl').fill('https://mail.contoso.com/owa')
      await page.locator('#policy-delayed').check()
      await page.locator('#policy-baseMinutes').fill('0')
      await press(texts.dialog.actions.locate)
    },
    shows: '.notice-error li a',
  },
  {
    id: 'basics, more options and a certificate',
    section: 'basics',
    script: { settings: 'new' },
    open: async ({ page }) => {
      await page.locator('#field-clientCredential').selectOption('certificate')
      await page.locator('.more-options > summary').click()
    },
    shows: '#field-ldapSite',
  },
  {
    id: 'basics, policy with its timeline',
    section: 'basics',
    script: saved,
    open: ({ page }) => page.locator('#policy-delayed').check(),
    shows: '#policy-factor',
  },
  {
    id: 'basics, secret to be removed',
    section: 'basics',
    script: saved,
    open: ({ press, texts }) => press(texts.dialog.secret.remove.clientSecret),
    shows: '.saved-secret .danger',
  },
  {
    id: 'basics, run under way',
    section: 'basics',
    script: { ...saved, hold: true },
    open: connect,
    shows: '.phase-line',
  },
  {
    id: 'basics, not saved',
    section: 'basics',
    script: { ...saved, broken: 'save' },
    open: async ({ page, press, texts }) => {
      await page.locator('#field-userName').fill('CONTOSO\\anna')
      await press(texts.dialog.actions.save)
    },
    shows: '.save-line.bad',
  },
  {
    id: 'basics, run stopped',
    section: 'basics',
    script: { ...saved, hold: true },
    open: async (stage) => {
      await connect(stage)
      await stage.page.locator('.phase-line').first().waitFor()
      await stage.page.keyboard.press('Escape')
    },
    shows: banner,
  },
  {
    id: 'basics, it works',
    section: 'basics',
    script: { settings: 'online', test: 'works' },
    open: connect,
    shows: '#result .facts',
  },
  {
    id: 'basics, it fails, everything unfolded',
    section: 'basics',
    script: { ...saved, test: 'password' },
    open: async (stage) => {
      await connect(stage)
      await stage.page.locator(banner).waitFor()
      await unfold(stage, '#result')
    },
    shows: '#result .help-text',
  },
  {
    id: 'basics, nothing found',
    section: 'basics',
    script: { settings: 'new', locate: 'nothing' },
    open: async ({ page, press, texts }) => {
      await page.locator('#field-email').fill('anna@contoso.com')
      await press(texts.dialog.actions.locate)
    },
    shows: '.by-hand',
  },
  {
    id: 'basics, consent',
    section: 'basics',
    script: { ...saved, ask: true },
    open: connect,
    shows: '[role=alertdialog] .consent-facts',
    overlays: ['features/run/ConsentDialog.tsx'],
  },
  {
    id: 'basics, report',
    section: 'basics',
    script: { ...saved, test: 'password' },
    open: async (stage) => {
      await connect(stage)
      await stage.press(stage.texts.dialog.report.save)
    },
    shows: '#report-preview',
    overlays: ['features/run/ReportActions.tsx'],
  },
  {
    id: 'basics, options of the template address',
    section: 'basics',
    script: saved,
    open: ({ press, texts }) => press(texts.dialog.addressGroup.options),
    shows: '.template-menu',
    overlays: ['features/basics/AddressGroup.tsx'],
  },
  {
    id: 'basics, search for the template address',
    section: 'basics',
    script: saved,
    open: async ({ press, texts }) => {
      await press(texts.dialog.addressGroup.options)
      await press(texts.addresses.basics.menu.search)
    },
    shows: '[role=dialog] .address-row',
    overlays: ['features/basics/AddressGroup.tsx'],
  },

  // Connections.
  { id: 'connections, none', section: 'connections', script: { settings: 'new' }, shows: '.connections .empty' },
  { id: 'connections, one in each state', section: 'connections', script: saved, shows: '.table tbody tr' },
  {
    id: 'connections, one that is inactive',
    section: 'connections',
    script: saved,
    open: async (stage) => {
      await openConnection('carl@')(stage)
      await stage.page.locator('.help-button').click()
    },
    shows: '.help-text h4',
  },
  {
    id: 'connections, to be removed',
    section: 'connections',
    script: saved,
    open: async (stage) => {
      await openConnection('berta@')(stage)
      await stage.press(stage.texts.automation.connections.remove)
    },
    shows: '.bar .danger',
  },
  {
    id: 'connections, form with an own policy',
    section: 'connections',
    script: saved,
    open: async (stage) => {
      await openConnection('carl@')(stage)
      await stage.press(stage.texts.automation.connections.edit)
      await stage.page.locator('#connection-baseMinutes').fill('0')
    },
    shows: '#connection-baseMinutes-problem',
  },
  {
    id: 'connections, import of a list',
    section: 'connections',
    script: saved,
    open: async ({ page, press, texts }) => {
      await press(texts.automation.connections.importList)
      await page.locator('#list-text').fill('otto@contoso.com\nanna@contoso.com\nno address')
    },
    shows: '.preview .left-out',
  },

  // App registration.
  {
    id: 'registration, on a first start',
    section: 'registration',
    script: { settings: 'new' },
    shows: '#guide-step-register',
  },
  {
    id: 'registration, chosen mailboxes',
    section: 'registration',
    script: saved,
    open: async ({ page }) => {
      await page.locator('#guide-model-some').check()
      await page.locator('#guide-step-register').getByRole('checkbox').check()
      await page.locator('#script-format').selectOption('exchange-online')
    },
    shows: '#script-mailboxes',
  },
  {
    id: 'registration, own servers',
    section: 'registration',
    script: saved,
    open: ({ page }) => page.locator('#guide-model-on-premises').check(),
    shows: '#guide-step-directories',
  },
  {
    id: 'registration, a check under way',
    section: 'registration',
    script: { ...saved, hold: true },
    open: ({ page, texts }) =>
      page.locator('#guide-step-secret').getByRole('button', { name: texts.guide.check.run }).click(),
    shows: '#guide-step-secret .icon-spinner',
  },
  {
    id: 'registration, a check that failed',
    section: 'registration',
    script: { ...saved, test: 'password' },
    open: async ({ page, texts }) => {
      await page.locator('#guide-step-secret').getByRole('button', { name: texts.guide.check.run }).click()
      await page.locator('.check-finding').waitFor()
      await page.locator('#guide-step-secret, .retirement').evaluateAll((all) => {
        for (const one of all) for (const fold of one.querySelectorAll('details')) fold.open = true
      })
    },
    shows: '#guide-step-secret .seen-steps',
  },

  // Addresses.
  { id: 'addresses, none', section: 'addresses', script: { settings: 'new' }, shows: '.address-picker > p' },
  { id: 'addresses, a list', section: 'addresses', script: saved, shows: '.address-row' },
  {
    id: 'addresses, one with everything',
    section: 'addresses',
    script: saved,
    open: oneAddress,
    shows: '.address-preview .address-facts',
  },
  {
    id: 'addresses, to be deleted',
    section: 'addresses',
    script: saved,
    open: async (stage) => {
      await oneAddress(stage)
      await stage.press(stage.texts.addresses.dialog.delete)
    },
    shows: '.notice-warning .danger',
  },
  {
    id: 'addresses, from a file',
    section: 'addresses',
    script: saved,
    open: async ({ press, texts, chooseFile }) => {
      await press(texts.addresses.dialog.import)
      await chooseFile('addresses.csv')
    },
    shows: '.result-column .remark-error',
  },
  {
    id: 'addresses, what a transfer would change',
    section: 'addresses',
    script: saved,
    open: async ({ page, press, texts }) => {
      await page.locator('.address-row').first().waitFor()
      await press(texts.addresses.dialog.transfer)
      await press(texts.addresses.dialog.dryRun)
      await page.locator('.address-items summary').first().click()
    },
    shows: '.address-items .remark',
  },
  {
    id: 'addresses, from Exchange',
    section: 'addresses',
    script: saved,
    open: async ({ press, texts }) => {
      await press(texts.addresses.dialog.fromExchange)
      await press(texts.addresses.dialog.readNow)
    },
    shows: '.address-sides',
  },

  // Diagnosis.
  { id: 'diagnosis, empty', section: 'diagnosis', shows: '#diagnosis-text' },
  {
    id: 'diagnosis, not recognised',
    section: 'diagnosis',
    open: (stage) => diagnose(stage, 'prose'),
    shows: '#diagnosis-result [role=alert]',
  },
  {
    id: 'diagnosis, judged, everything unfolded',
    section: 'diagnosis',
    open: async (stage) => {
      await diagnose(stage, 'HTTP/1.1 401 Unauthorized')
      await stage.page.locator('#diagnosis-result .banner').waitFor()
      await unfold(stage, '#diagnosis-result')
    },
    shows: '#diagnosis-result .help-text ul',
  },

  // Export and import.
  { id: 'transfer', section: 'transfer', script: saved, shows: '#export-format' },
  {
    id: 'transfer, sealed, passphrases differ',
    section: 'transfer',
    script: saved,
    open: async ({ page, press, texts }) => {
      await page.locator('.manage select').first().selectOption('sealed')
      await page.locator('.manage input[type=password]').first().fill('eins')
      await press(texts.dialog.manage.transfer.download)
    },
    shows: '.manage [role=alert]',
  },
  {
    id: 'transfer, differences of an import',
    section: 'transfer',
    script: saved,
    open: async ({ page, chooseFile }) => {
      await chooseFile('customer.json')
      await page.locator('.differences .checkbox').first().click()
    },
    shows: '.differences .checkbox[data-selected]',
  },
  {
    id: 'transfer, an import to be taken back',
    section: 'transfer',
    script: saved,
    open: async ({ press, texts, chooseFile }) => {
      await chooseFile('customer.json')
      await press(texts.dialog.manage.transfer.apply)
    },
    shows: '.manage .notice button',
  },

  // Many at once.
  { id: 'many, before the start', section: 'many', script: saved, shows: '.number-field' },
  {
    id: 'many, a list as the source',
    section: 'many',
    script: saved,
    open: ({ page, texts }) => page.getByText(texts.dialog.manage.many.sources.csv, { exact: true }).click(),
    shows: '.section:not([hidden]) input[type=file]',
  },
  {
    id: 'many, under way',
    section: 'many',
    script: { ...saved, hold: true },
    open: ({ press, texts }) => press(texts.dialog.manage.many.start),
    shows: '.many-state.bad',
  },
  {
    id: 'many, ended',
    section: 'many',
    script: saved,
    open: ({ press, texts }) => press(texts.dialog.manage.many.start),
    shows: '.many-verdict',
  },
  {
    id: 'about',
    section: 'window',
    open: async ({ page, press, texts }) => {
      await press(texts.dialog.about)
      await page.locator('.about .consent-facts').waitFor()
      await page.locator('.about button.button:not(.quiet):not(.primary)').first().click()
    },
    shows: '.about .card-actions .primary',
    overlays: ['features/about/AboutDialog.tsx'],
  },
]

export function stageOf(page: Page, language: Language): Stage {
  return {
    page,
    texts: {
      ...textsOf(language),
      addresses: language === 'de' ? addressesDe : addressesEn,
      guide: language === 'de' ? guideDe : guideEn,
    },
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    chooseFile: (name) =>
      page
        .locator('.section:not([hidden]) input[type=file]')
        .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from('x') }),
  }
}

/** Shows a view on a page of the preview at `url`; it is there when this returns. */
export async function showView(page: Page, url: string, view: View, language: Language): Promise<Stage> {
  const stage = stageOf(page, language)
  await page.goto(`${url}?script=${encodeURIComponent(JSON.stringify({ language, ...view.script }))}`)
  const { section } = view
  if (section !== 'window' && section !== 'basics') await stage.press(stage.texts.dialog.sections[section].tab)
  if (view.script?.broken !== 'start') await page.locator('.section:not([hidden]) .page').first().waitFor()
  await view.open?.(stage)
  const there: Locator = page.locator(view.shows).first()
  await there.waitFor({ state: view.shows.includes('type=file') ? 'attached' : 'visible' })
  return stage
}
