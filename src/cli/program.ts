/** The commands of the terminal. Names, JSON keys and exit codes are a contract with scripts. */
import { Command, CommanderError, Option } from 'commander'
import type { RegistrationFlags } from './appRegistration.ts'
import { addAddressCommands } from './addressCommands.ts'
import type { BatchFlags } from './batchCommand.ts'
import { addBatchOptions, addConfigurationCommands } from './configurationCommands.ts'
import { executeAndReport, exitCodes } from './execute.ts'
import { textBelow } from './helpText.ts'
import { Refused } from './refusal.ts'
import { addRunOptions, addSecondOptions, collect, readRequest, type RunFlags } from './runOptions.ts'
import { UsageError, usageWords } from './usage.ts'
import { automationTexts, cliTexts, languageOf, type CliTexts } from './words.ts'
import { languages, type Language } from '../contract/contract.ts'
import { errorCode } from '../core/errorCode.ts'
import { terminationSignal } from '../host/terminationSignal.ts'
import { version } from '../host/version.ts'
import { fill } from '../texts/format.ts'

type CommonFlags = { json?: boolean; debug?: boolean; evidence?: string }
type ServeFlags = { port?: string; open?: boolean; debug?: boolean }
/** The program's own flags, given before the command. */
type ProgramFlags = { debug?: boolean }
type DemoFlags = { list?: boolean; once?: boolean; json?: boolean; serve?: boolean; open?: boolean; debug?: boolean }

/** Runs the command line; sets the process's exit code when everything is done. */
export async function main(argv: readonly string[]): Promise<void> {
  const language = languageOf(argv, process.env)
  outliveReaders()
  try {
    process.exitCode = await run(argv, language)
  } catch (error) {
    process.exitCode = failed(error, argv, language)
  }
}

