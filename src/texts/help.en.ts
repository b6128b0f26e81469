/** English help on all findings. */
import type { FindingId } from '../core/findings/catalogue.ts'
import type { Help, HelpWords } from './help.ts'
import { withSources } from './help.sources.ts'
import { wayHelp } from './help.way.en.ts'
import { identityHelp } from './help.identity.en.ts'
import { discoveryHelp } from './help.discovery.en.ts'
import { attemptHelp } from './help.attempts.en.ts'
import { ewsHelp } from './help.ews.en.ts'

const words: Readonly<Record<FindingId, HelpWords>> = {
  ...wayHelp,
  ...identityHelp,
  ...discoveryHelp,
  ...ewsHelp,
  ...attemptHelp,
}

export const help: Help = withSources(words, 'en')
