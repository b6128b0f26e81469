// EWS of the demo, used through the real ews-javascript-api, and its refusals.

import {
  BasePropertySet,
  Contact,
  ContactsFolder,
  DeleteMode,
  EmailAddress,
  EmailAddressKey,
  EwsLogging,
  ExchangeService,
  ExchangeVersion,
  Folder,
  ItemView,
  PropertySet,
  Uri,
  WebCredentials,
  WellKnownFolderName,
  type IXHRApi,
  type IXHROptions,
} from 'ews-javascript-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorld, makeServer, type Organisation, type World } from '../../src/demo/index.ts'
import { versionsUpTo2010Sp2 } from '../../src/demo/exchange/organisation.ts'
import { serverBusy } from '../../src/demo/exchange/soap.ts'
import { basic, getFolder, send, xml, type Received } from './client.ts'

const url = 'https://mail.contoso.example/EWS/Exchange.asmx'
const password = 'Pässword-für-Anna'
const organisation: Organisation = {
  netbios: 'CONTOSO',
  adDomain: 'ad.contoso.example',
  mailDomains: ['contoso.example'],
  accounts: [
    {
      email: 'anna@contoso.example',
      displayName: 'Anna Berger',
      sam: 'anna',
      upn: 'anna@contoso.example',
      password,
      mailbox: true,
    },
    {
      email: 'svc@contoso.example',
      displayName: 'Service',
      sam: 'svc',
      upn: 'svc@contoso.example',
      password,
      mailbox: true,
      mayImpersonate: true,
    },
    {
      email: 'none@contoso.example',
      displayName: 'None',
      sam: 'none',
      upn: 'none@contoso.example',
      password,
      mailbox: false,
    },
  ],
  ewsUrl: url,
  build: [15, 2, 2562, 43],
  schemaVersion: 'V2017_07_11',
  versions: [...versionsUpTo2010Sp2, 'Exchange2013', 'Exchange2013_SP1', 'Exchange2016'],
}

let world: World
beforeAll(async () => {
  const https = makeServer({ organisation, ewsSchemes: ['basic', 'ntlm'] })
  world = await startWorld({ zones: {}, hosts: { 'mail.contoso.example': { https } } })
})
afterAll(() => world.stop())

const transport = (): IXHRApi => ({
  apiName: 'demo',
  disconnect: () => undefined,
  xhrStream: () => Promise.reject(new Error('not used')),
  xhr: async (o: IXHROptions) => {
    const answer = await send(world, o.url ?? url, {
      method: o.type ?? 'POST',
      headers: o.headers as Record<string, string>,
      body: String(o.data),
    })
    const shown = {
      status: answer.status,
      statusText: '',
      response: answer.body,
      responseText: answer.body,
      responseXML: null,
      headers: answer.headers,
      finalUrl: url,
      getAllResponseHeaders: () => '',
      getResponseHeader: (name: string) => String(answer.headers[name.toLowerCase()] ?? ''),
    } as unknown as XMLHttpRequest
    if (answer.status !== 200) throw shown as unknown as Error
    return shown
  },
})

const serviceFor = (user: string): ExchangeService => {
  EwsLogging.DebugLogEnabled = false
  const service = new ExchangeService(ExchangeVersion.Exchange2013_SP1)
  service.Url = new Uri(url)
  service.Credentials = new WebCredentials(user, password)
  service.XHRApi = transport()
  return service
}

test('ews-javascript-api binds the inbox and reads its mails', async () => {
  const service = serviceFor('anna@contoso.example')
  const inbox = await Folder.Bind(service, WellKnownFolderName.Inbox)
  expect([inbox.DisplayName, inbox.TotalCount, inbox.UnreadCount]).toEqual(['Inbox', 4, 2])
  expect(service.ServerInfo.MajorBuildNumber).toBe(2562)
  const found = await service.FindItems(WellKnownFolderName.Inbox, new ItemView(2))
  expect([found.TotalCount, found.Items.length, found.MoreAvailable]).toEqual([4, 2, true])
  const [first] = found.Items
  await first?.Load(new PropertySet(BasePropertySet.FirstClassProperties))
  expect(first?.Subject).toBe('Invoice 2026-1184')
  expect(first?.Body.Text).toContain('our invoice for October')
})

