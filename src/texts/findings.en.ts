/** English words of all findings. */
import type { FindingId } from '../core/findings/catalogue.ts'
import type { FindingWords } from './template.ts'
import { wayFindings } from './findings.way.en.ts'
import { identityFindings } from './findings.identity.en.ts'
import { discoveryFindings } from './findings.discovery.en.ts'
import { attemptFindings } from './findings.attempts.en.ts'
import { ewsFindings } from './findings.ews.en.ts'

export const findings: Readonly<Record<FindingId, FindingWords>> = {
  ...wayFindings,
  ...identityFindings,
  ...discoveryFindings,
  ...ewsFindings,
  ...attemptFindings,
}
