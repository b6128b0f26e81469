/** The built program starts, shows its dialog within its policy, and is as closed as it claims to be. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openChannel, timeCalls } from './channel.ts'
import { buildProgram, dialogReady, openDesktop, type Desktop } from './desktop.ts'
import { builtBundles, describeHosts } from './hosts.ts'
import { complaintsOf } from './startUpCheck.ts'

beforeAll(buildProgram, 90_000)

describeHosts('the start', (host) => {
  test('shows the dialog, and nothing that the check knows is wrong', async () => {
    expect(await complaintsOf(host, builtBundles, 10_000)).toEqual([])
  }, 30_000)

  let desktop: Desktop
  beforeAll(async () => {
    desktop = await openDesktop(host)
    await dialogReady(desktop.page)
  }, 30_000)
  afterAll(() => desktop.close())

  test('a call takes milliseconds', async () => {
    await openChannel(desktop.page)
    await timeCalls(desktop.page, 20)
    const times = (await timeCalls(desktop.page, 200)).sort((one, other) => one - other)
    const median = times[100] ?? Number.NaN
    console.log(
      `${host.name}: a call takes ${median.toFixed(2)} ms (median of 200), at most ${times.at(-1)?.toFixed(1)} ms`,
    )
    expect(median).toBeLessThan(10)
  })

  test('a reload leads to a working dialog at once', async () => {
    const started = performance.now()
    await desktop.page.reload()
    await dialogReady(desktop.page)
    const took = performance.now() - started
    console.log(`${host.name}: reload to a working dialog in ${took.toFixed(0)} ms`)
    expect(took).toBeLessThan(2_000)
  })
})
