/** `ews-setup addresses`: the address base in and out of files, and into a mailbox. Thin: what happens is in `host/addresses.ts`. */
import { open, rename, rm, writeFile } from 'node:fs/promises'
import { exitCodes, connectorHost } from './execute.ts'
import { progressTo } from './progress.ts'
import { failureLines } from './report.ts'
import { readRequest, type RunFlags } from './runOptions.ts'
import { UsageError } from './usage.ts'
import type { AddressFormat } from '../contract/contactFields.ts'
import type { Language } from '../contract/contract.ts'
import { nameOf, type Address } from '../core/addresses/address.ts'
import { contactFields, type ContactField } from '../core/addresses/mapping.ts'
import type { AddressProblem } from '../core/addresses/problems.ts'
import type { TransferEvent } from '../core/addresses/transferTerms.ts'
import type { RunRequest } from '../core/connector.ts'
import { errorCode } from '../core/errorCode.ts'
import type { Facts } from '../core/evidence/schema.ts'
import type { ContactFolder } from '../core/ews/contactItems.ts'
import { limits } from '../core/limits.ts'
import type { RunResult } from '../core/runs/events.ts'
import { openAddressBook, type AddressBook } from '../host/addressBook.ts'
import { folderOf, openAddresses, type Addresses, type ImportReport } from '../host/addresses.ts'
import { lazyConnector } from '../host/lazyConnector.ts'
import { stateDirectory } from '../host/stateDirectory.ts'
import { terminationSignal } from '../host/terminationSignal.ts'
import { addresses as de } from '../texts/addresses.de.ts'
import { addresses as en } from '../texts/addresses.en.ts'
import { fill, type Template } from '../texts/index.ts'

type Texts = typeof en

export type AddressFlags = { json?: boolean; dryRun?: boolean; format?: string; folder?: string }
type Options = { language: Language; debug: boolean }
type Environment = Readonly<Record<string, string | undefined>>

function opened(o: Options): { texts: Texts; book: AddressBook; addresses: Addresses } {
  const directory = stateDirectory()
  const book = openAddressBook(directory)
  const texts = o.language === 'de' ? de : en
  book.count()
  const failure = book.failure()
  if (failure !== null) throw new UsageError('addressBookUnreadable', { code: failure })
  const connector = lazyConnector(() => connectorHost(o.debug))
  return { texts, book, addresses: openAddresses({ book, connector, directory }) }
}

const say = (texts: Template, facts: Facts, language: Language): string => fill(texts, facts, language)

/** `import FILE`: 0 when every record was taken in, 1 when one was refused, 2 when the file cannot be read. */
export async function importAddresses(
  file: string,
  flags: AddressFlags & RunFlags,
  o: Options,
  environment: Environment,
): Promise<number> {
  const { texts, addresses } = opened(o)
  const { settings } = await readRequest(flags, undefined, 'addresses', environment, { needsEmail: false })
  const report = await addresses.importFile(await bytesOf(file), settings, { dryRun: flags.dryRun === true })
  if (flags.json === true) process.stdout.write(`${JSON.stringify({ schema: 1, file, ...report }, null, 2)}\n`)
  else process.stdout.write(importLines(report, texts, o.language, flags.dryRun === true))
  switch (report.kind) {
    case 'refused':
      process.stderr.write(`${refusalOf(report.reason, texts, o.language)}\n`)
      return exitCodes.usage
    case 'not-saved':
      process.stderr.write(`${say(texts.imported.notSaved, { code: report.code }, o.language)}\n`)
      return exitCodes.usage
    case 'read':
      for (const { place, problem } of report.refused) {
        const where = report.format === 'csv' ? texts.imported.csvPlace : texts.imported.vcardPlace
        const facts = {
          place: fill(where, { place: String(place) }, o.language),
          problem: fill(texts.recordProblems[problem.kind], problem, o.language),
        }
        process.stderr.write(`${say(texts.imported.refused, facts, o.language)}\n`)
      }
      return report.refused.length === 0 ? exitCodes.works : exitCodes.fails
  }
}

function refusalOf(
  reason: Extract<ImportReport, { kind: 'refused' }>['reason'],
  texts: Texts,
  language: Language,
): string {
  const facts = { megabytes: limits.addressFileBytes / 1024 / 1024, most: limits.addresses }
  return say(texts.fileRefusals[reason], facts, language)
}

function importLines(report: ImportReport, texts: Texts, language: Language, dryRun: boolean): string {
  if (report.kind !== 'read') return ''
  const { created, updated, unknownColumns } = report
  const lines = [
    say(dryRun ? texts.imported.dry : texts.imported.done, { count: created + updated, created, updated }, language),
    ...(unknownColumns.length === 0 ? [] : [say(texts.imported.free, { columns: [...unknownColumns] }, language)]),
  ]
  return `${lines.join('\n')}\n`
}

