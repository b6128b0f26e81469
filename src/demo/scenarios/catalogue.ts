// The scenarios by id, in groups: each is the healthy company with one thing changed. What a correct client concludes is written beside each.

import { autodiscoverScenarios } from './autodiscover.ts'
import { clockScenarios } from './clock.ts'
import { ewsScenarios } from './ews.ts'
import { healthyScenarios } from './healthy.ts'
import { identityScenarios } from './identity.ts'
import { inputScenarios } from './input.ts'
import { loginScenarios } from './login.ts'
import { mailboxScenarios } from './mailbox.ts'
import { nameScenarios } from './names.ts'
import type { Builder, Given, Plan } from './plan.ts'
import { proxyScenarios } from './proxy.ts'
import { runScenarios } from './run.ts'
import { tokenScenarios } from './token.ts'
import { transportScenarios } from './transport.ts'
import { lostScenarios, wayScenarios } from './way.ts'

/** In the order in which a run meets them. */
const groups = {
  healthy: healthyScenarios,
  input: inputScenarios,
  way: { ...wayScenarios, ...nameScenarios, ...transportScenarios, ...proxyScenarios, ...clockScenarios },
  autodiscover: { ...lostScenarios, ...autodiscoverScenarios },
  identity: identityScenarios,
  token: tokenScenarios,
  login: loginScenarios,
  ews: ewsScenarios,
  mailbox: mailboxScenarios,
  run: runScenarios,
} as const

export type ScenarioGroup = keyof typeof groups
type IdsOf<G> = G extends ScenarioGroup ? keyof (typeof groups)[G] & string : never
export type ScenarioId = IdsOf<ScenarioGroup>

const builders: Readonly<Record<ScenarioId, Builder>> = {
  ...groups.healthy,
  ...groups.input,
  ...groups.way,
  ...groups.autodiscover,
  ...groups.identity,
  ...groups.token,
  ...groups.login,
  ...groups.ews,
  ...groups.mailbox,
  ...groups.run,
}

const keysOf = <T extends object>(value: T): (keyof T & string)[] => Object.keys(value) as (keyof T & string)[]

/** Ids of the scenarios by their groups. */
export const scenarioGroups: readonly { group: ScenarioGroup; ids: readonly ScenarioId[] }[] = keysOf(groups).map(
  (group) => ({ group, ids: keysOf(groups[group]) }),
)

export const scenarioIds: readonly ScenarioId[] = keysOf(builders)

/** Builds a scenario's plan: pure data and handlers, nothing listens yet. */
export function planScenario(id: ScenarioId, given: Given): Plan {
  return builders[id](given)
}
