/** Runs a command of the connector against the embedded Exchange, as a host would. */
import { createConnector } from '../../../src/core/createConnector.ts'
import { secretFrom } from '../../../src/core/auth/secret.ts'
import type { RunEvent, RunResult } from '../../../src/core/runs/events.ts'
import type { CheckReach, PermissionModel } from '../../../src/core/registration/models.ts'
import { settingsSchema, type Settings } from '../../../src/core/settings/settings.ts'
import type { DemoExchange, Typed } from '../../../src/demo/index.ts'

export type DemoRun = { result: RunResult; events: RunEvent[]; questions: string[]; crashes: unknown[] }

export type DemoRunOptions = {
  typed?: Partial<Typed>
  settings?: Partial<Settings>
  consent?: boolean
  signal?: AbortSignal
  timeoutMs?: number
  onEvent?: (event: RunEvent) => void
}

/** The settings and secrets that the admin of a scenario types. */
export function typedRequest(
  demo: Pick<DemoExchange, 'typed' | 'connectTo' | 'dns' | 'caPem'>,
  o: DemoRunOptions = {},
) {
  const typed = { ...demo.typed, ...o.typed }
  const settings = settingsSchema.parse({
    email: typed.email,
    userName: typed.userName ?? '',
    tenantId: typed.tenantId ?? '',
    clientId: typed.clientId ?? '',
    ewsUrl: typed.ewsUrl ?? '',
    ewsUrlOrigin: typed.ewsUrl === undefined ? 'none' : typed.ewsUrlImported === true ? 'imported' : 'typed',
    ...(typed.auth === undefined ? {} : { auth: typed.auth }),
    ...(typed.ewsVersion === undefined ? {} : { ewsVersion: typed.ewsVersion }),
    network: {
      connectTo: demo.connectTo,
      dns: demo.dns,
      extraCa: demo.caPem,
      proxy: typed.proxy ?? '',
      expectThumbprint: typed.expectThumbprint ?? '',
      worksInBrowser: typed.worksInBrowser ?? false,
      timeoutMs: o.timeoutMs ?? (typed.timeoutSeconds ?? 20) * 1_000,
    },
    ...o.settings,
  })
  return {
    settings,
    secrets: { password: secretFrom(typed.password), clientSecret: secretFrom(typed.clientSecret) },
    second: { userName: typed.secondUserName, mailbox: typed.secondMailbox },
  }
}

/** `command`: a button, or how far a check of the guide goes and for which model. */
export async function runDemo(
  command: 'locate' | 'test' | { reach: CheckReach; model: PermissionModel },
  demo: Pick<DemoExchange, 'typed' | 'connectTo' | 'dns' | 'caPem'> & { slow?: boolean },
  o: DemoRunOptions = {},
): Promise<DemoRun> {
  const crashes: unknown[] = []
  const events: RunEvent[] = []
  const questions: string[] = []
  const connector = createConnector({
    version: '0.0.0',
    systemCas: [],
    environment: demo.typed.environment ?? {},
    // Long enough for a loaded machine, and a fraction of what a person waits.
    ...(demo.slow === true ? { waits: { dnsMs: 600, connectMs: 800, requestMs: 1_200 } } : {}),
    onCrash: (error) => crashes.push(error),
  })
  const options = {
    signal: o.signal ?? new AbortController().signal,
    ask: (question: { host: string }) => {
      questions.push(question.host)
      return Promise.resolve(o.consent ?? false)
    },
  }
  const request = typedRequest(demo, o)
  const run =
    typeof command === 'string'
      ? connector[command](request, options)
      : connector.registration({ ...request, ...command }, options)
  for await (const event of run) {
    events.push(event)
    o.onEvent?.(event)
  }
  const last = events.at(-1)
  if (last?.kind !== 'ended') throw new Error('a run ends with its result')
  return { result: last.result, events, questions, crashes }
}
