/** German help on all findings. */
import type { FindingId } from '../core/findings/catalogue.ts'
import type { Help, HelpWords } from './help.ts'
import { withSources } from './help.sources.ts'
import { wayHelp } from './help.way.de.ts'
import { identityHelp } from './help.identity.de.ts'
import { discoveryHelp } from './help.discovery.de.ts'
import { attemptHelp } from './help.attempts.de.ts'
import { ewsHelp } from './help.ews.de.ts'

const words: Readonly<Record<FindingId, HelpWords>> = {
  ...wayHelp,
  ...identityHelp,
  ...discoveryHelp,
  ...ewsHelp,
  ...attemptHelp,
}

export const help: Help = withSources(words, 'de')
