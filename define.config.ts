/** What all bundles and tests have put in from package.json. */
import { readFileSync } from 'node:fs'

const content: unknown = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'))
const version =
  typeof content === 'object' && content !== null && 'version' in content ? String(content.version) : '0.0.0'

const updates = typeof content === 'object' && content !== null && 'updates' in content ? content.updates : null

export const define = {
  __EWS_SETUP_VERSION__: JSON.stringify(version),
  // Where a build asks for updates and the key that its answers are signed with; none is published yet.
  __EWS_SETUP_UPDATES__: JSON.stringify(updates),
}
