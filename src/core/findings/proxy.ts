/** Stage P: proxies, and gateways that answer in Exchange's place. */
import type { Step } from '../evidence/schema.ts'
import { draft, type Draft } from './draft.ts'
import { all, ewsSteps, hostOfUrl, pathOf, type View } from './view.ts'
import { refusalOf } from './answers.ts'
import { proxyNotUsed } from './otherWay.ts'
import { portalRules } from './portal.ts'

export function proxyRules(view: View): Draft[] {
  return [...connectionRules(view), ...portalRules(view), ...proxyNotUsed(view), ...gatewayRules(view)]
}

function connectionRules(view: View): Draft[] {
  const found: Draft[] = []
  for (const { step, seen } of all(view.evidence.steps, 'connection')) {
    const options = {
      path: pathOf(view, step),
      host: seen.host,
      ...severityIn(view, step),
      steps: [step.id],
      facts: { host: seen.host, code: seen.code },
    }
    if (seen.result === 'proxy-login-required') found.push(draft('proxy-login-required', options))
    if (seen.result === 'proxy-unreachable') found.push(draft('proxy-unreachable', options))
    // A code of the platform instead of a status: the connection to the proxy broke, and nobody answered.
    const broke = seen.result === 'proxy-refused' && !/^\d{3}$/.test(seen.code ?? '')
    if (broke) found.push(draft('proxy-unreachable', options))
    if (seen.result === 'proxy-refused' && !broke) {
      found.push(draft('gateway-answered', { ...options, facts: { host: seen.host, status: seen.code, via: null } }))
    }
  }
  for (const { step, seen } of all(view.evidence.steps, 'http')) {
    if (seen.result !== 'answer' || seen.status !== 407) continue
    const host = hostOfUrl(seen.url)
    const options = { path: pathOf(view, step), host, ...severityIn(view, step), steps: [step.id] }
    found.push(draft('proxy-login-required', { ...options, facts: { host, code: '407' } }))
  }
  return found
}

/** A proxy is in the way of everything: where no URL is known, a candidate that it stopped is an error too. */
function severityIn(view: View, step: Step): { severity?: 'info' } {
  return pathOf(view, step) === 'discovery' && view.urlKnown ? { severity: 'info' } : {}
}

/** 400, 403 and 5xx that do not come from Exchange. */
function gatewayRules(view: View): Draft[] {
  return ewsSteps(view).flatMap((step): Draft[] => {
    const refusal = refusalOf(view, step)
    if (refusal === null || refusal.status === null) return []
    const { status, host, exchange, headers } = refusal
    if (status !== 400 && status !== 403 && status < 500) return []
    const via = headers['via'] ?? headers['server'] ?? null
    const foreign = exchange === 'none' || (exchange === 'half' && headers['via'] !== undefined)
    // 502 and 504 name their cause themselves, a SOAP fault comes from EWS, and IIS signs its own refusals.
    if (!foreign || status === 502 || status === 504 || refusal.isSoap || refusal.signedByIis) return []
    return [draft('gateway-answered', { path: 'ews', host, steps: [step.id], facts: { host, status, via } })]
  })
}
