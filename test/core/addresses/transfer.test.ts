// Addresses travel into the mailbox of the embedded Exchange: created once, updated where they differ, found again after a kill, one way only.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Links } from '../../../src/core/addresses/transferTerms.ts'
import { readContacts } from '../../../src/core/addresses/fromExchange.ts'
import { changesBetween, type ContactItem } from '../../../src/core/ews/contactItems.ts'
import { limits } from '../../../src/core/limits.ts'
import type { OpenMailbox } from '../../../src/core/runs/loginAndRead.ts'
import { startDemo, type DemoExchange } from '../../../src/demo/index.ts'
import { address, inMailbox, memoryLinks, transferTo, uuid } from './onDemo.ts'

const signal = new AbortController().signal
async function contactsIn(mailbox: OpenMailbox): Promise<readonly ContactItem[]> {
  const read = await readContacts(mailbox, { folder: { kind: 'default' }, signal })
  if (read.kind !== 'read') throw new Error(read.kind)
  return read.contacts
}
/** A mailbox whose answers or requests a test bends. */
const bent = (
  mailbox: OpenMailbox,
  send: (xml: string, real: OpenMailbox['send']) => ReturnType<OpenMailbox['send']>,
) => ({
  ...mailbox,
  send: (xml: string) => send(xml, mailbox.send),
})
const operationOf = (xml: string): string => /<soap:Body><m:(\w+)/.exec(xml)?.[1] ?? ''

describe.each(['healthy-on-prem', 'healthy-online'] as const)('%s', (scenario) => {
  let demo: DemoExchange
  beforeEach(async () => {
    demo = await startDemo({ scenario })
    return () => demo.stop()
  })

  test('created, then unchanged, then changed field by field; a company that moves from private to business loses the old fields', async () => {
    const links = memoryLinks()
    const anna = address(1, {
      salutation: 'Frau',
      name1: 'Änne <Müller> & "Co"',
      street: 'Weg 1',
      town: 'Köln',
      phone: '1',
    })
    const firm = address(2, {
      salutation: 'Firma',
      name1: 'Söhne GmbH',
      email: 'info@soehne.example',
      web: 'https://x.example',
    })
    const result = await inMailbox(demo, async (mailbox) => {
      const dry = await transferTo(mailbox, [anna, firm], links, { dryRun: true })
      expect(dry.finished.counts).toMatchObject({ 'would-create': 2, created: 0 })
      expect(dry.items[0]?.changes).toContainEqual({ field: 'Home.Street', before: null, after: 'Weg 1' })
      expect(await contactsIn(mailbox)).toEqual([])

      const first = await transferTo(mailbox, [anna, firm], links)
      expect(first.finished).toMatchObject({ outcome: { kind: 'done' }, counts: { created: 2, failed: 0 } })
      const [one, two] = await contactsIn(mailbox)
      expect(one?.values).toEqual({
        DisplayName: 'Änne <Müller> & "Co"',
        GivenName: 'Änne <Müller> &',
        Surname: '"Co"',
        FileAs: '"Co", Änne <Müller> &',
        'Home.Street': 'Weg 1',
        'Home.City': 'Köln',
        HomePhone: '1',
        PostalAddressIndex: 'Home',
      })
      expect(one?.addressId).toBe(anna.id)
      expect(two?.values).toMatchObject({ CompanyName: 'Söhne GmbH', EmailAddress1: 'info@soehne.example' })

      expect((await transferTo(mailbox, [anna, firm], links)).finished.counts).toMatchObject({
        unchanged: 2,
        created: 0,
      })

      const moved = { ...anna, salutation: 'Firma', name1: 'Müller KG', phone: '' }
      const again = await transferTo(mailbox, [moved, firm], links)
      expect(again.finished.counts).toMatchObject({ updated: 1, unchanged: 1 })
      expect(again.items.find((item) => item.action === 'updated')?.changes).toContainEqual({
        field: 'Home.Street',
        before: 'Weg 1',
        after: null,
      })
      expect((await contactsIn(mailbox)).find((item) => item.addressId === anna.id)?.values).toEqual({
        CompanyName: 'Müller KG',
        DisplayName: 'Müller KG',
        FileAs: 'Müller KG',
        'Business.Street': 'Weg 1',
        'Business.City': 'Köln',
        PostalAddressIndex: 'Business',
      })
    })
    expect(result.ok).toBe(true)
  })

  test('more than a batch, and more than a page', async () => {
    const many = Array.from({ length: limits.contactsPage + limits.contactsBatch + 7 }, (_, index) =>
      address(index + 1),
    )
    await inMailbox(demo, async (mailbox) => {
      const { finished, events } = await transferTo(mailbox, many, memoryLinks())
      expect(finished).toMatchObject({ outcome: { kind: 'done' }, counts: { created: many.length } })
      const progress = events.filter((event) => event.kind === 'progress')
      expect(progress.at(-1)).toMatchObject({ done: many.length, total: many.length, remainingMs: 0 })
      const there = await contactsIn(mailbox)
      expect(there).toHaveLength(many.length)
      expect(new Set(there.map((item) => item.addressId))).toEqual(new Set(many.map((one) => one.id)))
    })
  })
})

