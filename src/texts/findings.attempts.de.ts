/** German words of findings that rest on more than one call, or on what a call lacked. */
import type { FindingWords } from './template.ts'
import type { attemptFindings as english } from './findings.attempts.en.ts'

export const attemptFindings: Readonly<Record<keyof typeof english, FindingWords>> = {
  'stale-oauth-keys-on-server': {
    title: '{host} hat möglicherweise veraltete Schlüssel von Entra ID.',
    explanation:
      'Am Token ist nichts auszusetzen, der Server nennt seinen Mandanten ({expected}), und er lehnt das Token ohne Begründung ab. Nachdem Entra ID die Schlüssel gewechselt hat, kommt das vor, bis der Server sie erneuert. Andere Ursachen sind möglich.',
    remedy: [
      'Erneuern Sie die Metadaten des Authentifizierungsservers.',
      'Vergleichen Sie seine Einstellungen.',
      'Bis dahin nimmt dieser Server Benutzername und Passwort an.',
    ],
  },
  'user-name-form-wrong': {
    title: '{host} verlangt den Benutzernamen {user}.',
    explanation:
      'Die Anmeldung mit {userName} wurde abgelehnt, die mit {user} angenommen, beide mit demselben Passwort.',
    remedy: [
      'Geben Sie {user} als abweichenden Benutzernamen für die Anmeldung ein.',
      'Entfernen Sie die andere Form überall, wo sie gespeichert ist: Jeder abgelehnte Versuch zählt für die Sperre des Kontos.',
    ],
  },
  'ews-block-intermittent': {
    title: 'EWS wird für das Postfach {email} nur zeitweise verweigert.',
    explanation:
      'Innerhalb eines Laufs wurde derselbe Aufruf mit 403 abgelehnt (Aufrufe: {blocked}) und durchgelassen (Aufrufe: {open}). Eine fehlende Berechtigung würde jedes Mal ablehnen. Vor dem Ende von EWS in Exchange Online sperrt Microsoft es als Warnung zeitweise; ausgenommen sind Mandanten, die EwsEnabled auf „true“ gesetzt haben.',
    remedy: [
      'Sehen Sie die Einstellung nach.',
      'Setzen Sie sie ausdrücklich.',
      'Nehmen Sie die Anwendung in die Liste der zugelassenen auf, ohne die anderen zu verlieren, und warten Sie bis zu 24 Stunden.',
    ],
  },
  'user-agent-filtered': {
    title: '{host} lässt nur bestimmte Programme zu EWS.',
    explanation:
      'Unter seinem eigenen Namen {userAgent} wurde dieses Programm mit 403 abgelehnt. Derselbe Aufruf unter dem Namen {otherUserAgent} wurde durchgelassen. Es entscheidet eine Liste erlaubter oder gesperrter Namen.',
    remedy: [
      'Sehen Sie die Listen der Organisation und die des Postfachs nach.',
      'Nehmen Sie den Namen, unter dem Ihre Anwendung EWS aufruft, in die Liste der erlaubten auf, oder entfernen Sie ihn aus der Liste der gesperrten.',
    ],
  },
  'anchor-mailbox-missing': {
    title: 'Der Aufruf an {host} sagte nicht, für welches Postfach er gilt.',
    explanation:
      'Exchange Online antwortete {status}. Der Aufruf handelte für {email}, und ihm fehlte der Header X-AnchorMailbox, mit dem Exchange Online den richtigen Server findet. Ohne ihn scheitern solche Aufrufe gelegentlich.',
    remedy: [
      'Lassen Sie die Anwendung bei jedem Aufruf für ein Postfach den Header X-AnchorMailbox mit dessen Adresse senden.',
      'Testen Sie erneut. Dieses Programm sendet den Header selbst.',
    ],
  },
}
