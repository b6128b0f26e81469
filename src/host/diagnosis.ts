/** The diagnosis of a window: its part of the router. The core is loaded at the first use; nothing is kept. */
import { implement } from '@orpc/server'
import { contract } from '../contract/contract.ts'
import type { WindowContext } from './windowContext.ts'

export function diagnosisRouter({ version, clock }: { version: string; clock: () => Date }) {
  const os = implement(contract).$context<WindowContext>()
  return {
    explain: os.diagnosis.explain.handler(async ({ input }) => {
      const { explainBytes } = await import('../core/files/explained.ts')
      return explainBytes(Buffer.from(input.content, 'base64'), { now: clock(), version })
    }),
  }
}