describe('on the way', () => {
  let demo: DemoExchange
  beforeAll(async () => {
    demo = await startDemo({ scenario: 'healthy-on-prem' })
  })
  afterAll(() => demo.stop())

  test('a record that cannot be sent is told, the rest goes on', () =>
    inMailbox(demo, async (mailbox) => {
      const all = [
        address(101),
        address(102, { street: 'x'.repeat(300) }),
        address(103, { name1: '' }),
        address(104),
      ].map((one) => ({ ...one, email: '' }))
      const { items, finished } = await transferTo(mailbox, all, memoryLinks())
      expect(finished.counts).toMatchObject({ created: 2, failed: 2 })
      expect(items.filter((item) => item.action === 'failed').map((item) => item.problems[0]?.kind)).toEqual([
        'too-long',
        'nameless',
      ])
    }).then(() => undefined))

  test('killed after the request and before the answer was noted: the next transfer finds its contacts and makes none twice', () =>
    inMailbox(demo, async (mailbox) => {
      const links = memoryLinks()
      const all = Array.from({ length: 120 }, (_, index) => address(200 + index))
      let created = 0
      const dying = bent(mailbox, async (xml, send) => {
        const reply = await send(xml)
        if (operationOf(xml) === 'CreateItem' && ++created === 2) throw new Error('killed')
        return reply
      })
      await expect(transferTo(dying, all, links)).rejects.toThrow('killed')
      expect(links.size()).toBe(50)
      expect(links.pending()).toHaveLength(50)

      const { finished } = await transferTo(mailbox, all, links)
      expect(finished.counts).toMatchObject({ created: 20, unchanged: 100, failed: 0 })
      const marks = (await contactsIn(mailbox)).flatMap((item) =>
        all.some((one) => one.id === item.addressId) ? [item.addressId] : [],
      )
      expect(marks).toHaveLength(all.length)
      expect(new Set(marks).size).toBe(all.length)
    }).then(() => undefined))

  test('killed before the request reached the server: the contacts are created', () =>
    inMailbox(demo, async (mailbox) => {
      const links = memoryLinks()
      const all = [address(400), address(401)]
      const dying = bent(mailbox, (xml, send) =>
        operationOf(xml) === 'CreateItem' ? Promise.reject(new Error('killed')) : send(xml),
      )
      await expect(transferTo(dying, all, links)).rejects.toThrow('killed')
      expect(links.pending()).toHaveLength(2)
      expect((await transferTo(mailbox, all, links)).finished.counts).toMatchObject({ created: 2 })
    }).then(() => undefined))

  test('changed by another client in between: read again, and sent once more', () =>
    inMailbox(demo, async (mailbox) => {
      const links = memoryLinks()
      const one = address(500, { town: 'Köln' })
      await transferTo(mailbox, [one], links)
      let updates = 0
      const disturbed = bent(mailbox, async (xml, send) => {
        // Another client changes the contact after it was read and before it is written.
        if (operationOf(xml) === 'UpdateItem' && ++updates === 1) await send(xml.replaceAll('Bonn', 'Aachen'))
        return send(xml)
      })
      const { finished } = await transferTo(disturbed, [{ ...one, town: 'Bonn' }], links)
      expect(updates).toBe(2)
      expect(finished.counts).toMatchObject({ updated: 1, failed: 0 })
      expect((await contactsIn(mailbox)).find((item) => item.addressId === one.id)?.values['Home.City']).toBe('Bonn')
    }).then(() => undefined))

  test('deleted in Exchange by somebody: created anew', () =>
    inMailbox(demo, async (mailbox) => {
      const links: Links = memoryLinks()
      await links.settle([{ addressId: uuid(600), link: { id: 'Z29uZQ==', changeKey: '' } }])
      const { items } = await transferTo(mailbox, [address(600)], links)
      expect(items.map((item) => item.action)).toEqual(['created'])
    }).then(() => undefined))

  test('a busy server is waited for as it asks, and never asked more often than the limit', () =>
    inMailbox(demo, async (mailbox) => {
      const slept: number[] = []
      const clock = {
        now: () => 0,
        sleep: (ms: number) => {
          slept.push(ms)
          return Promise.resolve()
        },
      }
      let left = 2
      const busyReply = {
        answer: {
          result: 'fault',
          status: 500,
          responseCode: 'ErrorServerBusy',
          message: null,
          server: null,
          backOffMs: 7_000,
          value: null,
        },
        text: '',
        retryAfterMs: null,
      } as const
      const busy = bent(mailbox, (xml, send) => (left-- > 0 ? Promise.resolve(busyReply) : send(xml)))
      const { finished } = await transferTo(busy, [address(700)], memoryLinks(), { clock })
      expect(slept).toEqual([7_000, 7_000])
      expect(finished).toMatchObject({ outcome: { kind: 'done' }, counts: { created: 1 } })

      left = Number.POSITIVE_INFINITY
      const ended = await transferTo(busy, [address(701)], memoryLinks(), { clock })
      expect(ended.finished.outcome).toEqual({ kind: 'broken-off', code: 'ErrorServerBusy', status: 500 })
    }).then(() => undefined))

  test('a record that the schema refuses spoils no other of its batch', () =>
    inMailbox(demo, async (mailbox) => {
      const all = Array.from({ length: 9 }, (_, index) => address(800 + index))
      const strict = bent(mailbox, (xml, send) =>
        send(xml.includes(`>${uuid(805)}<`) ? xml.replace('<t:FileAs>', '<t:Unknown/><t:FileAs>') : xml),
      )
      const { items, finished } = await transferTo(strict, all, memoryLinks())
      expect(finished.counts).toMatchObject({ created: 8, failed: 1 })
      expect(items.find((item) => item.action === 'failed')).toMatchObject({
        addressId: uuid(805),
        code: 'ErrorSchemaValidation',
      })
    }).then(() => undefined))

  test('what cannot be noted is not sent', () =>
    inMailbox(demo, async (mailbox) => {
      const sent: string[] = []
      const watched = bent(mailbox, (xml, send) => {
        sent.push(operationOf(xml))
        return send(xml)
      })
      const full: Links = { ...memoryLinks(), begin: () => Promise.resolve('ENOSPC') }
      const { finished } = await transferTo(watched, [address(900)], full)
      expect(finished.outcome).toEqual({ kind: 'broken-off', code: 'not-noted:ENOSPC', status: null })
      expect(sent).not.toContain('CreateItem')
    }).then(() => undefined))

  test('stopped: nothing more is sent, and what was done stays told', () =>
    inMailbox(demo, async (mailbox) => {
      const stop = new AbortController()
      const all = Array.from({ length: 160 }, (_, index) => address(1_000 + index))
      const { finished } = await transferTo(mailbox, all, memoryLinks(), {
        signal: stop.signal,
        emit: (event) => {
          if (event.kind === 'progress' && event.done >= 50) stop.abort()
        },
      }).catch(() => ({ finished: null }))
      expect(finished).toBeNull()
      const created = (await contactsIn(mailbox)).filter((item) => all.some((one) => one.id === item.addressId))
      expect(created).toHaveLength(50)
    }).then(() => undefined))
})

test('no change is no difference, and an index of none is none', () => {
  expect(changesBetween({ FileAs: 'A' }, { FileAs: 'A' })).toEqual([])
  expect(changesBetween({ PostalAddressIndex: 'None' }, {})).toEqual([])
})
