/** English words of the commands: where they are run, and what the reader puts in where a run does not know it. */
export const commandWords = {
  shells: {
    'exchange-online': 'Exchange Online PowerShell',
    'exchange-server': 'Exchange Management Shell',
    exchange: 'Exchange Online PowerShell or Exchange Management Shell',
    'active-directory': 'PowerShell with the Active Directory module',
    windows: 'PowerShell on Windows',
  },
  standIns: {
    clientId: 'application ID',
    email: 'e-mail address',
    user: 'user',
    host: 'host',
    port: 'port',
    server: 'server',
    externalHost: 'external host',
    thumbprint: 'thumbprint',
    enterpriseObjectId: 'object ID of the enterprise application',
    scopeOfMailboxes: 'management scope',
    listedIds: 'IDs listed so far',
  },
}
