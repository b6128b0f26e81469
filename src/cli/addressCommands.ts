/** The options of `ews-setup addresses`; the work is loaded when a command is chosen. */
import type { Command, Option } from 'commander'
import type { AddressFlags } from './addresses.ts'
import { addRunOptions, type RunFlags } from './runOptions.ts'
import type { CliTexts } from './words.ts'
import type { Language } from '../contract/contract.ts'

type Flags = AddressFlags & RunFlags & { debug?: boolean }

export function addAddressCommands(
  program: Command,
  o: {
    prepare: (command: Command) => Command
    texts: CliTexts
    language: Language
    debugging: (flags: { debug?: boolean }) => boolean
    proxyExceptions: (description: string) => Option
    onCode: (code: number) => void
  },
): void {
  const { prepare, texts, language } = o
  const { options, help } = texts
  const group = prepare(program.command('addresses'))
    .usage(`import|export|preview|transfer ${help.options}`)
    .description(texts.commands.addresses)
    .helpCommand(false)
  const context = (flags: Flags) => ({ language, debug: o.debugging(flags) })

  prepare(group.command('import'))
    .usage(`<file> ${help.options}`)
    .description(texts.commands.addressesImport)
    .argument('<file>', texts.arguments.addressFile)
    .option('--profile <name>', options.profile)
    .option('--dry-run', options.dryRun)
    .option('--json', options.json)
    .action(async (file: string, flags: Flags) => {
      const { importAddresses } = await import('./addresses.ts')
      o.onCode(await importAddresses(file, flags, context(flags), process.env))
    })

  prepare(group.command('export'))
    .usage(`<file> ${help.options}`)
    .description(texts.commands.addressesExport)
    .argument('<file>', texts.arguments.addressFile)
    .option('--profile <name>', options.profile)
    .option('--format <name>', options.addressFormat)
    .option('--json', options.json)
    .action(async (file: string, flags: Flags) => {
      const { exportAddresses } = await import('./addresses.ts')
      o.onCode(await exportAddresses(file, flags, context(flags), process.env))
    })

  prepare(group.command('preview'))
    .usage(`<id> ${help.options}`)
    .description(texts.commands.addressesPreview)
    .argument('<id>', texts.arguments.address)
    .option('--profile <name>', options.profile)
    .option('--json', options.json)
    .action(async (id: string, flags: Flags) => {
      const { previewAddress } = await import('./addresses.ts')
      o.onCode(await previewAddress(id, flags, context(flags), process.env))
    })

  const transfer = prepare(group.command('transfer'))
    .usage(`[id...] ${help.options}`)
    .description(texts.commands.addressesTransfer)
    .argument('[id...]', texts.arguments.address)
  addRunOptions(transfer, texts)
    .addOption(o.proxyExceptions(options.noProxy))
    .option('--folder <name>', options.folder)
    .option('--dry-run', options.dryRun)
    .option('--json', options.jsonLines)
    .action(async (ids: string[], flags: Flags) => {
      const { transferAddresses } = await import('./addresses.ts')
      o.onCode(await transferAddresses(ids, flags, context(flags), process.env))
    })
}
