/** German words of the commands. */
import type { commandWords as english } from './commands.en.ts'

export const commandWords: typeof english = {
  shells: {
    'exchange-online': 'Exchange Online PowerShell',
    'exchange-server': 'Exchange-Verwaltungsshell',
    exchange: 'Exchange Online PowerShell oder Exchange-Verwaltungsshell',
    'active-directory': 'PowerShell mit dem Modul Active Directory',
    windows: 'PowerShell unter Windows',
  },
  standIns: {
    clientId: 'Anwendungs-ID',
    email: 'E-Mail-Adresse',
    user: 'Benutzer',
    host: 'Host',
    port: 'Port',
    server: 'Server',
    externalHost: 'externer Host',
    thumbprint: 'Fingerabdruck',
    enterpriseObjectId: 'Objekt-ID der Unternehmensanwendung',
    scopeOfMailboxes: 'Verwaltungsbereich',
    listedIds: 'bisherige IDs',
  },
}
