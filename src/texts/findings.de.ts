/** German words of all findings. */
import type { FindingId } from '../core/findings/catalogue.ts'
import type { FindingWords } from './template.ts'
import { wayFindings } from './findings.way.de.ts'
import { identityFindings } from './findings.identity.de.ts'
import { discoveryFindings } from './findings.discovery.de.ts'
import { attemptFindings } from './findings.attempts.de.ts'
import { ewsFindings } from './findings.ews.de.ts'

export const findings: Readonly<Record<FindingId, FindingWords>> = {
  ...wayFindings,
  ...identityFindings,
  ...discoveryFindings,
  ...ewsFindings,
  ...attemptFindings,
}
