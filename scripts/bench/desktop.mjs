// The desktop program on the double of Electron's edge: our bundle, Node and a Chromium of the tests. Electron itself (its binary, its
// Node, its windows) is not in these figures.
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import { root } from '../build.mjs'
import { findChromium, testModule } from './chromium.mjs'
import { median } from './processes.mjs'

const turns = 5

export async function desktop({ home, table }) {
  const found = await findChromium()
  if (found.missing !== null) {
    table.note(`desktop program: not measured: ${found.missing}`)
    return
  }
  const { doubleBinary } = await testModule('electron-double/binary.ts')
  const executablePath = await doubleBinary()
  const times = []
  for (let turn = 0; turn < turns; turn += 1) {
    const started = performance.now()
    const app = await _electron.launch({
      executablePath,
      args: [join(root, 'out', 'main', 'index.js')],
      env: {
        ...home.environment,
        ELECTRON_DOUBLE_BROWSER: found.path,
        ...(found.libraries === null ? {} : { ELECTRON_DOUBLE_LIBRARIES: found.libraries }),
      },
      chromiumSandbox: true,
    })
    const page = await app.firstWindow()
    await page.locator('#field-email').waitFor()
    times.push(performance.now() - started)
    await app.close()
  }
  table.ms("desktop program on the double (not Electron): start until the window's first field", median(times))
}