test('ews-javascript-api creates, finds and deletes a contact', async () => {
  const service = serviceFor('svc@contoso.example')
  const contact = new Contact(service)
  contact.GivenName = 'Jörg'
  // The library writes element text as it is: what comes from outside has to be escaped before it gets there.
  contact.Surname = 'Müller &amp; Söhne'
  contact.EmailAddresses._setItem(EmailAddressKey.EmailAddress1, new EmailAddress('joerg@werkstatt.example'))
  await contact.Save(WellKnownFolderName.Contacts)
  const folder = await ContactsFolder.Bind(service, WellKnownFolderName.Contacts)
  expect(folder.TotalCount).toBe(1)
  const found = await service.FindItems(WellKnownFolderName.Contacts, new ItemView(10))
  const [one] = found.Items
  expect(one).toBeInstanceOf(Contact)
  expect(one instanceof Contact ? one.Surname : '').toBe('Müller & Söhne')
  await one?.Delete(DeleteMode.HardDelete)
  expect((await service.FindItems(WellKnownFolderName.Contacts, new ItemView(10))).TotalCount).toBe(0)
})

const call = (body: string, user = 'anna@contoso.example', headers: Record<string, string> = {}): Promise<Received> =>
  send(world, url, { headers: { ...xml, ...basic(user, password), ...headers }, body })
const codeOf = (answer: Received): string => /ResponseCode[^>]*>([^<]+)</.exec(answer.body)?.[1] ?? ''

test('faults: version, schema, impersonation; errors in a 200: mailbox, folder', async () => {
  const fault = async (body: string, user?: string) => {
    const answer = await call(body, user)
    return [answer.status, codeOf(answer)]
  }
  expect(await fault(getFolder({ version: 'Exchange2031' }))).toEqual([500, 'ErrorInvalidServerVersion'])
  expect(await fault('<a><b></a>')).toEqual([500, 'ErrorSchemaValidation'])
  expect(await fault('<!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>')).toEqual([500, 'ErrorSchemaValidation'])
  expect(await fault(getFolder().replace(/<m:FolderIds>.*<\/m:FolderIds>/, ''))).toEqual([500, 'ErrorSchemaValidation'])
  expect(await fault(getFolder({ impersonate: 'svc@contoso.example' }))).toEqual([500, 'ErrorImpersonateUserDenied'])
  expect(await fault(getFolder({ impersonate: 'anna@contoso.example' }), 'svc@contoso.example')).toEqual([
    200,
    'NoError',
  ])
  expect(await fault(getFolder({ impersonate: 'x@contoso.example' }), 'svc@contoso.example')).toEqual([
    500,
    'ErrorNonExistentMailbox',
  ])
  expect(await fault(getFolder(), 'none@contoso.example')).toEqual([200, 'ErrorMissingEmailAddress'])
  expect(await fault(getFolder({ folder: 'nosuchfolder' }))).toEqual([200, 'ErrorFolderNotFound'])
})

test('a wrong content type is 415, a GET after the login a page, the path has no case', async () => {
  expect((await call(getFolder(), undefined, { 'Content-Type': 'application/json' })).status).toBe(415)
  const page = await send(world, url.toLowerCase(), { headers: basic('CONTOSO\\anna', password) })
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
})

test('Basic is understood in UTF-8 and in Latin-1', async () => {
  const latin = Buffer.from(`anna@contoso.example:${password}`, 'latin1').toString('base64')
  expect((await call(getFolder(), undefined, { Authorization: `Basic ${latin}` })).status).toBe(200)
  expect((await call(getFolder())).status).toBe(200)
})

test('a throttled server names the wait, and the request id comes back when asked for', async () => {
  const https = makeServer({ organisation, ewsSchemes: ['basic'], ews: { fault: serverBusy(5000) } })
  const busy = await startWorld({ zones: {}, hosts: { 'mail.contoso.example': { https } } })
  const answer = await send(busy, url, {
    headers: {
      ...xml,
      ...basic('anna@contoso.example', password),
      'client-request-id': 'abc',
      'return-client-request-id': 'true',
    },
    body: getFolder(),
  })
  expect([answer.status, codeOf(answer), answer.headers['client-request-id']]).toEqual([500, 'ErrorServerBusy', 'abc'])
  expect(answer.body).toContain('<t:Value Name="BackOffMilliseconds">5000</t:Value>')
  await busy.stop()
})
