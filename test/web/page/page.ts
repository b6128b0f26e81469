/** A page that only connects, as the window does; tests drive its client. */
import { connect, type Client } from '../../../src/renderer/connection.ts'

declare global {
  interface Window {
    client: Client
    violations: string[]
  }
}

window.violations = []
addEventListener('securitypolicyviolation', (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`),
)
window.client = connect()
document.title = 'connected'
