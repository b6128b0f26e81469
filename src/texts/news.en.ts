/** What is new, the newest release first; what a person would notice, not what was done. */
export type Release = { version: string; lines: readonly string[] }

export const news: readonly Release[] = [
  {
    version: '0.1.0',
    lines: [
      'The first version: find the EWS URL, test the login, and learn the cause of a 401 and who has to do what.',
      'A guide through the app registration in Entra, with a check for each step and the scripts for it.',
      'Connections that are called automatically and stop in time, addresses as contacts, profiles that move between machines.',
      'Saved passwords and keys go only where the saved profile sends them; anything else is asked about first.',
    ],
  },
]
