/** Was neu ist, die neueste Version zuerst. */
import type { Release } from './news.en.ts'

export const news: readonly Release[] = [
  {
    version: '0.1.0',
    lines: [
      'Die erste Version: die EWS-URL finden, die Anmeldung testen und die Ursache eines Fehlers 401 erfahren, und wer was zu tun hat.',
      'Eine Anleitung durch die App-Registrierung in Entra, mit einer Prüfung für jeden Schritt und den Skripten dazu.',
      'Verbindungen, die automatisch abrufen und rechtzeitig aufhören, Adressen als Kontakte, Profile, die zwischen Rechnern umziehen.',
      'Gespeicherte Passwörter und Schlüssel gehen nur dorthin, wohin das gespeicherte Profil sie schickt; bei allem anderen wird erst gefragt.',
    ],
  },
]