/** Whoever reads our output may stop reading, as `head` does; that is no fault, and the exit code still counts. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}

async function run(argv: readonly string[], language: Language): Promise<number> {
  let code = 0
  const program = createProgram(language, (result) => void (code = result))
  await program.parseAsync(renamed(argv), { from: 'user' })
  return code
}

/** The command line in a language. `ended` gets the exit code of the command that ran. */
export function createProgram(language: Language, ended: (code: number) => void): Command {
  const texts = cliTexts(language)
  const program = new Command('ews-setup')
  const prepare = (command: Command): Command =>
    command
      .exitOverride()
      // Its refusals are said in our words, below.
      .configureOutput({ outputError: () => undefined })
      .configureHelp({
        styleTitle: (title) => helpTitles(texts)[title] ?? title,
        subcommandTerm: (sub) =>
          [
            sub.name(),
            ...sub.registeredArguments.map((argument) =>
              argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
            ),
          ].join(' '),
      })
      .helpOption('-h, --help', texts.options.help)
      .option('--lang <language>', texts.options.lang, (value) => languageNamed(value))
      .option('--debug', texts.options.debug)
      .allowExcessArguments(false)
      .addHelpText('after', ({ command: shown }) => textBelow(shown, texts))
  const debugging = (flags: { debug?: boolean }): boolean =>
    flags.debug === true || program.opts<ProgramFlags>().debug === true

  prepare(program)
    .usage(texts.help.programUsage)
    .description(texts.description)
    .version(version, '-V, --version', texts.options.version)
    .helpCommand(false)

  for (const name of ['locate', 'test'] as const) {
    const command = prepare(program.command(name))
      .usage(`[email] ${texts.help.options}`)
      .description(texts.commands[name])
      .argument('[email]', texts.arguments.email)
    if (name === 'test') {
      addSecondOptions(command, texts)
      addBatchOptions(command, language)
    }
    addRunOptions(command, texts)
      .addOption(proxyExceptions(texts.options.noProxy))
      .option('--json', texts.options.json)
      .option('--evidence <file>', texts.options.evidence)
      .action(async (email: string | undefined, flags: RunFlags & CommonFlags & BatchFlags) => {
        if (name === 'test' && (await isMany(flags, email, language))) {
          const { batchCommand } = await import('./batchCommand.ts')
          ended(await batchCommand(flags, { language, debug: debugging(flags) }))
          return
        }
        const request = await readRequest(flags, email, name, process.env)
        ended(
          await executeAndReport(name, request, {
            language,
            json: flags.json === true,
            debug: debugging(flags),
            evidence: flags.evidence,
          }),
        )
      })
  }

  addConfigurationCommands(program, {
    language,
    texts,
    prepare,
    proxyExceptions: (command) => command.addOption(proxyExceptions(texts.options.noProxy)),
    ended,
  })

  prepare(program.command('explain'))
    .usage(`<file|-> ${texts.help.options}`)
    .description(texts.commands.explain)
    .argument('<file>', texts.arguments.evidence)
    .option('--json', texts.options.json)
    .option('--html <file>', texts.options.html)
    .action(async (file: string, flags: CommonFlags & { html?: string }) => {
      const { explain } = await import('./explain.ts')
      ended(await explain(file, { json: flags.json === true, html: flags.html, language }))
    })

  prepare(program.command('app-registration'))
    .usage(`--format <format> ${texts.help.options}`)
    .description(texts.commands.appRegistration)
    .option('--format <format>', texts.options.format)
    .option('--profile <name>', texts.options.profile)
    .option('--tenant <id>', texts.options.tenant)
    .option('--client-id <id>', texts.options.clientId)
    .option('--mailbox <address>', texts.options.mailbox, collect)
    .option('--user <name>', texts.options.registrationUser)
    .option('--url <url>', texts.options.registrationUrl)
    .option('--cloud <name>', texts.options.cloud)
    .option('--model <model>', texts.options.model)
    .option('--app-name <name>', texts.options.appName)
    .option('--certificate', texts.options.certificate)
    .option('--no-delegated', texts.options.noDelegated)
    .option('--out <file>', texts.options.scriptOut)
    .action(async (flags: RegistrationFlags) => {
      const { appRegistration } = await import('./appRegistration.ts')
      ended(await appRegistration(flags, language))
    })
  addAddressCommands(program, {
    prepare,
    texts,
    language,
    debugging,
    proxyExceptions,
    onCode: ended,
  })
  const { watch: watchTexts } = automationTexts(language)
  prepare(program.command('watch'))
    .usage(texts.help.options)
    .description(watchTexts.description)
    .option('--profile <name>', watchTexts.profile)
    .option('--once', watchTexts.once)
    .option('--json', watchTexts.json)
    .action(async (flags: { profile?: string; once?: boolean; json?: boolean; debug?: boolean }) => {
      const { watch } = await import('./watch.ts')
      ended(await watch({ ...flags, debug: debugging(flags), language }))
    })

  prepare(program.command('serve'))
    .usage(texts.help.options)
    .description(texts.commands.serve)
    .option('--port <number>', texts.options.port)
    .option('--no-open', texts.options.noOpen)
    .action(async (flags: ServeFlags) => {
      const { serveDialog } = await import('./serveDialog.ts')
      const stop = terminationSignal()
      const port = flags.port === undefined ? 0 : portOf(flags.port)
      const served = await serveDialog({
        language,
        open: flags.open !== false,
        signal: stop.signal,
        debug: debugging(flags),
        port,
      }).catch((error: unknown) => {
        throw portRefusal(error, port)
      })
      process.stdout.write(`${fill(texts.demo.serving, { url: served.url }, language)}\n`)
      await served.closed
      stop.dispose()
    })

  prepare(program.command('demo'))
    .usage(`[scenario] ${texts.help.options}`)
    .description(texts.commands.demo)
    .argument('[scenario]', texts.arguments.scenario)
    .option('--list', texts.options.list)
    .option('--once', texts.options.once)
    .option('--json', texts.options.json)
    .option('--serve', texts.options.serve)
    .option('--no-open', texts.options.noOpen)
    .action(async (scenario: string | undefined, flags: DemoFlags) => {
      const { demo, listScenarios } = await import('./demo.ts')
      if (flags.list === true) {
        process.stdout.write(`${listScenarios(language)}\n`)
        return
      }
      ended(
        await demo(scenario ?? 'healthy-on-prem', {
          once: flags.once === true,
          json: flags.json === true,
          serve: flags.serve === true,
          open: flags.open !== false,
          debug: debugging(flags),
          language,
        }),
      )
    })

  return program
}

