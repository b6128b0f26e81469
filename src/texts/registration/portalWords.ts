/**
 * The words of the portals that a step leads along, in both languages, in the order of the clicks. `sure: false`: the German word was not
 * found in a German page of Microsoft, so the portal may call it otherwise.
 */
import type { GuideStep } from '../../core/registration/models.ts'

export type PortalWord = { de: string; en: string; sure: boolean }

const word = (de: string, en: string): PortalWord => ({ de, en, sure: true })
const unsure = (de: string, en: string): PortalWord => ({ de, en, sure: false })

const registrations = word('App-Registrierungen', 'App registrations')

export const portalWords: Readonly<Partial<Record<GuideStep, readonly PortalWord[]>>> = {
  register: [
    registrations,
    word('Neue Registrierung', 'New registration'),
    word('Nur Konten in diesem Organisationsverzeichnis', 'Accounts in this organizational directory only'),
    unsure('Umleitungs-URI: Öffentlicher Client', 'Redirect URI: Public client'),
  ],
  ids: [
    unsure('Übersicht', 'Overview'),
    word('Anwendungs-ID (Client)', 'Application (client) ID'),
    word('Verzeichnis-ID (Mandant)', 'Directory (tenant) ID'),
  ],
  permission: [
    word('API-Berechtigungen', 'API permissions'),
    unsure('Berechtigung hinzufügen', 'Add a permission'),
    unsure('Von meiner Organisation verwendete APIs', 'APIs my organization uses'),
    word('Office 365 Exchange Online', 'Office 365 Exchange Online'),
    word('Anwendungsberechtigungen', 'Application permissions'),
    word('full_access_as_app', 'full_access_as_app'),
  ],
  consent: [
    word('API-Berechtigungen', 'API permissions'),
    word('Administratorzustimmung für … erteilen', 'Grant admin consent for …'),
  ],
  'public-client': [
    word('Authentifizierung', 'Authentication'),
    word('Öffentliche Clientflows zulassen', 'Allow public client flows'),
    word('Ja', 'Yes'),
  ],
  secret: [
    word('Zertifikate & Geheimnisse', 'Certificates & secrets'),
    word('Neuer geheimer Clientschlüssel', 'New client secret'),
    unsure('Gültig bis', 'Expires'),
    word('Wert', 'Value'),
  ],
}

/** Entries of a registration's menu, as far as the guide needs them. */
export const portalMenu = {
  ids: unsure('Übersicht', 'Overview'),
  'public-client': word('Authentifizierung', 'Authentication'),
  secret: word('Zertifikate & Geheimnisse', 'Certificates & secrets'),
  permission: word('API-Berechtigungen', 'API permissions'),
} as const
