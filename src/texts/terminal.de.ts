/** German words of the terminal face. */
import type { terminal as english } from './terminal.en.ts'

export const terminal: typeof english = {
  headings: {
    findings: 'Befunde',
  },
  results: {
    works: 'Es funktioniert.',
    worksWithRemarks: 'Es funktioniert, mit Hinweisen.',
    fails: 'Es funktioniert nicht.',
    budgetSpent: 'Angehalten: Die Zeit war um, bevor ein Ergebnis feststand.',
    cancelled: 'Abgebrochen.',
  },
  labels: {
    ewsUrl: 'EWS-URL',
    source: 'Quelle',
    login: 'Anmeldung',
    server: 'Server',
    version: 'EWS-Version',
  },
}
