/** Words for how the login is made: certificates, other login services, proxy, directory. Merged into the dialog, the run and the terminal. */
export const login = {
  more: 'More options',
  moreHint: 'Needed only where the usual way does not fit. Empty fields change nothing.',
  groups: {
    scheme: 'Login',
    proxy: 'Proxy',
    directory: 'Active Directory',
  },
  fields: {
    auth: 'Login method',
    basicCharset: 'Character set for Basic',
    clientCredential: 'Proof of the application',
    authority: 'Other login service',
    clientCertificate: 'Certificate with private key (path)',
    certificatePassphrase: 'Passphrase of the certificate',
    proxy: 'Proxy',
    noProxy: 'Hosts without proxy',
    proxyUser: 'User name at the proxy',
    proxyPassword: 'Password at the proxy',
    ldapUrl: 'LDAP server',
    ldapUser: 'User name at the LDAP server',
    ldapPassword: 'Password at the LDAP server',
    ldapSite: 'Active Directory site',
  },
  hints: {
    clientCertificate:
      'A PEM file with certificate and key, or a PFX file. Only the path is stored; the key is read when it is needed.',
    certificatePassphrase: 'Empty where the key has none.',
    authority:
      'Only for a cloud that is not in the list: https://login.example.com. Tokens are requested there instead.',
    basicCharset:
      'Try Latin-1 only when Basic refuses a password with umlauts. Each click sends one form, and each counts at the server.',
    proxy: 'http://proxy.company.com:8080. Empty: what the system or the environment says. “none”: no proxy.',
    noProxy: 'Host names or domains, separated by commas.',
    proxyUser: 'Sent to the proxy alone, by Basic. Over an http proxy others in the network can read it.',
    ldapUrl:
      'ldaps://dc01.company.local, or ldap:// with StartTLS. Its service connection points name Autodiscover servers.',
    ldapUser: 'user@domain or DOMAIN\\user. Sent only over TLS, and only to this server. Empty: the Kerberos ticket.',
    ldapSite: 'Servers of this site are asked first.',
  },
  authOptions: {
    auto: 'automatic',
    oauth: 'OAuth 2.0 only',
    negotiate: 'Negotiate only',
    ntlm: 'NTLM only',
    basic: 'Basic only',
  },
  charsets: { 'utf-8': 'UTF-8', 'latin-1': 'Latin-1' },
  credentials: { secret: 'Client secret', certificate: 'Certificate' },
  secrets: {
    show: {
      certificatePassphrase: 'Show passphrase',
      proxyPassword: 'Show password at the proxy',
      ldapPassword: 'Show password at the LDAP server',
    },
    hide: {
      certificatePassphrase: 'Hide passphrase',
      proxyPassword: 'Hide password at the proxy',
      ldapPassword: 'Hide password at the LDAP server',
    },
    replace: {
      certificatePassphrase: 'Replace passphrase',
      proxyPassword: 'Replace password at the proxy',
      ldapPassword: 'Replace password at the LDAP server',
    },
    remove: {
      certificatePassphrase: 'Remove passphrase',
      proxyPassword: 'Remove password at the proxy',
      ldapPassword: 'Remove password at the LDAP server',
    },
    notSaved: {
      certificatePassphrase: 'The passphrase of the certificate could not be saved in the keychain.',
      proxyPassword: 'The password at the proxy could not be saved in the keychain.',
      ldapPassword: 'The password at the LDAP server could not be saved in the keychain.',
    },
  },
  remarks: {
    'authority-malformed': 'Enter the login service as https://login.example.com',
    'authority-retired':
      'Microsoft Cloud Germany was closed in 2021. Leave this field empty and choose the worldwide cloud',
    'client-certificate-missing': 'Enter the path of the certificate file',
    'client-certificate-file': 'This file cannot be read',
    'client-certificate-unreadable': 'This file is neither PEM nor PFX',
    'client-certificate-certificate-missing': 'The file holds no certificate',
    'client-certificate-key-missing': 'The file holds no private key. It needs the certificate and its key together',
    'client-certificate-passphrase-missing': 'The key is protected: enter its passphrase',
    'client-certificate-passphrase-wrong': 'This passphrase does not open the key',
    'client-certificate-key-mismatch': 'The key belongs to another certificate',
    'client-certificate-not-rsa': 'Entra ID takes certificates with RSA keys only',
    'client-certificate-expired': 'This certificate ended on {date}',
    'proxy-malformed': 'Enter the proxy as http://proxy.company.com:8080',
    'proxy-password-in-url':
      'A password does not belong in the address. Enter user name and password in their own fields',
    'ldap-url-malformed': 'Enter the LDAP server as ldaps://dc01.company.local',
    'ldap-by-ticket': 'Without a user name the directory is read with the Kerberos ticket of this login session',
  },
  terminal: {
    authority: 'login service instead of the cloud’s own, https only',
    clientCertificate: 'certificate with private key (PEM or PFX) instead of a client secret',
    certificatePassphraseStdin: 'read its passphrase from standard input (or EWS_SETUP_CERTIFICATE_PASSPHRASE)',
    basicCharset: 'how Basic writes user name and password: utf-8 or latin-1',
    proxyUser: 'user name at the proxy; the password comes from EWS_SETUP_PROXY_PASSWORD',
    proxyPasswordStdin: 'read the password at the proxy from standard input',
    ldap: 'read service connection points from this LDAP server: ldaps://HOST, or ldap://HOST with StartTLS',
    ldapUser:
      'user name at the LDAP server, its password comes from EWS_SETUP_LDAP_PASSWORD; without it the Kerberos ticket counts',
    ldapPasswordStdin: 'read the password at the LDAP server from standard input',
    ldapSite: 'Active Directory site whose service connection points come first',
  },
  usage: {
    badAuthority: '--authority expects https://HOST of a login service, not “{value}”.',
    badLdap: '--ldap expects ldaps://HOST or ldap://HOST, not “{value}”.',
    certificateUnreadable: 'The certificate file {file} cannot be read.',
    proxyPasswordInUrl:
      '--proxy takes no password. Give the user name with --proxy-user and the password in EWS_SETUP_PROXY_PASSWORD.',
  },
}
