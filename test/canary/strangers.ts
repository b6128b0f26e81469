/** Where credentials went that must not go there. */
import type { DemoExchange } from '../../src/demo/index.ts'

/** Hosts that may get credentials without a consent: the mail domain's, and those of Microsoft's global cloud. */
const cloudHosts = new Set([
  'login.microsoftonline.com',
  'outlook.office365.com',
  'outlook.office.com',
  'outlook.com',
  'autodiscover.outlook.com',
  'autodiscover-s.outlook.com',
])

export function strangersWithCredentials(demo: DemoExchange): string[] {
  const domain = /@(.*)$/.exec(demo.typed.email)?.[1] ?? ''
  return demo.journal
    .filter((entry) => {
      const credentials =
        (entry.authorization !== null && entry.authorization !== 'bearer-empty') || /\/token$/.test(entry.path)
      const own = entry.host === domain || entry.host.endsWith(`.${domain}`) || cloudHosts.has(entry.host)
      return credentials && (!own || entry.scheme !== 'https')
    })
    .map((entry) => `${entry.authorization} to ${entry.scheme}://${entry.host}${entry.path}`)
}
