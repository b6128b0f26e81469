/** The dialog about the product. It comes with its code, not with the first view. */
import type { Template } from './template.ts'

export const about = {
  title: 'About EWS Setup',
  what: 'Finds the EWS URL of an Exchange server, sets up the login, tests it, and names the cause when it does not work.',
  data: 'What you enter stays on this machine and goes to no one but the servers that a test is about. There is no usage data. What is sent by itself is only what you switch on: automatic calls and the check for updates.',
  licence: 'EWS Setup is free software under the MIT licence.',
  versions: 'Version and surroundings',
  product: 'EWS Setup',
  system: 'System',
  copy: 'Copy version information',
  whatsNew: 'What is new',
  releaseOf: 'Version {version}',
  close: 'Close',
  loading: 'Is being loaded …',
  failed: 'The program behind the window did not answer.',
  updates: {
    title: 'Updates',
    absent: 'This build has no address to ask for updates.',
    disabled: 'The administrator of this machine has switched the update check off.',
    text: 'Asks {host} which version is the newest. Nothing else is sent, and nothing is downloaded.',
    check: 'Check for updates',
    checking: 'Is being asked …',
    onStart: 'Ask at a start, at most once a day',
    notSaved: 'That could not be saved.',
    open: 'Open the page about it',
    current: 'This is the newest version.',
    newer: 'Version {version} of {date} is there.',
    failures: {
      unreachable: 'No answer came from there.',
      certificate: 'The certificate of the server is not trusted.',
      redirected: 'The answer points elsewhere and was not followed.',
      'too-large': 'The answer was too large.',
      malformed: 'The answer could not be understood.',
      signature: 'The answer is not signed by the makers of EWS Setup and was not believed.',
    },
  },
  licences: {
    title: 'Licences of other software',
    text: 'EWS Setup contains these packages. The desktop program contains Chromium besides, whose licences lie beside it as LICENSES.chromium.html.',
    open: 'Show licences',
    search: 'Search by name or licence',
    count: { one: '{count} package', other: '{count} packages' } satisfies Template,
    missing: 'The list could not be loaded.',
  },
}

export type AboutTexts = typeof about
