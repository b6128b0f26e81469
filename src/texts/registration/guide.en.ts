/** The guide to the app registration in English. Its shape is what every language has to fill. */
import type { CheckNote } from '../../core/registration/progress.ts'
import type { GuideStep, PermissionModel, PortalPage } from '../../core/registration/models.ts'
import type { RetirementDateId } from '../../core/registration/retirement.ts'
import type { ScriptFormat } from '../../core/registration/script.ts'

type StepWords = { title: string; todo: readonly string[]; noCheck: string }
type ModelWords = { label: string; reads: string }

export const guide = {
  introduction:
    'Once, an administrator registers the application in Entra ID. Everything here works without a network, except the checks and the links.',
  model: {
    title: 'Which mailboxes may the application open?',
    suggested: 'Suggested by what is in the fields. Choose what is right.',
    options: {
      all: {
        label: 'All mailboxes in Exchange Online',
        reads: 'full_access_as_app with consent: the application can read and change every mailbox of the tenant.',
      },
      some: {
        label: 'Only some mailboxes in Exchange Online',
        reads:
          'A role in Exchange (RBAC for Applications) with a scope: the application can read and change the chosen mailboxes and no other.',
      },
      hybrid: {
        label: 'Hybrid: Exchange Online and an own server',
        reads:
          'In the cloud every mailbox of the tenant; on the own server what its account may open. Since 31 October 2025 hybrid features need a dedicated hybrid application besides.',
      },
      'on-premises': {
        label: 'Only an own Exchange Server',
        reads:
          'No registration: an account logs in with user name and password, and opens its own mailbox, or others with the impersonation role.',
      },
    } satisfies Record<PermissionModel, ModelWords>,
  },
  steps: {
    title: 'Steps',
    progress: '{done} of {all} ticked off',
    step: 'Step {number}: {title}',
    done: 'Done',
    doneOf: 'Done: {title}',
    fills: 'Fills in the dialog: {fields}',
    words: 'Where to click',
    other: '(German portal: {word})',
    unsure: 'The portal may use another word here.',
    drawing: 'Drawing: in the menu of the registration “{menu}” is chosen; then “{target}”.',
    drawingList: 'Drawing: in the list of registrations, “{target}”.',
    entries: {
      register: {
        title: 'Register the application',
        todo: [
          'Open the app registrations and choose a new registration. Any name will do, such as EWS Setup.',
          'Accounts: this organisational directory only (single tenant).',
          'A redirect URI is optional: urn:ietf:wg:oauth:2.0:oob for a public client. Take it out again when authentication errors such as a 401 appear.',
        ],
        noCheck: 'The next step shows whether it is there.',
      },
      ids: {
        title: 'Copy both IDs',
        todo: [
          'Copy the two IDs from the overview of the registration, both from the same page.',
          'Not the object ID: neither that of the registration nor that of the enterprise application.',
        ],
        noCheck: '',
      },
      permission: {
        title: 'Add the permission for Exchange',
        todo: [
          'Add the application permission full_access_as_app of Office 365 Exchange Online. Permissions of Microsoft Graph give nothing at EWS.',
          'For logins on behalf of a person, also: delegated permissions → EWS → EWS.AccessAsUser.All. It needs no consent of its own.',
        ],
        noCheck: '',
      },
      consent: {
        title: 'Grant admin consent',
        todo: [
          'Grant admin consent. The permission then shows a green mark.',
          'This needs an administrator who may do it, such as a Privileged Role Administrator or a Cloud Application Administrator. From anybody else it has no effect.',
        ],
        noCheck: '',
      },
      'public-client': {
        title: 'Allow public client flows',
        todo: ['Under authentication, set “Allow public client flows” to Yes and save.'],
        noCheck: 'A login with a client secret does not show this switch, so there is nothing to check.',
      },
      secret: {
        title: 'Create a client secret',
        todo: [
          'Create a client secret with a name and a validity.',
          'Copy the value at once: it is shown this one time. The secret ID beside it never works.',
        ],
        noCheck: '',
      },
      scope: {
        title: 'Limit it to the chosen mailboxes',
        todo: [
          'Run the script for Exchange Online: it makes a group of the mailboxes, a scope of the group, and assigns the role Application EWS.AccessAsApp.',
          'It takes 30 minutes to 2 hours to work. A consent to full_access_as_app in Entra would defeat the scope.',
        ],
        noCheck: '',
      },
      'allow-list': {
        title: 'Put the application on the allow list',
        todo: [
          'With EwsEnabled True and a list in EwsAllowedAppIDs Exchange Online lets in only the applications of the list; tenants that set nothing are switched off one after the other since October 2026. The script for Exchange Online reads the list, adds this application and writes it back.',
          'Until it works can take 24 hours. Mailboxes that have only an F1, F3 or kiosk licence have no EWS.',
        ],
        noCheck: '',
      },
      directories: {
        title: 'Publish EWS on the server',
        todo: [
          'The script for Exchange Server shows URLs and login methods of the virtual directories, and sets the URL from the dialog.',
        ],
        noCheck: '',
      },
      impersonation: {
        title: 'Assign the impersonation role',
        todo: [
          'Only when the account is to open mailboxes of other people: the script assigns ApplicationImpersonation, limited to mailboxes where some are named.',
        ],
        noCheck: 'The test opens the mailbox of the account itself and does not use this role.',
      },
      ews: {
        title: 'Connect over EWS',
        todo: ['Enter the mailbox and check: the login is made once, and the mailbox is read.'],
        noCheck: '',
      },
    } satisfies Record<GuideStep, StepWords>,
  },
  portal: {
    open: 'Open in the portal',
    openOf: 'Open in the portal: {page}',
    unknown: 'The address of this cloud’s portal is not known here. Open it yourself.',
    failed: 'The browser could not be opened.',
    pages: {
      registrations: 'App registrations',
      overview: 'Overview of the registration',
      permissions: 'API permissions',
      authentication: 'Authentication',
      credentials: 'Certificates & secrets',
      'exchange-admin': 'Exchange admin center',
    } satisfies Record<PortalPage, string>,
  },
  check: {
    run: 'Check',
    runOf: 'Check: {title}',
    stop: 'Stop',
    running: 'Is being checked …',
    lost: 'The connection to the program broke off.',
    refused: 'Another run is under way. Wait for its end.',
    stopped: 'Stopped. Nothing was learned.',
    never: 'Not checked yet',
    outcomes: { passed: 'In order', warning: 'In order, with a remark', failed: 'Not in order', open: 'Still open' },
    at: 'checked on {date}',
    because: 'First mend step “{title}”.',
    regressed: 'It was in order on {date} and is not any more.',
    stale: 'This was checked with other IDs. Check again.',
    code: 'Code: {id}. Check again to see what it means.',
    seen: 'What was seen',
    announce: '{title}: {outcome}',
    what: {
      tenant:
        'Asks Microsoft anonymously whether the tenant exists and whether the mail domain belongs to it. No secret is sent.',
      token: 'Asks for a token once. EWS is not called.',
      permission:
        'Asks for a token and looks for the permission in it. Without it, EWS decides: Exchange itself may have given it.',
      ews: 'Logs in once over EWS and reads the mailbox.',
    },
    notes: {
      'by-exchange-role':
        'The token carries no role, and EWS lets the application in all the same: the permission comes from Exchange (RBAC for Applications).',
      'role-not-shown':
        'The token carries no role. That is no proof that the permission is missing: Exchange may have given it. Enter a mailbox, and EWS decides.',
      'consent-defeats-scope':
        'The token carries full_access_as_app, so the application may open every mailbox and the scope limits nothing. Take the consent in Entra back.',
      'tenant-differs': 'The tenant exists, but the mail domain belongs to another one.',
      'consent-without-effect':
        'No permission is in the token, and EWS refuses it: the consent is missing, or was given by somebody who may not give it.',
    } satisfies Record<CheckNote, string>,
  },
  save: {
    hint: 'The fields here are those of the dialog; there too you can save them.',
    stored: 'Ticks and checks are kept with the profile.',
    failed: 'This could not be stored: {code}',
  },
  scripts: {
    title: 'The same as a script',
    hint: 'With the values of the fields. Read it before you run it; it contains no secret.',
    format: 'Script',
    formats: {
      'graph-powershell': 'Entra: Microsoft Graph PowerShell',
      'azure-cli': 'Entra: Azure CLI (bash)',
      'exchange-online': 'Exchange Online PowerShell',
      'exchange-server': 'Exchange Server: Management Shell',
    } satisfies Record<ScriptFormat, string>,
    appName: 'Name of the registration',
    appNameWrong: 'Enter 1 to 120 characters, the first of which is neither @ nor -.',
    mailboxes: 'Mailboxes',
    mailboxesHint: 'One address a line. Without any, the mailbox of the dialog.',
    certificate: 'A certificate instead of a client secret',
    delegated: 'Also EWS.AccessAsUser.All (delegated)',
    preview: 'Script',
    copy: 'Copy script',
    save: 'Save script',
    saved: 'The script was saved as {file}.',
    failed: 'The script could not be written.',
    open: 'Show script',
    openOf: 'Show script for: {title}',
    noClientId: 'The application (client) ID is still missing; the script asks for it.',
  },
  retirement: {
    title: 'EWS in Exchange Online ends on {date}',
    days: { one: '{count} day left', other: '{count} days left' },
    over: 'EWS in Exchange Online has ended.',
    known: 'What is known of this tenant',
    states: {
      none: 'Nothing yet: no test has asked Exchange Online.',
      open: 'On {date} EWS let the application in.',
      blocked: 'On {date} EWS was blocked although the token was good. Step “{title}” says what helps.',
      refused: 'On {date} EWS refused for another reason; that does not tell whether it is switched off.',
    },
    until: 'Until then',
    untilList: [
      'Keep EwsEnabled on True and this application in EwsAllowedAppIDs.',
      'Note which of your applications still use EWS: the Microsoft 365 admin center has a usage report.',
    ],
    after: 'After that',
    afterList: [
      'Microsoft Graph takes its place, with application permissions such as Contacts.ReadWrite. Ask the vendor of your application for its date.',
      'No exception is announced for any tenant. The dates of the national clouds are not confirmed.',
    ],
    dates: 'Dates and sources',
    day: 'Day',
    what: 'What',
    source: 'Source',
    events: {
      announced: 'Microsoft publishes the plan in phases',
      'allow-list': 'EwsAllowedAppIDs is introduced',
      'switching-off': 'Tenants that set nothing are switched off, one after the other',
      'kiosk-licences': 'Mailboxes with only F1, F3 or kiosk licences lose EWS',
      end: 'EWS is off for every tenant',
    } satisfies Record<RetirementDateId, string>,
  },
} as const

type Shape<T> = T extends string
  ? string
  : T extends readonly string[]
    ? readonly string[]
    : { readonly [K in keyof T]: Shape<T[K]> }

export type GuideWords = Shape<typeof guide>
