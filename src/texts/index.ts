/** The door to every sentence that a person reads: by language, and the words of findings, steps and remarks with facts filled in. */
import type { Facts, Remark, Step } from '../core/evidence/schema.ts'
import type { Finding } from '../core/findings/finding.ts'
import type { FindingWords, Template } from './template.ts'
import { de } from './de.ts'
import { en, type Texts } from './en.ts'
import { withoutUnknown } from './unknown.ts'
import { commandsOf, type Command } from './commands.ts'
import { fill, sentenceOf, type Language } from './format.ts'

export type { Command } from './commands.ts'
export { fill, type Language } from './format.ts'
export type { Texts } from './en.ts'
export type { Template } from './template.ts'

export function textsOf(language: Language): Texts {
  return language === 'de' ? de : en
}

/** A finding in words, filled with its facts. */
export type Words = {
  title: string
  explanation: string
  remedy: string[]
  /** What an administrator runs for it, with the values of the run. */
  commands: Command[]
  /** Who has to act. */
  actor: string
  /** How sure it is: the lead sentence. */
  lead: string
}

/** The words of a finding. One from a newer version, which has no words here, reads as an unknown cause. */
export function wordsOf(finding: Finding, language: Language): Words {
  const { findings, run } = textsOf(language)
  const words = entryOf<FindingWords>(findings, finding.id) ?? findings['cause-unknown']
  const facts = spoken(finding.facts, language)
  const host = ofLoginService.has(finding.id) ? 'Entra ID' : 'Exchange'
  const say = (template: Template): string => whole(template, facts, { language, host })
  return {
    title: say(words.title),
    explanation: say(words.explanation),
    remedy: words.remedy.map(say),
    commands: commandsOf(finding, language),
    actor: run.actors[finding.actor],
    lead: run.confidences[finding.confidence],
  }
}

/** Name of a step, such as "Login with NTLM". */
export function stepNameOf(step: Pick<Step, 'name' | 'target'>, language: Language): string {
  const template = entryOf<string>(textsOf(language).run.steps, step.name) ?? step.name
  const target = entryOf<string>(textsOf(language).run.schemes, step.target ?? '') ?? step.target
  return whole(template, { target }, { language, host: 'Exchange' })
}

/** The one-line summary of a step. */
export function summaryOf(step: Pick<Step, 'summary'>, language: Language): string {
  const template = entryOf<Texts['run']['summaries']['cancelled']>(textsOf(language).run.summaries, step.summary.text)
  return whole(template ?? step.summary.text, spoken(step.summary.facts, language), { language, host: 'Exchange' })
}

/** The message of a remark at a field. */
export function remarkOf(remark: Pick<Remark, 'id' | 'facts'>, language: Language): string {
  const template = entryOf<Texts['run']['remarks']['value-cleaned']>(textsOf(language).run.remarks, remark.id)
  return fill(template ?? remark.id, remark.facts, language)
}

/** Facts as people read them: login methods and steps by name. Everything else stays what it is. */
function spoken(facts: Facts, language: Language): Facts {
  const { schemes, ways } = textsOf(language).run
  const name = (text: string): string => entryOf<string>(schemes, text.toLowerCase()) ?? text
  const said: Facts = { ...facts }
  if (typeof facts['scheme'] === 'string') said['scheme'] = name(facts['scheme'])
  for (const way of ['used', 'other']) {
    const fact = facts[way]
    if (typeof fact === 'string') said[way] = entryOf<string>(ways, fact) ?? fact
  }
  if (Array.isArray(facts['offered'])) said['offered'] = facts['offered'].map(name)
  if (typeof facts['step'] === 'string') {
    const target = typeof facts['target'] === 'string' ? facts['target'] : null
    said['openStep'] = stepNameOf({ name: facts['step'], target }, language)
  }
  return said
}

/** Findings in which the host is that of the login service. */
const ofLoginService: ReadonlySet<string> = new Set([
  'answer-not-from-entra',
  'enterprise-application-missing',
  'login-service-unavailable',
  'tenant-not-found',
  'token-endpoint-redirected',
  'token-requests-throttled',
])

/** Filled, and a whole sentence also where facts are unknown. */
function whole(template: Template, facts: Facts, o: { language: Language; host: string }): string {
  return fill(withoutUnknown(sentenceOf(template, facts, o.language), facts, o), facts, o.language)
}

/** The entry of a table by a key that may not be there. */
function entryOf<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
