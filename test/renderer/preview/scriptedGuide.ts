/**
 * The guide of a window that is tried without a host: its steps are those of the product's table, its state is kept in memory. Nothing
 * here brings the schema library, which the policy of a window does not let in.
 */
import { scriptsOf, stepsOf, stepTable } from '../../../src/core/registration/models.ts'
import type { RunEvent } from '../../../src/contract/contract.ts'
import type { GuideState, GuideStep, PermissionModel, Script, StepCheck } from '../../../src/contract/guide.ts'
import type { Client } from '../../../src/renderer/client.ts'

type Known = {
  model: PermissionModel | null
  ticked: ReadonlySet<GuideStep>
  checks: ReadonlyMap<GuideStep, StepCheck>
}

function stateOf({ model, ticked, checks }: Known): GuideState {
  const shown = model ?? 'all'
  return {
    model: shown,
    chosen: model !== null,
    scripts: scriptsOf(shown),
    online: null,
    steps: stepsOf(shown).map((id) => ({
      id,
      fields: [...stepTable[id].fields],
      reach: stepTable[id].reach,
      portal: stepTable[id].portal,
      scripts: stepTable[id].scripts.filter((format) => scriptsOf(shown).includes(format)),
      ticked: ticked.has(id),
      check: checks.get(id) ?? null,
    })),
  }
}

/** `play`: the run that a check is. After it the step counts as passed or failed, as the run says. */
export function scriptedGuide(play: (signal: AbortSignal | undefined) => AsyncIterable<RunEvent>): Client['guide'] {
  let known: Known = { model: null, ticked: new Set(), checks: new Map() }
  const after = (step: GuideStep, { result }: Extract<RunEvent, { kind: 'ended' }>) => {
    const { tenantId, clientId } = result.evidence.input
    const [first] = result.findings
    const check: StepCheck = {
      outcome: result.ok ? 'passed' : 'failed',
      finding: result.ok ? null : (first?.id ?? null),
      note: null,
      because: null,
      at: result.evidence.startedAt,
      tenantId,
      clientId,
      passedAt: null,
    }
    known = { ...known, checks: new Map([...known.checks, [step, check]]) }
  }
  return {
    state: () => Promise.resolve(stateOf(known)),
    choose: ({ model }) => {
      known = { ...known, model }
      return Promise.resolve(stateOf(known))
    },
    tick: ({ step, ticked }) => {
      const others = [...known.ticked].filter((one) => one !== step)
      known = { ...known, ticked: new Set(ticked ? [...others, step] : others) }
      return Promise.resolve(stateOf(known))
    },
    script: ({ format }): Promise<Script> =>
      Promise.resolve({
        format,
        fileName: `${format}.ps1`,
        escapes: {},
        lines: [
          { kind: 'comment', id: 'register', facts: {}, indent: 0 },
          { kind: 'code', text: "$app = New-MgApplication -DisplayName 'EWS Setup' -SignInAudience 'AzureADMyOrg'" },
        ],
      }),
    openPortal: () => Promise.resolve({ known: true }),
    check: ({ step }, options) => {
      async function* watched(): AsyncGenerator<RunEvent, void, void> {
        for await (const event of play(options?.signal)) {
          if (event.kind === 'ended') after(step, event)
          yield event
        }
      }
      return Promise.resolve(watched())
    },
  }
}
