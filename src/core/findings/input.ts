/** Stage input: what the fields alone show, before anything is sent. */
import type { Facts } from '../evidence/schema.ts'
import { draft, type Draft } from './draft.ts'
import { isFindingId } from './catalogue.ts'
import { all, ewsSteps, type View } from './view.ts'

export function inputRules(view: View): Draft[] {
  const { input, command } = view.evidence
  const found: Draft[] = []
  for (const remark of input.remarks) {
    if (remark.id === 'password-or-secret-missing') {
      if (command !== 'locate') found.push(missing(view, ['input']))
      continue
    }
    if (remark.id.startsWith('client-certificate-') && remark.severity === 'error') {
      const facts = { ...factsOf(view, {}), reason: remark.id.slice('client-certificate-'.length) }
      found.push(draft('client-certificate-unusable', { path: 'identity', severity: 'error', steps: ['input'], facts }))
      continue
    }
    const wanted = remark.severity === 'error' || remark.id === 'client-secret-is-id'
    if (!wanted || !isFindingId(remark.id)) continue
    found.push(
      draft(remark.id, {
        path: remark.field === 'email' ? 'run' : remark.field === 'ewsUrl' ? 'ews' : 'identity',
        severity: remark.severity,
        confidence: remark.id === 'client-secret-is-id' ? 'likely' : 'observed',
        steps: ['input'],
        facts: factsOf(view, remark.facts),
      }),
    )
  }
  if (
    input.hasClientSecret &&
    input.clientSecretLooksLikeId &&
    !found.some((one) => one.id === 'client-secret-is-id')
  ) {
    found.push(
      draft('client-secret-is-id', {
        path: 'identity',
        severity: 'warning',
        confidence: 'likely',
        steps: ['input'],
        facts: factsOf(view, {}),
      }),
    )
  }
  if (command !== 'locate') {
    const withheld = all(ewsSteps(view), 'login').filter((one) => one.seen.reason === 'no-credentials')
    const asked = withheld[0]
    if (asked !== undefined) found.push(missing(view, [asked.step.id], asked.seen.offered))
  }
  return found
}

function missing(view: View, steps: string[], offered: string[] = []): Draft {
  const host = view.ewsHost
  return draft('credentials-missing', { path: 'ews', host, steps, facts: { host, offered } })
}

function factsOf(view: View, facts: Facts): Facts {
  const { email, tenantId, clientId } = view.evidence.input
  return { email, tenant: tenantId, clientId, ...facts }
}
