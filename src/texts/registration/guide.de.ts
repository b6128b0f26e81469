/** Die Anleitung zur App-Registrierung auf Deutsch. */
import type { GuideWords } from './guide.en.ts'

export const guide: GuideWords = {
  introduction:
    'Einmal registriert ein Administrator die Anwendung in Entra ID. Alles hier geht ohne Netzwerk, außer den Prüfungen und den Links.',
  model: {
    title: 'Welche Postfächer darf die Anwendung öffnen?',
    suggested: 'Vorschlag nach dem, was in den Feldern steht. Wählen Sie, was richtig ist.',
    options: {
      all: {
        label: 'Alle Postfächer in Exchange Online',
        reads: 'full_access_as_app mit Zustimmung: Die Anwendung kann jedes Postfach des Mandanten lesen und ändern.',
      },
      some: {
        label: 'Nur einzelne Postfächer in Exchange Online',
        reads:
          'Eine Rolle in Exchange (RBAC for Applications) mit einem Bereich: Die Anwendung kann die gewählten Postfächer lesen und ändern und keine anderen.',
      },
      hybrid: {
        label: 'Hybrid: Exchange Online und ein eigener Server',
        reads:
          'In der Cloud jedes Postfach des Mandanten; auf dem eigenen Server, was dessen Konto öffnen darf. Seit dem 31. Oktober 2025 brauchen Hybridfunktionen außerdem eine eigene Hybridanwendung.',
      },
      'on-premises': {
        label: 'Nur ein eigener Exchange Server',
        reads:
          'Keine Registrierung: Ein Konto meldet sich mit Benutzername und Passwort an und öffnet das eigene Postfach, mit der Rolle für den Identitätswechsel auch andere.',
      },
    },
  },
  steps: {
    title: 'Schritte',
    progress: '{done} von {all} abgehakt',
    step: 'Schritt {number}: {title}',
    done: 'Erledigt',
    doneOf: 'Erledigt: {title}',
    fills: 'Füllt im Dialog: {fields}',
    words: 'Wo Sie klicken',
    other: '(englisches Portal: {word})',
    unsure: 'Das Portal kann hier ein anderes Wort benutzen.',
    drawing: 'Zeichnung: Im Menü der Registrierung ist „{menu}“ gewählt; dann „{target}“.',
    drawingList: 'Zeichnung: In der Liste der Registrierungen „{target}“.',
    entries: {
      register: {
        title: 'Anwendung registrieren',
        todo: [
          'Öffnen Sie die App-Registrierungen und wählen Sie eine neue Registrierung. Der Name ist frei, etwa EWS Setup.',
          'Konten: nur dieses Organisationsverzeichnis (einzelner Mandant).',
          'Eine Umleitungs-URI ist freigestellt: urn:ietf:wg:oauth:2.0:oob für einen öffentlichen Client. Nehmen Sie sie wieder heraus, wenn Authentifizierungsfehler wie ein 401 auftreten.',
        ],
        noCheck: 'Ob sie da ist, zeigt der nächste Schritt.',
      },
      ids: {
        title: 'Beide IDs kopieren',
        todo: [
          'Kopieren Sie die beiden IDs aus der Übersicht der Registrierung, beide von derselben Seite.',
          'Nicht die Objekt-ID: weder die der Registrierung noch die der Unternehmensanwendung.',
        ],
        noCheck: '',
      },
      permission: {
        title: 'Berechtigung für Exchange hinzufügen',
        todo: [
          'Fügen Sie die Anwendungsberechtigung full_access_as_app von Office 365 Exchange Online hinzu. Berechtigungen von Microsoft Graph bewirken bei EWS nichts.',
          'Für Anmeldungen im Namen einer Person dazu: Delegierte Berechtigungen → EWS → EWS.AccessAsUser.All. Sie braucht keine eigene Zustimmung.',
        ],
        noCheck: '',
      },
      consent: {
        title: 'Administratorzustimmung erteilen',
        todo: [
          'Erteilen Sie die Administratorzustimmung. Die Berechtigung zeigt danach ein grünes Zeichen.',
          'Das braucht einen Administrator, der es darf, etwa einen Administrator für privilegierte Rollen oder einen Cloudanwendungsadministrator. Von allen anderen bleibt die Zustimmung ohne Wirkung.',
        ],
        noCheck: '',
      },
      'public-client': {
        title: 'Öffentliche Clientflows zulassen',
        todo: ['Stellen Sie unter Authentifizierung „Öffentliche Clientflows zulassen“ auf Ja und speichern Sie.'],
        noCheck: 'Eine Anmeldung mit Clientschlüssel zeigt diesen Schalter nicht; zu prüfen gibt es daher nichts.',
      },
      secret: {
        title: 'Clientschlüssel erstellen',
        todo: [
          'Erstellen Sie einen geheimen Clientschlüssel mit Name und Gültigkeit.',
          'Kopieren Sie sofort den Wert: Er erscheint nur dieses eine Mal. Die ID daneben funktioniert nie.',
        ],
        noCheck: '',
      },
      scope: {
        title: 'Auf die gewählten Postfächer begrenzen',
        todo: [
          'Führen Sie das Skript für Exchange Online aus: Es bildet aus den Postfächern eine Gruppe, aus der Gruppe einen Bereich und weist die Rolle Application EWS.AccessAsApp zu.',
          'Bis sie wirkt, vergehen 30 Minuten bis 2 Stunden. Eine Zustimmung zu full_access_as_app in Entra würde den Bereich aushebeln.',
        ],
        noCheck: '',
      },
      'allow-list': {
        title: 'Anwendung in die Zulassungsliste eintragen',
        todo: [
          'Mit EwsEnabled True und einer Liste in EwsAllowedAppIDs lässt Exchange Online nur die Anwendungen der Liste ein; Mandanten, die nichts eingestellt haben, schaltet Microsoft seit Oktober 2026 nacheinander ab. Das Skript für Exchange Online liest die Liste, fügt diese Anwendung hinzu und schreibt sie zurück.',
          'Bis das wirkt, können 24 Stunden vergehen. Postfächer, die nur eine F1-, F3- oder Kiosk-Lizenz haben, haben kein EWS.',
        ],
        noCheck: '',
      },
      directories: {
        title: 'EWS auf dem Server veröffentlichen',
        todo: [
          'Das Skript für Exchange Server zeigt URLs und Anmeldeverfahren der virtuellen Verzeichnisse und setzt die URL aus dem Dialog.',
        ],
        noCheck: '',
      },
      impersonation: {
        title: 'Rolle für den Identitätswechsel zuweisen',
        todo: [
          'Nur wenn das Konto Postfächer anderer Personen öffnen soll: Das Skript weist ApplicationImpersonation zu, begrenzt auf Postfächer, wenn welche genannt sind.',
        ],
        noCheck: 'Die Prüfung öffnet das Postfach des Kontos selbst und benutzt diese Rolle nicht.',
      },
      ews: {
        title: 'Über EWS verbinden',
        todo: ['Tragen Sie das Postfach ein und prüfen Sie: Es wird einmal angemeldet und das Postfach gelesen.'],
        noCheck: '',
      },
    },
  },
  portal: {
    open: 'Im Portal öffnen',
    openOf: 'Im Portal öffnen: {page}',
    unknown: 'Die Adresse des Portals dieser Cloud ist hier nicht bekannt. Öffnen Sie es selbst.',
    failed: 'Der Browser ließ sich nicht öffnen.',
    pages: {
      registrations: 'App-Registrierungen',
      overview: 'Übersicht der Registrierung',
      permissions: 'API-Berechtigungen',
      authentication: 'Authentifizierung',
      credentials: 'Zertifikate & Geheimnisse',
      'exchange-admin': 'Exchange Admin Center',
    },
  },
  check: {
    run: 'Prüfen',
    runOf: 'Prüfen: {title}',
    stop: 'Anhalten',
    running: 'Wird geprüft …',
    lost: 'Die Verbindung zum Programm ist abgebrochen.',
    refused: 'Ein anderer Lauf ist im Gang. Warten Sie sein Ende ab.',
    stopped: 'Angehalten. Es wurde nichts festgestellt.',
    never: 'Noch nicht geprüft',
    outcomes: {
      passed: 'In Ordnung',
      warning: 'In Ordnung, mit Hinweis',
      failed: 'Nicht in Ordnung',
      open: 'Noch offen',
    },
    at: 'geprüft am {date}',
    because: 'Beheben Sie zuerst Schritt „{title}“.',
    regressed: 'Am {date} war es in Ordnung, jetzt nicht mehr.',
    stale: 'Das wurde mit anderen IDs geprüft. Prüfen Sie erneut.',
    code: 'Code: {id}. Prüfen Sie erneut, um zu sehen, was er bedeutet.',
    seen: 'Was zu sehen war',
    announce: '{title}: {outcome}',
    what: {
      tenant:
        'Fragt Microsoft anonym, ob es den Mandanten gibt und ob die Maildomäne zu ihm gehört. Kein Geheimnis wird gesendet.',
      token: 'Fordert einmal ein Token an. EWS wird nicht aufgerufen.',
      permission:
        'Fordert ein Token an und sucht die Berechtigung darin. Ohne sie entscheidet EWS: Exchange selbst kann sie gegeben haben.',
      ews: 'Meldet sich einmal über EWS an und liest das Postfach.',
    },
    notes: {
      'by-exchange-role':
        'Das Token trägt keine Rolle, und EWS lässt die Anwendung trotzdem ein: Die Berechtigung kommt von Exchange (RBAC for Applications).',
      'role-not-shown':
        'Das Token trägt keine Rolle. Das beweist nicht, dass die Berechtigung fehlt: Exchange kann sie gegeben haben. Tragen Sie ein Postfach ein, dann entscheidet EWS.',
      'consent-defeats-scope':
        'Das Token trägt full_access_as_app; die Anwendung darf also jedes Postfach öffnen, und der Bereich begrenzt nichts. Nehmen Sie die Zustimmung in Entra zurück.',
      'tenant-differs': 'Den Mandanten gibt es, aber die Maildomäne gehört zu einem anderen.',
      'consent-without-effect':
        'Im Token steht keine Berechtigung, und EWS lehnt es ab: Die Zustimmung fehlt, oder jemand hat sie erteilt, der sie nicht erteilen darf.',
    },
  },
  save: {
    hint: 'Die Felder hier sind die des Dialogs; dort lassen sie sich auch speichern.',
    stored: 'Haken und Prüfungen bleiben im Profil erhalten.',
    failed: 'Das ließ sich nicht speichern: {code}',
  },
  scripts: {
    title: 'Dasselbe als Skript',
    hint: 'Mit den Werten der Felder. Lesen Sie es, bevor Sie es ausführen; es enthält kein Geheimnis.',
    format: 'Skript',
    formats: {
      'graph-powershell': 'Entra: Microsoft Graph PowerShell',
      'azure-cli': 'Entra: Azure CLI (bash)',
      'exchange-online': 'Exchange Online PowerShell',
      'exchange-server': 'Exchange Server: Verwaltungsshell',
    },
    appName: 'Name der Registrierung',
    appNameWrong: 'Geben Sie 1 bis 120 Zeichen ein, von denen das erste weder @ noch - ist.',
    mailboxes: 'Postfächer',
    mailboxesHint: 'Eine Adresse je Zeile. Ohne Angabe das Postfach des Dialogs.',
    certificate: 'Ein Zertifikat statt eines Clientschlüssels',
    delegated: 'Dazu EWS.AccessAsUser.All (delegiert)',
    preview: 'Skript',
    copy: 'Skript kopieren',
    save: 'Skript speichern',
    saved: 'Das Skript wurde als {file} gespeichert.',
    failed: 'Das Skript ließ sich nicht schreiben.',
    open: 'Skript zeigen',
    openOf: 'Skript zeigen für: {title}',
    noClientId: 'Die Anwendungs-ID (Client) fehlt noch; das Skript fragt nach ihr.',
  },
  retirement: {
    title: 'EWS in Exchange Online endet am {date}',
    days: { one: 'noch {count} Tag', other: 'noch {count} Tage' },
    over: 'EWS in Exchange Online ist beendet.',
    known: 'Was von diesem Mandanten bekannt ist',
    states: {
      none: 'Noch nichts: Kein Test hat Exchange Online gefragt.',
      open: 'Am {date} ließ EWS die Anwendung ein.',
      blocked: 'Am {date} war EWS gesperrt, obwohl das Token gut war. Was hilft, steht in Schritt „{title}“.',
      refused: 'Am {date} lehnte EWS aus einem anderen Grund ab; ob es abgeschaltet ist, sagt das nicht.',
    },
    until: 'Bis dahin',
    untilList: [
      'Lassen Sie EwsEnabled auf True und diese Anwendung in EwsAllowedAppIDs.',
      'Halten Sie fest, welche Ihrer Anwendungen EWS noch benutzen: Das Microsoft 365 Admin Center hat einen Nutzungsbericht.',
    ],
    after: 'Danach',
    afterList: [
      'Microsoft Graph tritt an seine Stelle, mit Anwendungsberechtigungen wie Contacts.ReadWrite. Fragen Sie den Hersteller Ihrer Anwendung nach seinem Termin.',
      'Eine Ausnahme ist für keinen Mandanten angekündigt. Die Termine der nationalen Clouds sind nicht bestätigt.',
    ],
    dates: 'Termine und Quellen',
    day: 'Tag',
    what: 'Was',
    source: 'Quelle',
    events: {
      announced: 'Microsoft veröffentlicht den Plan in Stufen',
      'allow-list': 'EwsAllowedAppIDs wird eingeführt',
      'switching-off': 'Mandanten, die nichts eingestellt haben, werden nacheinander abgeschaltet',
      'kiosk-licences': 'Postfächer nur mit F1-, F3- oder Kiosk-Lizenz verlieren EWS',
      end: 'EWS ist für jeden Mandanten abgeschaltet',
    },
  },
}
