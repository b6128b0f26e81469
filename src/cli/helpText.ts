/** What stands below the list of options: examples, and for the program itself what holds for every command. */
import type { Command } from 'commander'
import type { CliTexts } from './words.ts'

/** By command. Each line is a call that the parser accepts (test/docs). */
export const examples: Readonly<Record<string, readonly string[]>> = {
  'ews-setup': [
    'ews-setup demo',
    'ews-setup locate anna@contoso.com',
    "ews-setup test anna@contoso.com --user 'CONTOSO\\anna' --password-stdin < password.txt",
  ],
  locate: ['ews-setup locate anna@contoso.com', 'ews-setup locate anna@contoso.com --json'],
  test: [
    "ews-setup test anna@contoso.com --user 'CONTOSO\\anna' --password-stdin < password.txt",
    'ews-setup test anna@contoso.com --tenant contoso.com --client-id 3f0c7f4a-91d5-4c1e-9f55-0e1c5a7d2b61 --client-secret-stdin < secret.txt',
    'ews-setup test --profile Contoso --evidence evidence.json',
    'ews-setup test --csv mailboxes.csv --profile Contoso --json',
  ],
  explain: ['ews-setup explain evidence.json', 'ews-setup explain answer.txt --html report.html'],
  'profiles set': [
    'ews-setup profiles set Contoso --email anna@contoso.com --password-stdin < password.txt',
    'ews-setup profiles set Contoso --from contoso.json --accept network.extraCa',
  ],
  export: [
    'ews-setup export --all --out all.json',
    'ews-setup export --all --with-secrets --passphrase-stdin --out all.age < passphrase.txt',
  ],
  import: ['ews-setup import all.json --dry-run', 'ews-setup import all.json --yes', 'ews-setup import --undo'],
  'app-registration': [
    'ews-setup app-registration --format graph-powershell --tenant contoso.com --out register.ps1',
    'ews-setup app-registration --format exchange-online --profile Contoso --mailbox sales@contoso.com',
  ],
  'addresses import': ['ews-setup addresses import addresses.csv --dry-run'],
  'addresses transfer': ['ews-setup addresses transfer --profile Contoso --dry-run'],
  watch: ['ews-setup watch --profile Contoso --json', 'ews-setup watch --once'],
  serve: ['ews-setup serve --no-open --port 8443'],
  demo: ['ews-setup demo wrong-password', 'ews-setup demo --list', 'ews-setup demo --once --json'],
}

/** Everything below the options of a command; empty where there is nothing to add. */
export function textBelow(command: Command, { help }: CliTexts): string {
  const parent = command.parent
  const name = parent?.parent ? `${parent.name()} ${command.name()}` : command.name()
  const calls = (Object.hasOwn(examples, name) ? examples[name] : undefined) ?? []
  const below = calls.length === 0 ? [] : ['', help.titles.examples, ...calls.map((call) => `  ${call}`)]
  if (parent === null) {
    const notes = [help.exitCodes, help.secrets, help.state, help.more]
    below.push(...notes.flatMap((note) => ['', note]))
  }
  return below.join('\n')
}
