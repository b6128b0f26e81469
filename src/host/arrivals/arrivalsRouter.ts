/** The part of the contract about what reaches a window from outside it. */
import { implement } from '@orpc/server'
import { arrivalsContract } from '../../contract/arrivals.ts'
import type { WindowContext } from '../windowContext.ts'
import type { Arrivals } from './arrivals.ts'
import { recogniseFile } from './openedFile.ts'

/** `arrivals`: null where nothing arrives but what the window itself brings. */
export function arrivalsRouter(arrivals: Arrivals | null) {
  const os = implement(arrivalsContract).$context<WindowContext>()
  return os.router({
    stream: os.stream.handler(async function* ({ signal }) {
      if (arrivals !== null) yield* arrivals.stream(signal)
    }),
    settle: os.settle.handler(({ input }) => {
      arrivals?.settle(input.id)
      return {}
    }),
    recognise: os.recognise.handler(({ input }) => recogniseFile(Buffer.from(input.content, 'base64'))),
  })
}
