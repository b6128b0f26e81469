/** German help on findings that rest on more than one call, or on what a call lacked. */
import type { HelpWords } from './help.ts'
import type { attemptHelp as english } from './help.attempts.en.ts'

export const attemptHelp: Readonly<Record<keyof typeof english, HelpWords>> = {
  'stale-oauth-keys-on-server': {
    meaning:
      'Ein eigener Server mit moderner Authentifizierung prüft die Signatur eines Tokens mit Schlüsseln, die er von Entra ID geholt hat. Entra ID wechselt diese Schlüssel von Zeit zu Zeit. Ein Server, der sie nicht erneuert hat, lehnt jedes Token ab, auch gute, und zwar plötzlich, obwohl niemand etwas geändert hat. Benutzer mit Outlook bemerken es ebenfalls.',
    knows:
      'Der Server antwortete 401 mit dem Wort invalid_token und ohne Code, er nennt den Mandanten, dem er vertraut, und an den Angaben im Token ist nichts auszusetzen: Zielgruppe, Mandant, Berechtigung und Zeit passen. Das macht es möglich, mehr nicht, denn andere Fehler des Servers sehen von außen ebenso aus. Die Ablehnung selbst steht als eigener Befund daneben.',
    commands: [
      'Set-AuthServer EvoSts -RefreshAuthMetadata',
      'Get-AuthServer | fl Name,IsDefaultAuthorizationEndpoint,TokenIssuingEndpoint',
    ],
  },
  'user-name-form-wrong': {
    meaning:
      'Exchange kennt ein Konto unter mehreren Namen: DOMÄNE\\Benutzer, Benutzerprinzipalname und E-Mail-Adresse. Oft sind sie gleich, manchmal nicht, und ein Server nimmt nur die an, die sein Verzeichnis kennt. Das Passwort ist für alle dasselbe. Eine falsche Form wird beantwortet wie ein falsches Passwort.',
    knows:
      'Beide Formen wurden in einem Lauf gesendet, die zweite nur, weil es verlangt war, und jede einmal: Die erste wurde abgelehnt, mit der zweiten gelang die Anmeldung. Das ist beobachtet. Ohne eine zweite Form rät das Programm nie eine, denn jeder Versuch zählt für die Sperre des Kontos.',
    commands: ['Get-ADUser <Konto> | fl SamAccountName,UserPrincipalName'],
  },
  'ews-block-intermittent': {
    meaning:
      'Seit Sommer 2026 schaltet Microsoft EWS in Exchange Online Mandant für Mandant ab und sperrt zuvor eine Weile einzelne Aufrufe, damit ihre Besitzer es bemerken. Zwei Postfächer können gleich eingestellt sein und doch verschiedene Antworten bekommen. Was ein Administrator einstellt, gilt dagegen für jeden Aufruf gleich und ist allein nicht die Ursache.',
    knows:
      'Nach einer Antwort 403 wurde derselbe Aufruf für dasselbe Postfach noch einmal gemacht und durchgelassen, oder umgekehrt. Wahrscheinlich ist das eine Sperre, die kommt und geht; ein anders eingestellter Server unter mehreren sähe genauso aus. Die Zahl der Aufrufe ist festgelegt, und ein 403 zählt nie als abgelehnte Anmeldung.',
    commands: [
      'Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | fl EwsEnabled,EwsAllowedAppIDs',
      'Set-OrganizationConfig -EwsEnabled $true',
    ],
  },
  'user-agent-filtered': {
    meaning:
      'Exchange kann nach dem Namen, den ein Programm sich im Header User-Agent gibt, entscheiden, ob es EWS verwenden darf. Die Einstellungen heißen EwsApplicationAccessPolicy, EwsAllowList und EwsBlockList; es gibt sie für die Organisation und für jedes Postfach. Ein Gateway davor kann dasselbe tun. Wer sich anmeldet, ist den Listen gleich; darum sind Passwort und Token in Ordnung.',
    knows:
      'Nach einer Antwort 403 wurde derselbe Aufruf einmal unter dem Namen eines anderen Programms gemacht und durchgelassen; unter dem eigenen wurde er davor und danach abgelehnt. Das ist beobachtet. Bei nur einer Ablehnung wäre es wahrscheinlich, denn eine Sperre, die kommt und geht, sieht ebenso aus. Der andere Name wird nur bei diesem einen Aufruf gesendet und steht im Beleg.',
    commands: [
      'Get-OrganizationConfig | fl EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList',
      'Get-CASMailbox <Postfach> | fl EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList',
      'Set-OrganizationConfig -EwsAllowList @{Add="<Name>*"}',
    ],
  },
  'anchor-mailbox-missing': {
    meaning:
      'Postfächer von Exchange Online liegen auf sehr vielen Servern. Der Header X-AnchorMailbox nennt das Postfach, für das ein Aufruf gilt, damit er gleich beim richtigen ankommt. Eine Anwendung, die für Postfächer handelt und ihn nicht sendet, ist im besten Fall langsam und bekommt im schlechtesten die Fehler 500 und 503, die nach einem überlasteten Server aussehen.',
    knows:
      'Die Antwort war 500 oder 503 ohne einen Fehler von EWS, der Aufruf handelte für ein Postfach von Exchange Online, und der Beleg sagt, dass der Header nicht gesendet wurde. Das macht es wahrscheinlich; überlastet kann der Server trotzdem sein. Dieses Programm sendet den Header immer, der Befund entsteht also nur aus Belegen eines anderen Programms.',
  },
}
