/** What a person is asked outside the window, and what the window says when the answer was no. */
export const confirm = {
  /** Beside the window's own words: this question does not come from the page. */
  title: 'EWS Setup asks',
  yes: 'Yes, allow',
  no: 'No',
  release: 'Use what is saved at a new place?',
  releaseDetail:
    'Profile: {profiles}\nSaved: {secrets}\nWould go to: {destinations}\n\nSay yes only if you have just changed this yourself. With no, nothing is sent.',
  import: 'Take over settings that decide where login data goes?',
  importDetail: '{changes}\n\nSay yes only if you have just imported a file that you trust.',
  importMore: '… and {count} more',
  export: 'Write saved passwords and keys into a file?',
  exportDetail:
    'Profiles: {profiles}\n\nThe file is encrypted with the passphrase or for the recipient that was entered in the window. Say yes only if you have just started this export yourself.',
  secrets: {
    password: 'password',
    clientSecret: 'client secret',
    certificate: 'certificate with its key',
    certificatePassphrase: 'passphrase of the certificate',
    proxyPassword: 'password for the proxy',
    ldapPassword: 'password for the directory',
  },
  destinations: {
    'mail-domain': 'Exchange of the mail domain {name}',
    'ews-host': '{name} (EWS URL)',
    cloud: 'Microsoft cloud “{name}”',
    'login-service': '{name} (login service)',
    proxy: '{name} (proxy)',
    directory: '{name} (directory)',
    'certificate-file': 'certificate file {name}',
  },
}

export type ConfirmTexts = typeof confirm
