/** The specification of the dialog on the desktop program. */
import { beforeAll } from 'vitest'
import { watch } from '../e2e/pages.ts'
import { describeDialog } from '../e2e/specification.ts'
import { buildProgram, dialogReady, openDesktop } from './desktop.ts'
import { describeHosts } from './hosts.ts'

beforeAll(buildProgram, 90_000)

describeHosts('hosts', (host) => {
  describeDialog(`the dialog on ${host.name}`, async (exchange) => {
    const { page, close } = await openDesktop(host, { network: exchange })
    try {
      // A reload would cut off the first load.
      await dialogReady(page)
      await page.emulateMedia({ reducedMotion: 'reduce' })
      // From the next document on, so there is one.
      await watch(page)
      await page.reload()
      await dialogReady(page)
      return { page, close }
    } catch (error) {
      await close()
      throw error
    }
  })
})