/** Only a call that names one of their options loads what many at once need. */
async function isMany(flags: BatchFlags, email: string | undefined, language: Language): Promise<boolean> {
  const named = [flags.all, flags.csv, flags.parallel, flags.resume]
  return named.some((flag) => flag !== undefined) && (await import('./batchCommand.ts')).isBatch(flags, email, language)
}

const proxyExceptionsLong = '--proxy-exceptions'

/** `--no-proxy LIST` names hosts, as in curl; commander would take it for the opposite of `--proxy`, so it goes by another name inside. */
function proxyExceptions(description: string): Option {
  const option = new Option(`${proxyExceptionsLong} <list>`, description)
  option.flags = '--no-proxy <list>'
  return option
}

/** The words as the parser knows them: `--no-proxy` by its inner name, and `help X` as `X --help`. */
export function renamed(argv: readonly string[]): string[] {
  const help = commandIn(argv) === 'help' ? argv.indexOf('help') : -1
  const words = help === -1 ? argv : [...argv.slice(0, help), ...argv.slice(help + 1), '--help']
  return words.map((argument) => argument.replace(/^--no-proxy(?==|$)/, proxyExceptionsLong))
}

function helpTitles(texts: CliTexts): Readonly<Record<string, string>> {
  const { titles } = texts.help
  return {
    'Usage:': titles.usage,
    'Arguments:': titles.arguments,
    'Options:': titles.options,
    'Commands:': titles.commands,
  }
}

function languageNamed(value: string): Language {
  const known = languages.find((language) => language === value.toLowerCase())
  if (known === undefined) throw new UsageError('badChoice', { option: '--lang', value, choices: languages.join(', ') })
  return known
}

function portOf(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new UsageError('badPort')
  return port
}

/** Why the port that was asked for cannot be had, as wrong usage; any other error stays what it is. */
function portRefusal(error: unknown, port: number): unknown {
  const code = errorCode(error)
  if (code === 'EADDRINUSE') return new UsageError('portTaken', { port: String(port) })
  if (code === 'EACCES') return new UsageError('portForbidden', { port: String(port) })
  return error
}

function failed(error: unknown, argv: readonly string[], language: Language): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${usageWords(error, language)}\n`)
    return exitCodes.usage
  }
  if (error instanceof Refused) {
    process.stderr.write(`${error.message}\n`)
    return error.code
  }
  if (error instanceof CommanderError) return commanderFailed(error, argv, language)
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${fill(cliTexts(language).fault, { message }, language)}\n`)
  if (argv.includes('--debug') && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`)
  return exitCodes.fails
}

/** Commander's own refusals in our words; help and version are no refusals. */
function commanderFailed(error: CommanderError, argv: readonly string[], language: Language): number {
  if (error.exitCode === 0) return 0
  // No command at all: commander has printed the help.
  if (error.code === 'commander.help') return exitCodes.usage
  const value = /'([^']*)'/.exec(error.message)?.[1]?.split(/[ ,]/)[0] ?? ''
  const command = commandIn(argv)
  const id = commanderRefusals[error.code] ?? 'unknownOption'
  const help = ['ews-setup', command, '--help'].filter((word) => word !== '').join(' ')
  process.stderr.write(`${usageWords(new UsageError(id, { value, command, help }), language)}\n`)
  return exitCodes.usage
}

const commanderRefusals: Readonly<
  Record<string, 'unknownOption' | 'unknownCommand' | 'missingArgument' | 'missingValue' | 'tooManyArguments'>
> = {
  'commander.unknownOption': 'unknownOption',
  'commander.unknownCommand': 'unknownCommand',
  'commander.missingArgument': 'missingArgument',
  'commander.optionMissingArgument': 'missingValue',
  'commander.excessArguments': 'tooManyArguments',
}

/** The first word that is neither an option nor the value of `--lang`, the only option with a value that may stand before. */
function commandIn(argv: readonly string[]): string {
  return argv.find((argument, index) => !argument.startsWith('-') && argv[index - 1] !== '--lang') ?? ''
}
