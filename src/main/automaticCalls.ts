/** Automatic calls in the desktop program: they run while it is open, the tray shows them, and quitting lets them end. */
import type { App } from 'electron'
import { openAutomation, type Automation, type AutomationOptions } from '../host/automation/automation.ts'
import type { TrayControl } from './tray.ts'

/** Quitting waits this long for calls under way, which end by themselves or are stopped before. */
const quitMs = 15_000

const attention: ReadonlySet<string> = new Set(['inactive', 'waiting', 'denied', 'unready'])

export function runAutomaticCalls(
  o: Omit<AutomationOptions, 'face'> & {
    app: Pick<App, 'on' | 'exit'>
    tray: TrayControl
    report: (problem: unknown) => void
  },
): Automation {
  const { app, tray, report } = o
  const stop = new AbortController()
  let isHere = false

  const show = async (): Promise<void> => {
    if (!isHere) return tray.show(null)
    const states = (await automation.known()).connections.map(({ view }) => view.state)
    tray.show({
      active: states.filter((state) => state === 'active' || state === 'calling').length,
      attention: states.filter((state) => attention.has(state)).length,
    })
  }
  const automation = openAutomation({
    ...o,
    face: 'desktop',
    onEntries(entries, connections) {
      const mailboxes = entries.flatMap((entry) =>
        entry.type === 'inactive' ? entry.connections.map((id) => connections.get(id)?.connection.mailbox ?? id) : [],
      )
      tray.inactive(mailboxes)
      if (entries.some((entry) => entry.type !== 'begin')) show().catch(report)
    },
    onStatus(status) {
      isHere = status.kind === 'here'
      show().catch(report)
    },
  })
  const running = automation.run(stop.signal, { wait: true }).catch(report)

  app.on('will-quit', (event) => {
    if (stop.signal.aborted) return
    stop.abort()
    if (!isHere) return
    // A call that is cut off counts as refused, to be safe: they get the time to end.
    event.preventDefault()
    const late = new Promise((resolve) => setTimeout(resolve, quitMs))
    void Promise.race([running, late]).then(() => app.exit(0))
  })
  return automation
}
