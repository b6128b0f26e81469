/** Deutsche Wörter dafür, wie angemeldet wird: Zertifikate, andere Anmeldedienste, Proxy, Verzeichnisdienst. */
import type { login as english } from './login.en.ts'

export const login: typeof english = {
  more: 'Weitere Optionen',
  moreHint: 'Nur nötig, wo der übliche Weg nicht passt. Leere Felder ändern nichts.',
  groups: {
    scheme: 'Anmeldung',
    proxy: 'Proxy',
    directory: 'Active Directory',
    narrow: 'Fehler eingrenzen',
  },
  fields: {
    auth: 'Anmeldeverfahren',
    basicCharset: 'Zeichensatz bei Basic',
    clientCredential: 'Nachweis der Anwendung',
    authority: 'Anderer Anmeldedienst',
    clientCertificate: 'Zertifikat mit privatem Schlüssel (Pfad)',
    certificatePassphrase: 'Kennwort des Zertifikats',
    proxy: 'Proxy',
    noProxy: 'Hosts ohne Proxy',
    proxyUser: 'Benutzername am Proxy',
    proxyPassword: 'Passwort am Proxy',
    ldapUrl: 'LDAP-Server',
    ldapUser: 'Benutzername am LDAP-Server',
    ldapPassword: 'Passwort am LDAP-Server',
    ldapSite: 'Active-Directory-Standort',
    secondUserName: 'Zweiter Benutzername',
    secondMailbox: 'Zweites Postfach',
    expectThumbprint: 'Erwarteter Fingerabdruck des Zertifikats',
    worksInBrowser: 'Ein Browser auf diesem Rechner öffnet das Postfach',
  },
  hints: {
    clientCertificate:
      'Eine PEM-Datei mit Zertifikat und Schlüssel oder eine PFX-Datei. Gespeichert wird nur der Pfad; der Schlüssel wird gelesen, wenn er gebraucht wird.',
    certificatePassphrase: 'Leer, wenn der Schlüssel keines hat.',
    authority:
      'Nur für eine Cloud, die nicht in der Liste steht: https://login.example.com. Token werden dann dort angefordert.',
    basicCharset:
      'Latin-1 nur versuchen, wenn Basic ein Passwort mit Umlauten ablehnt. Jeder Klick sendet eine Form, und jede zählt beim Server.',
    proxy: 'http://proxy.firma.de:8080. Leer: was System oder Umgebung sagen. „none“: kein Proxy.',
    noProxy: 'Hostnamen oder Domänen, durch Kommas getrennt.',
    proxyUser: 'Geht nur an den Proxy, mit Basic. Bei einem http-Proxy können andere im Netz mitlesen.',
    ldapUrl:
      'ldaps://dc01.firma.local, oder ldap:// mit StartTLS. Seine Dienstverbindungspunkte nennen Autodiscover-Server.',
    ldapUser:
      'benutzer@domäne oder DOMÄNE\\Benutzer. Geht nur über TLS und nur an diesen Server. Leer: das Kerberos-Ticket.',
    ldapSite: 'Server dieses Standorts werden zuerst gefragt.',
    secondUserName:
      'Eine andere Form, DOMÄNE\\Benutzer oder benutzer@domäne. Verbindung testen versucht sie einmal, nachdem die erste abgelehnt wurde; beim Server zählt das als weiterer Versuch. Wird nicht gespeichert.',
    secondMailbox: 'Dient zum Vergleich, wenn EWS für das erste verweigert wird. Wird nur gelesen, nicht gespeichert.',
    expectThumbprint:
      'SHA-256, oder SHA-1, wie IIS ihn zeigt. Zeigt der Server ein anderes Zertifikat, sagt das Ergebnis es.',
    worksInBrowser: 'Dann sucht das Ergebnis auch nach dem, was nur Programmen im Weg steht.',
  },
  authOptions: {
    auto: 'automatisch',
    oauth: 'nur OAuth 2.0',
    negotiate: 'nur Negotiate',
    ntlm: 'nur NTLM',
    basic: 'nur Basic',
  },
  charsets: { 'utf-8': 'UTF-8', 'latin-1': 'Latin-1' },
  credentials: { secret: 'Clientschlüssel', certificate: 'Zertifikat' },
  secrets: {
    show: {
      certificatePassphrase: 'Kennwort anzeigen',
      proxyPassword: 'Passwort am Proxy anzeigen',
      ldapPassword: 'Passwort am LDAP-Server anzeigen',
    },
    hide: {
      certificatePassphrase: 'Kennwort verbergen',
      proxyPassword: 'Passwort am Proxy verbergen',
      ldapPassword: 'Passwort am LDAP-Server verbergen',
    },
    replace: {
      certificatePassphrase: 'Kennwort ersetzen',
      proxyPassword: 'Passwort am Proxy ersetzen',
      ldapPassword: 'Passwort am LDAP-Server ersetzen',
    },
    remove: {
      certificatePassphrase: 'Kennwort entfernen',
      proxyPassword: 'Passwort am Proxy entfernen',
      ldapPassword: 'Passwort am LDAP-Server entfernen',
    },
    notSaved: {
      certificatePassphrase: 'Das Kennwort des Zertifikats ließ sich nicht im Schlüsselbund speichern.',
      proxyPassword: 'Das Passwort am Proxy ließ sich nicht im Schlüsselbund speichern.',
      ldapPassword: 'Das Passwort am LDAP-Server ließ sich nicht im Schlüsselbund speichern.',
    },
  },
  remarks: {
    'authority-malformed': 'Geben Sie den Anmeldedienst in der Form https://login.example.com ein',
    'authority-retired':
      'Die Microsoft Cloud Deutschland wurde 2021 geschlossen. Lassen Sie dieses Feld leer und wählen Sie die weltweite Cloud',
    'client-certificate-missing': 'Geben Sie den Pfad der Zertifikatsdatei ein',
    'client-certificate-file': 'Diese Datei lässt sich nicht lesen',
    'client-certificate-unreadable': 'Diese Datei ist weder PEM noch PFX',
    'client-certificate-certificate-missing': 'Die Datei enthält kein Zertifikat',
    'client-certificate-key-missing':
      'Die Datei enthält keinen privaten Schlüssel. Sie braucht Zertifikat und Schlüssel zusammen',
    'client-certificate-passphrase-missing': 'Der Schlüssel ist geschützt: Geben Sie sein Kennwort ein',
    'client-certificate-passphrase-wrong': 'Dieses Kennwort öffnet den Schlüssel nicht',
    'client-certificate-key-mismatch': 'Der Schlüssel gehört zu einem anderen Zertifikat',
    'client-certificate-not-rsa': 'Entra ID nimmt nur Zertifikate mit RSA-Schlüssel an',
    'client-certificate-expired': 'Dieses Zertifikat ist am {date} abgelaufen',
    'proxy-malformed': 'Geben Sie den Proxy in der Form http://proxy.firma.de:8080 ein',
    'proxy-password-in-url':
      'Ein Passwort gehört nicht in die Adresse. Geben Sie Benutzername und Passwort in ihre eigenen Felder ein',
    'ldap-url-malformed': 'Geben Sie den LDAP-Server in der Form ldaps://dc01.firma.local ein',
    'thumbprint-malformed': 'Ein Fingerabdruck hat 64 Ziffern (SHA-256) oder 40 (SHA-1), wie IIS ihn zeigt',
    'second-mailbox-invalid': 'Geben Sie die Adresse eines Postfachs ein, etwa ben@contoso.com',
    'ldap-by-ticket': 'Ohne Benutzernamen wird das Verzeichnis mit dem Kerberos-Ticket dieser Anmeldesitzung gelesen',
  },
  terminal: {
    authority: 'Anmeldedienst statt dem der Cloud, nur https',
    clientCertificate: 'Zertifikat mit privatem Schlüssel (PEM oder PFX) statt eines Clientschlüssels',
    certificatePassphraseStdin: 'sein Kennwort von der Standardeingabe lesen (oder EWS_SETUP_CERTIFICATE_PASSPHRASE)',
    basicCharset: 'wie Basic Benutzername und Passwort schreibt: utf-8 oder latin-1',
    proxyUser: 'Benutzername am Proxy; das Passwort kommt aus EWS_SETUP_PROXY_PASSWORD',
    proxyPasswordStdin: 'das Passwort am Proxy von der Standardeingabe lesen',
    ldap: 'Dienstverbindungspunkte von diesem LDAP-Server lesen: ldaps://HOST, oder ldap://HOST mit StartTLS',
    ldapUser:
      'Benutzername am LDAP-Server, das Passwort kommt aus EWS_SETUP_LDAP_PASSWORD; ohne ihn gilt das Kerberos-Ticket',
    ldapPasswordStdin: 'das Passwort am LDAP-Server von der Standardeingabe lesen',
    ldapSite: 'Active-Directory-Standort, dessen Dienstverbindungspunkte zuerst kommen',
  },
  usage: {
    badAuthority: '--authority erwartet https://HOST eines Anmeldedienstes, nicht „{value}“.',
    badLdap: '--ldap erwartet ldaps://HOST oder ldap://HOST, nicht „{value}“.',
    certificateUnreadable: 'Die Zertifikatsdatei {file} lässt sich nicht lesen.',
    proxyPasswordInUrl:
      '--proxy nimmt kein Passwort an. Geben Sie den Benutzernamen mit --proxy-user an und das Passwort in EWS_SETUP_PROXY_PASSWORD.',
  },
}
