/** Beschriftungen des Programmmenüs und was die Programmteile sagen, wenn noch kein Fenster da ist. */
import type { MenuTexts } from './menu.en.ts'

export const menuDe: MenuTexts = {
  file: 'Datei',
  quit: 'Beenden',
  edit: 'Bearbeiten',
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  cut: 'Ausschneiden',
  copy: 'Kopieren',
  paste: 'Einfügen',
  selectAll: 'Alles auswählen',
  view: 'Ansicht',
  zoomIn: 'Vergrößern',
  zoomOut: 'Verkleinern',
  resetZoom: 'Originalgröße',
  fullScreen: 'Vollbild',
  window: 'Fenster',
  minimize: 'Minimieren',
  close: 'Schließen',
  help: 'Hilfe',
  'entra-app-registrations': 'App-Registrierungen im Entra Admin Center',
  'entra-error-codes': 'Fehlercodes von Microsoft Entra ID',
  'ews-oauth': 'OAuth 2.0 mit EWS',
  'ews-retirement': 'Ende von EWS in Exchange Online',
  crashedTitle: 'Das Fenster von EWS Setup funktioniert nicht mehr',
  crashedDetail:
    'Es wurde mehrmals hintereinander unerwartet beendet. Ihre gespeicherten Einstellungen bleiben erhalten. Starten Sie EWS Setup neu; tritt es wieder auf, aktualisieren Sie den Grafiktreiber.',
  addressUsed:
    'Diese Adresse wurde bereits geöffnet und gilt nur einmal. Kehren Sie zu dem Fenster zurück, das sie geöffnet hat, oder führen Sie „ews-setup serve“ erneut aus.',
  notFound: 'Unter dieser Adresse ist nichts. Öffnen Sie die Adresse, die „ews-setup serve“ ausgegeben hat.',
}
