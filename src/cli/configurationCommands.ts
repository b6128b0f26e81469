/** `profiles`, `export` and `import`: their options. What they do is loaded when it is asked for. */
import type { Command } from 'commander'
import { addRunOptions, collect, type RunFlags } from './runOptions.ts'
import { commandTexts } from './refusal.ts'
import type { CliTexts } from './words.ts'
import type { Language } from '../contract/contract.ts'
import type { ExportFlags } from './exportCommand.ts'
import type { ImportFlags } from './importCommand.ts'
import type { SetFlags } from './profilesCommand.ts'

export type CommandFrame = {
  language: Language
  texts: CliTexts
  /** What every command has in common. */
  prepare: (command: Command) => Command
  proxyExceptions: (command: Command) => Command
  ended: (code: number) => void
}

export function addConfigurationCommands(program: Command, frame: CommandFrame): void {
  addProfiles(program, frame)
  const { language, prepare, ended, texts } = frame
  const words = commandTexts(language)
  prepare(program.command('export'))
    .usage(texts.help.options)
    .description(words.commands.export)
    .option('--profile <name>', words.options.exportProfile)
    .option('--all', words.options.exportAll)
    .option('--out <file>', words.options.out)
    .option('--with-secrets', words.options.withSecrets)
    .option('--passphrase-stdin', words.options.passphraseStdin)
    .option('--recipient <age-key>', words.options.recipient)
    .option('--format <format>', words.options.format)
    .action(async (flags: ExportFlags) => {
      const { exportCommand } = await import('./exportCommand.ts')
      ended(await exportCommand(flags, language))
    })
  prepare(program.command('import'))
    .usage(`[file] ${texts.help.options}`)
    .description(words.commands.import)
    .argument('[file]', words.arguments.file)
    .option('--profile <name>', words.options.into)
    .option('--passphrase-stdin', words.options.passphraseStdin)
    .option('--identity <file>', words.options.identity)
    .option('--dry-run', words.options.dryRun)
    .option('--yes', words.options.yes)
    .option('--replace-secrets', words.options.replaceSecrets)
    .option('--accept <setting>', words.options.accept, collect)
    .option('--undo', words.options.undo)
    .option('--json', words.options.json)
    .action(async (file: string | undefined, flags: ImportFlags) => {
      const { importCommand } = await import('./importCommand.ts')
      ended(await importCommand(file, flags, language))
    })
}

/** `test` takes many at once as well. */
export function addBatchOptions(command: Command, language: Language): void {
  const { options } = commandTexts(language)
  command
    .option('--all', options.all)
    .option('--csv <file>', options.csv)
    .option('--parallel <number>', options.parallel)
    .option('--resume', options.resume)
}

function addProfiles(program: Command, { language, texts, prepare, proxyExceptions, ended }: CommandFrame): void {
  const words = commandTexts(language)
  const profiles = prepare(program.command('profiles'))
    .description(words.commands.profiles)
    .usage(texts.help.commandUsage)
    .helpCommand(false)
  const load = () => import('./profilesCommand.ts')
  prepare(profiles.command('list'))
    .usage(texts.help.options)
    .description(words.commands.list)
    .option('--json', words.options.json)
    .action(async (flags: { json?: boolean }) => ended((await load()).listProfiles(flags, language)))
  prepare(profiles.command('show'))
    .usage(`<name> ${texts.help.options}`)
    .description(words.commands.show)
    .argument('<name>', words.arguments.name)
    .option('--json', words.options.json)
    .action(async (name: string, flags: { json?: boolean }) =>
      ended(await (await load()).showProfile(name, flags, language)),
    )
  proxyExceptions(addRunOptions(prepare(profiles.command('set')), texts))
    .usage(`<name> ${texts.help.options}`)
    .description(words.commands.set)
    .argument('<name>', words.arguments.name)
    .option('--from <file>', words.options.fromFile)
    .option('--passphrase-stdin', words.options.passphraseStdin)
    .option('--identity <file>', words.options.identity)
    .option('--replace-secrets', words.options.replaceSecrets)
    .option('--accept <setting>', words.options.accept, collect)
    .option('--json', words.options.json)
    .action(async (name: string, flags: RunFlags & SetFlags) =>
      ended(await (await load()).setProfile(name, flags, language)),
    )
  prepare(profiles.command('remove'))
    .usage(`<name> ${texts.help.options}`)
    .description(words.commands.remove)
    .argument('<name>', words.arguments.name)
    .option('--json', words.options.json)
    .action(async (name: string, flags: { json?: boolean }) =>
      ended(await (await load()).changeProfile('remove', [name, name], flags, language)),
    )
  for (const what of ['rename', 'copy'] as const)
    prepare(profiles.command(what))
      .usage(`<from> <to> ${texts.help.options}`)
      .description(words.commands[what])
      .argument('<from>', words.arguments.from)
      .argument('<to>', words.arguments.to)
      .option('--json', words.options.json)
      .action(async (from: string, to: string, flags: { json?: boolean }) =>
        ended(await (await load()).changeProfile(what, [from, to], flags, language)),
      )
}