/** Reads at most one byte more than the limit, so that an endless device ends as well. */
async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    const handle = await open(file, 'r')
    try {
      const parts: Uint8Array[] = []
      for await (const part of handle.createReadStream({ autoClose: false, end: limits.addressFileBytes }))
        parts.push(Buffer.from(part as Uint8Array))
      return Buffer.concat(parts)
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw new UsageError('addressFileUnreadable', { file, code: errorCode(error) ?? '' })
  }
}

/** `export FILE`: the whole address base, as CSV or vCard by the name of the file. */
export async function exportAddresses(
  file: string,
  flags: AddressFlags & RunFlags,
  o: Options,
  environment: Environment,
): Promise<number> {
  const { texts, book, addresses } = opened(o)
  const { settings } = await readRequest(flags, undefined, 'addresses', environment, { needsEmail: false })
  const written = addresses.exportFile(formatOf(file, flags.format), settings)
  const temporary = `${file}.${process.pid}.part`
  try {
    await writeFile(temporary, written, { mode: 0o600, flag: 'wx' })
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw new UsageError('addressFileNotWritable', { file, code: errorCode(error) ?? '' })
  }
  const count = book.count()
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify({ schema: 1, file, count }, null, 2)}\n`
      : `${say(texts.terminal.exported, { count, file }, o.language)}\n`,
  )
  return exitCodes.works
}

const formats: Readonly<Record<string, AddressFormat>> = {
  csv: 'csv',
  vcf: 'vcard-4',
  vcard: 'vcard-4',
  'vcard-4': 'vcard-4',
  'vcard-3': 'vcard-3',
}

function formatOf(file: string, wanted: string | undefined): AddressFormat {
  const format = formats[(wanted ?? /\.([a-z]+)$/i.exec(file)?.[1] ?? '').toLowerCase()]
  if (format !== undefined) return format
  throw wanted === undefined
    ? new UsageError('addressFormatUnknown', { file })
    : new UsageError('badChoice', { option: '--format', value: wanted, choices: 'csv, vcard-4, vcard-3' })
}

/** `preview ID`: the contact that an address would become. 0 when it can be sent, 1 when not. */
export async function previewAddress(
  id: string,
  flags: AddressFlags & RunFlags,
  o: Options,
  environment: Environment,
): Promise<number> {
  const { texts, book, addresses } = opened(o)
  const { settings } = await readRequest(flags, undefined, 'addresses', environment, { needsEmail: false })
  const address = addressNamed(book, id)
  const preview = addresses.preview(address, settings)
  if (flags.json === true) {
    process.stdout.write(
      `${JSON.stringify({ schema: 1, id: address.id, number: address.number, ...preview }, null, 2)}\n`,
    )
  } else {
    const head = say(texts.terminal.previewed, { name: nameOf(address), kind: texts.kinds[preview.kind] }, o.language)
    const lines = contactFields.flatMap((field) => {
      const value = preview.values[field]
      return value === undefined ? [] : [`  ${texts.contactFields[field]}: ${shownValue(field, value, texts)}`]
    })
    process.stdout.write(`${[head, ...lines].join('\n')}\n`)
  }
  for (const problem of preview.problems) process.stderr.write(`${problemLine(problem, texts, o.language)}\n`)
  return preview.problems.every((problem) => problem.kind === 'control-characters') ? exitCodes.works : exitCodes.fails
}

function addressNamed(book: AddressBook, value: string): Address {
  const found = book.get(value) ?? book.all().find((address) => address.number !== '' && address.number === value)
  if (found === undefined) throw new UsageError('noAddress', { value })
  return found
}

function shownValue(field: ContactField, value: string, texts: Texts): string {
  if (field !== 'PostalAddressIndex') return value.replaceAll('\n', ' · ')
  const known = (['Business', 'Home', 'Other', 'None'] as const).find((one) => one === value)
  return known === undefined ? value : texts.indexes[known]
}

function problemLine(problem: AddressProblem, texts: Texts, language: Language): string {
  const facts =
    'field' in problem
      ? { ...problem, field: texts.contactFields[problem.field], limit: limits.contactFieldCharacters }
      : { ...problem }
  return fill(texts.problems[problem.kind], facts, language)
}

/** `transfer [ID …]`: 0 when everything is in Exchange, 1 when something is not, 130 when it was stopped. */
export async function transferAddresses(
  ids: readonly string[],
  flags: AddressFlags & RunFlags,
  o: Options,
  environment: Environment,
): Promise<number> {
  const { texts, book, addresses } = opened(o)
  const request = await readRequest(flags, undefined, 'addresses transfer', environment)
  const chosen = ids.length === 0 ? book.all() : ids.map((id) => addressNamed(book, id))
  if (chosen.length === 0) throw new UsageError('noAddresses')
  const dryRun = flags.dryRun === true
  const stop = terminationSignal()
  const runOptions = { signal: stop.signal, ask: () => Promise.resolve(false) }
  try {
    const folder =
      flags.folder === undefined
        ? folderOf(request.settings)
        : await folderNamed(flags.folder, addresses, request, runOptions)
    const tell = teller(texts, o.language, { json: flags.json === true, dryRun })
    const steps = progressTo(process.stderr, o.language)
    let result: RunResult | null = null
    let finished: Extract<TransferEvent, { kind: 'finished' }> | null = null
    for await (const event of addresses.transfer(request, { addresses: chosen, folder, dryRun }, runOptions)) {
      if (event.kind === 'work') {
        tell(event.event)
        if (event.event.kind === 'finished') finished = event.event
      } else {
        steps(event.event)
        if (event.event.kind === 'ended') result = event.event.result
      }
    }
    if (finished === null) {
      if (result !== null) process.stderr.write(failureLines(result, o.language))
      return result === null ? exitCodes.fails : exitCodes[result.evidence.outcome]
    }
    if (finished.outcome.kind === 'stopped') return exitCodes.cancelled
    return finished.outcome.kind === 'done' && finished.counts.failed === 0 ? exitCodes.works : exitCodes.fails
  } finally {
    stop.dispose()
  }
}

async function folderNamed(
  name: string,
  addresses: Addresses,
  request: RunRequest,
  runOptions: Parameters<Addresses['folders']>[1],
): Promise<ContactFolder> {
  const folders: { id: string; name: string }[] = []
  let ok = false
  for await (const event of addresses.folders(request, runOptions)) {
    if (event.kind === 'work') folders.push(...event.event.folders)
    else if (event.event.kind === 'ended') ({ ok } = event.event.result)
  }
  const found = folders.find((folder) => folder.name.toLowerCase() === name.toLowerCase() || folder.id === name)
  // A login that failed has its own words, which the transfer says.
  if (found === undefined && ok)
    throw new UsageError('noContactFolder', { value: name, folders: folders.map((folder) => folder.name).join(', ') })
  return found === undefined ? { kind: 'default' } : { kind: 'folder', id: found.id }
}

/** Lines, or JSON objects one a line, while a transfer goes. */
function teller(
  texts: Texts,
  language: Language,
  o: { json: boolean; dryRun: boolean },
): (event: TransferEvent) => void {
  const out = (line: string): void => void process.stdout.write(`${line}\n`)
  if (o.json) return (event) => (event.kind === 'progress' ? undefined : out(JSON.stringify(event)))
  const watched = process.stderr.isTTY
  return (event) => {
    switch (event.kind) {
      case 'item':
        if (event.action !== 'unchanged') out(`${texts.actions[event.action]}: ${event.name}`)
        for (const problem of event.problems) out(`  ${problemLine(problem, texts, language)}`)
        if (event.code !== null) out(`  ${event.code}`)
        if (o.dryRun)
          for (const { field, before, after } of event.changes) {
            const shown = (value: string | null): string =>
              value === null ? texts.terminal.empty : shownValue(field, value, texts)
            const facts = { field: texts.contactFields[field], before: shown(before), after: shown(after) }
            out(`  ${fill(texts.terminal.change, facts, language)}`)
          }
        return
      case 'progress': {
        if (!watched) return
        const { done, total, remainingMs } = event
        const seconds = remainingMs === null ? null : Math.ceil(remainingMs / 1_000)
        const text = seconds === null ? texts.terminal.progress : texts.terminal.remaining
        process.stderr.write(`${fill(text, { done, total, seconds }, language)}\n`)
        return
      }
      case 'waiting':
        process.stderr.write(
          `${fill(texts.waiting, { code: event.code, seconds: Math.ceil(event.ms / 1_000) }, language)}\n`,
        )
        return
      case 'finished': {
        const { outcome, counts } = event
        const facts: Facts = outcome.kind === 'broken-off' ? { code: outcome.code } : {}
        out(fill(texts.outcomes[outcome.kind], facts, language))
        for (const action of ['created', 'updated', 'unchanged', 'would-create', 'would-update', 'failed'] as const)
          if (counts[action] > 0) out(fill(texts.counts[action], { count: counts[action] }, language))
        return
      }
    }
  }
}
