/**
 * The product's search as a window runs it: in a process that has searched before, so that the code is warm. What it remembers of a mail domain
 * is left out, by a connector of its own for each press. Prints `{ms, url}` of the last press.
 */
import { readFileSync } from 'node:fs'
import { secretFrom } from '../../../src/core/auth/secret.ts'
import { createConnector } from '../../../src/core/createConnector.ts'
import { settingsSchema } from '../../../src/core/settings/settings.ts'

const order = JSON.parse(process.argv[2] ?? '{}') as {
  email: string
  userName: string
  password: string
  presses: number
  caFile: string
}

const { network } = settingsSchema.parse({ network: {} })
const request = {
  settings: settingsSchema.parse({
    email: order.email,
    userName: order.userName,
    network: { ...network, extraCa: readFileSync(order.caFile, 'utf8') },
  }),
  secrets: { password: secretFrom(order.password) },
}
const hasNobodyToAsk = { signal: new AbortController().signal, ask: () => Promise.resolve(false) }

async function press(): Promise<{ ms: number; url: string | null }> {
  const connector = createConnector({ version: '0', systemCas: [], environment: {} })
  for await (const event of connector.locate(request, hasNobodyToAsk))
    if (event.kind === 'ended') return { ms: event.result.evidence.ms, url: event.result.evidence.ewsUrl }
  throw new Error('the search did not end')
}

let last = await press()
for (let count = 1; count < order.presses; count += 1) last = await press()
process.stdout.write(`${JSON.stringify(last)}\n`)
process.exit(0)
