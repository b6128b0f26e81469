/** German words of findings about Autodiscover. */
import type { FindingWords } from './template.ts'
import type { discoveryFindings as english } from './findings.discovery.en.ts'

export const discoveryFindings: Readonly<Record<keyof typeof english, FindingWords>> = {
  'root-website-wants-login': {
    title: 'Die Website {host} verlangt eine Anmeldung, ist aber nicht Exchange.',
    explanation: 'Über das Passwort sagt eine solche Antwort nichts, und es wurde keines dorthin gesendet.',
    remedy: ['Es ist nichts zu tun. Die Website der Domäne wird für Exchange nicht gebraucht.'],
  },
  'autodiscover-not-published': {
    title: 'Für {domain} wurde keine AutoErmittlung (Autodiscover) gefunden.',
    explanation:
      'Vergeblich gefragt: {hosts}. Darunter war kein Exchange, das für diese Domäne antwortet. Über das Passwort sagt das nichts.',
    remedy: [
      'Veröffentlichen Sie Autodiscover: einen DNS-Eintrag {autodiscoverHost}, der auf den Exchange Server zeigt, oder für Exchange Online einen CNAME auf autodiscover.outlook.com.',
      'Oder geben Sie die EWS-URL von Hand ein: https://mail.{domain}/EWS/Exchange.asmx, mit dem Hostnamen Ihres Servers.',
    ],
  },
  'autodiscover-needs-login': {
    title: 'Autodiscover auf {host} antwortet erst nach einer Anmeldung.',
    explanation:
      'Exchange ist da, nennt die URL für {email} aber nur dem, der sich anmeldet. Es ist kein verwendbares Passwort angegeben.',
    remedy: [
      'Geben Sie das Passwort ein und, wenn er von der Adresse abweicht, den Benutzernamen. Wählen Sie dann erneut „URL abrufen“.',
      'Oder geben Sie die EWS-URL von Hand ein.',
    ],
  },
  'address-unknown-at-autodiscover': {
    title: 'Autodiscover auf {host} kennt die Adresse {email} nicht.',
    explanation:
      'Die Antwort hatte den Code {code}. Die Adresse ist verschrieben, oder ihr Postfach gehört zu einer anderen Organisation.',
    remedy: [
      'Prüfen Sie die Adresse.',
      'Prüfen Sie in einer Hybridorganisation, auf welcher Seite das Postfach liegt.',
    ],
  },
  'autodiscover-misconfigured': {
    title: 'Autodiscover auf {host} konnte die Einstellungen nicht liefern.',
    explanation:
      'Die Antwort hatte den Code {code}: Der Dienst läuft, aber seine Konfiguration ergibt keine Antwort. Text des Servers: „{text}“.',
    remedy: [
      'Prüfen Sie die URLs der virtuellen Verzeichnisse.',
      'Prüfen Sie den Dienst auf dem Server und das Ereignisprotokoll von MSExchange Autodiscover.',
    ],
  },
  'autodiscover-request-refused': {
    title: 'Autodiscover auf {host} hielt die Frage nicht für eine richtige.',
    explanation:
      'Es antwortete mit dem Code {code}, obwohl die Frage die übliche Form hatte. Etwas auf dem Weg hat sie womöglich verändert, oder der Dienst ist beschädigt. Text des Servers: „{text}“.',
    remedy: [
      'Prüfen Sie, ob ein Gateway oder Proxy vor {host} Anfragen an /autodiscover/ umschreibt oder aus einem POST ein GET macht.',
      'Prüfen Sie den Dienst auf dem Server und das Ereignisprotokoll von MSExchange Autodiscover.',
      'Tragen Sie bis dahin die EWS-URL von Hand ein.',
    ],
  },
  'autodiscover-without-ews-url': {
    title: 'Autodiscover auf {host} hat geantwortet, aber keine EWS-URL genannt.',
    explanation: 'Die Einstellungen für {email} sind da, nur die URL von EWS fehlt.',
    remedy: [
      'Setzen Sie ExternalUrl des virtuellen Verzeichnisses EWS.',
      'Geben Sie die EWS-URL bis dahin von Hand ein.',
    ],
  },
  'autodiscover-redirect-loop': {
    title: 'Autodiscover leitet im Kreis um.',
    explanation:
      '{host} wurde auf demselben Weg wieder erreicht, oder die Kette wurde zu lang. Genanntes Ziel: {redirect}.',
    remedy: [
      'Prüfen Sie targetAddress des Postfachs und die akzeptierten Domänen.',
      'Prüfen Sie Umleitungen des Webservers für /autodiscover.',
    ],
  },
  'ews-url-internal-only': {
    title: 'Autodiscover nennt eine EWS-URL, die von hier nicht erreichbar ist: {host}.',
    explanation: '{source} nannte {url}. Diesen Host scheint es nur im Firmennetz zu geben. Adresse: {address}.',
    remedy: [
      'Setzen Sie ExternalUrl des virtuellen Verzeichnisses EWS.',
      'Oder arbeiten Sie im Firmennetz oder über VPN.',
    ],
  },
  'foreign-redirect-refused': {
    title: 'Eine Umleitung führte zum fremden Host {host}; er erhielt keine Anmeldedaten.',
    explanation:
      '{namedBy} nennt diesen Host. Er liegt außerhalb der Maildomäne {domain}, und niemand hat ihm zugestimmt. Es kann der Anbieter sein oder ein Angriff.',
    remedy: [
      'Klären Sie, ob {host} zu Ihrem Mailanbieter gehört.',
      'Wenn ja, stimmen Sie bei der Nachfrage zu, oder erlauben Sie ihn vorab (--trust-host {host}).',
    ],
  },
  'host-needs-consent': {
    title: 'Der Host {host} ist nicht bestätigt und erhielt daher keine Anmeldedaten.',
    explanation:
      'Er liegt außerhalb der Maildomäne {domain} und wurde auf diesem Rechner weder eingegeben noch geprüft. Genannt von: {namedBy}.',
    remedy: [
      'Prüfen Sie, ob {host} Ihr Exchange Server ist.',
      'Wenn ja, geben Sie die URL selbst ein, oder erlauben Sie den Host (--trust-host {host}).',
    ],
  },
  'insecure-url-refused': {
    title: 'Eine Adresse ohne Verschlüsselung wurde genannt und abgelehnt: {host}.',
    explanation: '{namedBy} führt zu http. Anmeldedaten werden nie unverschlüsselt gesendet.',
    remedy: [
      'Veröffentlichen Sie Autodiscover und EWS über https, und korrigieren Sie Umleitung, SRV-Eintrag oder URL.',
    ],
  },
  'hybrid-mailbox-location-unclear': {
    title: 'Exchange Online und ein eigener Server antworten beide für {email}.',
    explanation:
      'Exchange Online nennt {online}, der eigene Server {own}. Das ist in einer Hybridorganisation üblich; auf welcher Seite das Postfach liegt, bleibt hier offen.',
    remedy: [
      'Sehen Sie nach, wo das Postfach {email} liegt.',
      'Geben Sie die URL der Seite ein, auf der das Postfach liegt.',
    ],
  },
  'autodiscover-sources-disagree': {
    title: 'Zwei Quellen von Autodiscover nennen zwei verschiedene Server.',
    explanation: '{source} nennt {url}, {otherSource} nennt {otherUrl}.',
    remedy: ['Prüfen Sie ExternalUrl auf allen Servern.', 'Prüfen Sie alte DNS-Einträge von Autodiscover.'],
  },
  'cloud-answer-alone': {
    title: 'Nur Exchange Online selbst nennt diese URL für {domain}.',
    explanation:
      'Weder die Maildomäne noch ihr DNS verweisen auf Exchange Online, und {host} antwortet möglicherweise auch für Adressen, die es nicht kennt. Das Postfach kann also woanders liegen.',
    remedy: [
      'Wählen Sie „Verbindung testen“: Erst eine Anmeldung zeigt, ob das Postfach dort liegt.',
      'Liegt das Postfach auf einem eigenen Server, tragen Sie dessen EWS-URL von Hand ein.',
    ],
  },
  'answer-refused-as-unsafe': {
    title: 'Eine Antwort von {host} wurde nicht gelesen, weil sie auf Schaden angelegt oder zu groß war.',
    explanation:
      'Sie enthält Entitäten, ist zu tief verschachtelt oder überschreitet die Größengrenze. So antwortet Exchange nicht.',
    remedy: ['Prüfen Sie, was unter {url} antwortet.'],
  },
  'answer-unreadable': {
    title: 'Die Antwort von {host} war nicht lesbar.',
    explanation: 'Sie war weder das, was Exchange sendet, noch eine Webseite. Adresse: {url}.',
    remedy: ['Prüfen Sie, was unter {url} antwortet, und ob etwas auf dem Weg Antworten verändert.'],
  },
}
