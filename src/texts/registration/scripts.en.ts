/** Sentences in the scripts of the app registration: comments, and what a script says or asks while it runs. */
import type { ScriptTextId } from '../../core/registration/script.ts'

export const scripts = {
  'head-graph-powershell': 'EWS Setup: app registration in Entra ID with Microsoft Graph PowerShell.',
  'head-azure-cli': 'EWS Setup: app registration in Entra ID with the Azure CLI.',
  'head-exchange-online': 'EWS Setup: access of the application in Exchange Online.',
  'head-exchange-server': 'EWS Setup: EWS of Exchange Server, for the Exchange Management Shell.',
  'how-to-run-powershell': 'Save as {file}, read it, and run it in PowerShell.',
  'how-to-run-bash': 'Save as {file}, read it, and run it with bash.',
  'needs-graph':
    'Needs the modules Microsoft.Graph.Authentication and Microsoft.Graph.Applications: Install-Module Microsoft.Graph -Scope CurrentUser',
  'needs-azure-cli': 'Needs the Azure CLI (az).',
  'needs-exchange-online':
    'Needs the module ExchangeOnlineManagement (Install-Module ExchangeOnlineManagement -Scope CurrentUser), an account that may manage the organisation and its roles, and, to limit the application to some mailboxes, Microsoft.Graph as well.',
  'needs-exchange-shell': 'Needs an account that may manage virtual directories and role assignments.',
  'who-consents':
    'Consent for an application permission of Exchange needs an administrator who may give it, such as a Privileged Role Administrator or a Cloud Application Administrator. Without that right the step below is refused.',
  twice: 'Running it again changes nothing that is already right.',
  undo: 'With {option} it takes back what it did.',
  values: 'Values from EWS Setup. Nothing secret is among them.',
  'cloud-unconfirmed':
    'How to connect to this cloud is not confirmed. Connect by hand first and take the connecting line out.',
  retirement:
    'EWS in Exchange Online ends on {date}, for every tenant. Plan the move to Microsoft Graph; Exchange Server is not affected.',
  'sign-in': 'Sign in.',
  'find-application': 'Find the registration: by its client ID, or by its name where there is none yet.',
  register: 'The registration: accounts in this organisational directory only (single tenant).',
  'enterprise-application': 'The enterprise application of it: what permissions are given to.',
  'look-up-ids': 'The permissions of Office 365 Exchange Online in this tenant, looked up by their names.',
  permission:
    'The application permission full_access_as_app. Permissions that are already there stay. To limit the application to chosen mailboxes leave it out (model some).',
  'permission-delegated': 'Also EWS.AccessAsUser.All, for logins on behalf of a person.',
  'rbac-instead':
    'No full_access_as_app here: Exchange itself gives the permission, for the chosen mailboxes only. The script for exchange-online does that.',
  consent:
    'Administrator consent: gives the application the permission for all mailboxes. Where Entra does not know the new application yet, run the script again after a minute.',
  'public-client': 'Authentication: allow public client flows = yes.',
  secret:
    'A client secret that is good for one year. Its value is shown once, on the screen, and is written nowhere. One that is still good is left alone.',
  certificate:
    'A certificate instead of a secret: the public part of it is added. EWS Setup itself tests with a client secret.',
  result: 'What belongs into the fields of EWS Setup.',
  'undo-consent': 'Take the consent back.',
  'undo-registration': 'Delete the registration, but only when its client ID is typed in again.',
  'service-principal': 'The enterprise application as Exchange knows it.',
  'object-id':
    'Exchange wants the object ID of the enterprise application, which is not that of the registration; it is looked up in Entra.',
  group:
    'The chosen mailboxes are members of a mail-enabled security group. Only direct members count. Mailboxes are only added here; take others out by hand.',
  scope: 'The scope: members of this group, and nobody else.',
  role: 'The role Application EWS.AccessAsApp, limited to the scope. It takes 30 minutes to 2 hours to work.',
  'all-mailboxes': 'No scope here: with full_access_as_app the application may open every mailbox of the tenant.',
  'consent-defeats':
    'Permissions add up: as long as full_access_as_app is consented to in Entra, this scope limits nothing. Take that consent back.',
  'allow-list':
    'EwsAllowedAppIDs is one list that every write replaces as a whole: read it, add this application, write it.',
  'allow-list-meaning':
    'With EwsEnabled True and a list, only the applications in it may use EWS. What True with an empty list means is not settled.',
  'mailbox-switch': 'EWS must not be switched off for the mailbox either. -Undo does not switch it off again.',
  'authorization-test': 'Last: what the application may do with each mailbox. InScope has to be True.',
  'undo-order': 'The assignment first, then the scope it uses, then the group.',
  'undo-allow-list': 'Take this application out of the list, and leave the others in it. EwsEnabled stays as it is.',
  directories: 'What is set now.',
  'directories-unchanged': 'The URL of EWS, inside and outside. Without a URL above the directories keep theirs.',
  'windows-authentication':
    'Windows authentication (Negotiate and NTLM) is what the login uses. The other methods stay.',
  impersonation:
    'The role ApplicationImpersonation lets the account open mailboxes of other people. EWS Setup does not need it to test the own mailbox.',
  'impersonation-scope': 'With mailboxes named above it is limited to them.',
  'before-file': 'What was set before goes into a file beside this script, once, so that it can be set back.',
  'say-two-applications': 'There are several registrations with this name. Enter the client ID in the script.',
  'say-nothing-found': 'There is no such application in this tenant.',
  'say-no-exchange':
    'This tenant has no Office 365 Exchange Online. Check tenant and cloud, and whether there is a licence for Exchange.',
  'say-registered': 'Registered:',
  'say-consented': 'Consent is given.',
  'say-secret-once':
    'The value of the client secret follows. It is shown only this once: copy it into EWS Setup now, and let nobody look on.',
  'say-secret-kept': 'There is a client secret that is still good. A new one comes with -NewSecret (or --new-secret).',
  'say-redirected':
    'The output goes into a file or another program. The secret is made only when it can be shown on a screen.',
  'say-enter-in-dialog': 'Directory (tenant) ID and application (client) ID for EWS Setup:',
  'say-type-id-to-delete': 'Type the client ID to delete the registration, or press Enter to keep it',
  'say-not-deleted': 'The registration was kept.',
  'say-deleted': 'The registration was deleted.',
  'say-consent-removed': 'The consent was taken back.',
  'say-client-id-missing': 'Enter the application (client) ID in the script.',
  'say-account-missing': 'No account is named, so no impersonation role was assigned.',
  'say-allow-list-before': 'Set until now:',
  'say-allow-list-would-block':
    'From now on only the applications in the list may use EWS. All others may lose it: Outlook add-ins, backup, telephony, room panels. Add their client IDs first if you know of any.',
  'say-continue': 'Type yes to write the list all the same',
  'say-left-unchanged': 'Nothing was changed.',
  'say-allow-list-has': 'The application is in the list already, and EWS is on.',
  'say-allow-list-written': 'The list was written, with all the entries it had.',
  'say-list-empty': 'The list is empty now. What EwsEnabled True means without a list is not settled: check it.',
  'say-wait': 'It can take up to 24 hours until this works.',
  'say-test': 'What the application may do:',
  'say-removed': 'Assignment, scope and group were removed, as far as they were there.',
  'say-service-principal-kept':
    'The entry of the application in Exchange stays, because other assignments may use it: Remove-ServicePrincipal removes it.',
  'say-not-before': 'There is no file with the earlier settings, so the directories stay as they are.',
  'say-certificate-there': 'The certificate is there already.',
} as const satisfies Record<ScriptTextId, string>

export type ScriptWords = Readonly<Record<ScriptTextId, string>>
