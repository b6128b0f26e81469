#!/usr/bin/env node
// Writes docs/findings: a page for each finding in German and English, and a table of what shows and tests them. The words are those of
// the program. --check writes nothing and ends with 1 when a page is not what it has to be.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = join(root, 'docs', 'findings')
const languages = ['de', 'en']

/** What the pages are made of, by the names under which the bundle exports it. */
const parts = {
  'src/core/findings/catalogue.ts': ['catalogue', 'findingIds'],
  'src/texts/index.ts': ['textsOf'],
  'src/texts/help.ts': ['loadHelp'],
  'test/core/findings/scenarioOf.ts': ['scenarioOf'],
}

/** The program's own words: its TypeScript bundled into one file that plain Node imports. */
async function loadParts() {
  const { build } = await import('vite')
  const entry = 'virtual:findings-pages'
  const code = Object.entries(parts)
    .map(([file, names]) => `export { ${names.join(', ')} } from ${JSON.stringify(join(root, file))}`)
    .join('\n')
  const cache = join(root, '.cache')
  await mkdir(cache, { recursive: true })
  const directory = await mkdtemp(join(cache, 'findings-pages-'))
  try {
    await build({
      configFile: false,
      root,
      logLevel: 'error',
      publicDir: false,
      plugins: [
        {
          name: 'findings-pages',
          resolveId: (id) => (id === entry ? `\0${entry}` : null),
          load: (id) => (id === `\0${entry}` ? code : null),
        },
      ],
      build: {
        ssr: true,
        outDir: directory,
        emptyOutDir: true,
        rolldownOptions: { input: { pages: entry }, output: { format: 'es', entryFileNames: '[name].mjs' } },
      },
    })
    const loaded = await import(pathToFileURL(join(directory, 'pages.mjs')).href)
    return { ...loaded, help: { de: await loaded.loadHelp('de'), en: await loaded.loadHelp('en') } }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** What stands for the facts of a run. A placeholder without a word of its own is shown by its name. */
const standIns = {
  de: {
    host: 'Host',
    domain: 'Domäne',
    autodiscoverHost: 'autodiscover.Domäne',
    email: 'E-Mail-Adresse',
    user: 'Benutzer',
    clientId: 'Anwendungs-ID',
    tenant: 'Mandant',
    cloud: 'Cloud',
    name: 'Name',
    port: 'Port',
    address: 'IP-Adresse',
    validFrom: 'Datum',
    validTo: 'Datum',
    date: 'Datum',
    days: 'Anzahl',
    minutes: 'Anzahl',
    scheme: 'Verfahren',
    url: 'URL',
    code: 'Code',
    asked: 'Version',
    works: 'Version',
    product: 'Produkt',
    correlationId: 'Korrelations-ID',
  },
  en: {
    host: 'host',
    domain: 'domain',
    autodiscoverHost: 'autodiscover.domain',
    email: 'e-mail address',
    user: 'user',
    clientId: 'application ID',
    tenant: 'tenant',
    cloud: 'cloud',
    name: 'name',
    port: 'port',
    address: 'IP address',
    validFrom: 'date',
    validTo: 'date',
    date: 'date',
    days: 'number',
    minutes: 'number',
    scheme: 'method',
    url: 'URL',
    code: 'code',
    asked: 'version',
    works: 'version',
    product: 'product',
    correlationId: 'correlation ID',
  },
}

const words = {
  de: {
    language: 'Deutsch',
    stage: 'Stufe',
    stages: {
      input: 'Eingaben',
      N: 'Namen (DNS)',
      T: 'Verbindung und TLS',
      P: 'Proxy und Gateway',
      C: 'Uhren',
      I: 'Anmeldedienst (Entra ID)',
      K: 'Token',
      A: 'Autodiscover',
      H: 'HTTP an der EWS-URL',
      S: 'Antwort von EWS (SOAP)',
      V: 'Version und Lauf',
    },
    severity: 'Übliche Schwere',
    confidence: 'Höchste Gewissheit',
    confidences: { observed: 'beobachtet', likely: 'wahrscheinlich', possible: 'möglich' },
    actor: 'Wer handelt',
    meaning: 'Was dahintersteckt',
    knows: 'Woran das Programm es erkennt',
    todo: 'Was zu tun ist',
    commands: 'Befehle und Wege im Portal',
    sources: 'Quellen',
    none: 'Dazu gibt es keine Befehle.',
  },
  en: {
    language: 'English',
    stage: 'Stage',
    stages: {
      input: 'input',
      N: 'names (DNS)',
      T: 'connection and TLS',
      P: 'proxy and gateway',
      C: 'clocks',
      I: 'login service (Entra ID)',
      K: 'token',
      A: 'Autodiscover',
      H: 'HTTP at the EWS URL',
      S: 'answer of EWS (SOAP)',
      V: 'version and run',
    },
    severity: 'Usual severity',
    confidence: 'Strongest confidence',
    confidences: { observed: 'observed', likely: 'likely', possible: 'possible' },
    actor: 'Who acts',
    meaning: 'What is behind it',
    knows: 'How the program knows',
    todo: 'What to do',
    commands: 'Commands and paths through the portal',
    sources: 'Sources',
    none: 'There are no commands for this.',
  },
}

/** A template with the stand-ins of the language, as Markdown in which nothing is markup. */
function general(template, language) {
  const sentence = typeof template === 'string' ? template : template.other
  return markdown(sentence.replace(/\{([a-zA-Z]\w*)\}/g, (_, name) => `<${standIns[language][name] ?? name}>`))
}

function markdown(text) {
  return text.replace(/[\\<>*_`|[\]$]/g, '\\$&')
}

/** One language of a page. */
function section(id, language, { catalogue, textsOf, help }) {
  const entry = catalogue[id]
  const own = words[language]
  const { findings, run } = textsOf(language)
  const { title, remedy } = findings[id]
  const { meaning, knows, commands = [], sources } = help[language][id]
  return [
    `## ${own.language}`,
    `**${general(title, language)}**`,
    [
      `| ${own.stage} | ${own.severity} | ${own.confidence} | ${own.actor} |`,
      '| --- | --- | --- | --- |',
      `| ${own.stages[entry.stage]} | ${run.severities[entry.severity]} | ${own.confidences[entry.max]} | ${run.actors[entry.actor]} |`,
    ].join('\n'),
    `### ${own.meaning}`,
    markdown(meaning),
    `### ${own.knows}`,
    markdown(knows),
    `### ${own.todo}`,
    remedy.map((step, index) => `${index + 1}. ${general(step, language)}`).join('\n'),
    `### ${own.commands}`,
    commands.length === 0 ? own.none : ['```text', ...commands, '```'].join('\n'),
    `### ${own.sources}`,
    sources.map((source) => `- ${markdown(source)}`).join('\n'),
  ].join('\n\n')
}

function page(id, loaded) {
  return `# ${id}\n\n${languages.map((language) => section(id, language, loaded)).join('\n\n')}\n`
}

function table({ findingIds, scenarioOf, textsOf }) {
  const rows = findingIds.map((id) => {
    const { scenarios, without, tests } = scenarioOf[id]
    const shown = scenarios.length === 0 ? `– ${markdown(without)}` : scenarios.join('<br>')
    const tested = [
      'test/core/findings/judge.test.ts',
      ...(scenarios.length === 0 ? [] : ['test/core/runs/scenarios.test.ts']),
      ...tests,
    ]
    const titles = languages.map((language) => general(textsOf(language).findings[id].title, language))
    return `| [${id}](${id}.md) | ${titles.join('<br>')} | ${shown} | ${tested.join('<br>')} |`
  })
  return [
    '# Befunde · Findings',
    'Eine Seite je Befund, deutsch und englisch. Dieselben Texte zeigt der Dialog unter „Mehr zu diesem Befund“, ohne Netz. Was in spitzen Klammern steht, ersetzt das Programm durch die Werte des Laufs.',
    'A page for each finding, in German and English. The dialog shows the same texts under “More about this finding”, without a network. What stands in angle brackets, the program replaces by the values of the run.',
    'The scenarios are those of the embedded Exchange: `ews-setup demo <scenario>`. Which finding belongs to which is written in `test/core/findings/scenarioOf.ts`; these pages are written by `node scripts/findings-pages.mjs`.',
    ['| Befund · Finding | Titel · Title | Szenario · Scenario | Test |', '| --- | --- | --- | --- |', ...rows].join(
      '\n',
    ),
  ]
    .join('\n\n')
    .concat('\n')
}

/** Every page by its file name, as it has to be. */
export async function findingsPages() {
  const [loaded, { format, resolveConfig }] = await Promise.all([loadParts(), import('prettier')])
  const style = { ...(await resolveConfig(join(folder, 'README.md'))), parser: 'markdown' }
  const raw = [...loaded.findingIds.map((id) => [`${id}.md`, page(id, loaded)]), ['README.md', table(loaded)]]
  return new Map(await Promise.all(raw.map(async ([name, text]) => [name, await format(text, style)])))
}

/** Names of files in docs/findings that are not what they have to be, those that should not be there included. */
export async function outOfDate(pages) {
  const there = await readdir(folder).catch(() => [])
  const wrong = there.filter((name) => !pages.has(name))
  for (const [name, text] of pages) {
    const written = await readFile(join(folder, name), 'utf8').catch(() => null)
    // A checkout may turn line ends.
    if (written?.replaceAll('\r\n', '\n') !== text) wrong.push(name)
  }
  return wrong
}

async function run() {
  const pages = await findingsPages()
  const wrong = await outOfDate(pages)
  if (process.argv.includes('--check')) {
    for (const name of wrong) console.error(`out of date: docs/findings/${name}`)
    if (wrong.length > 0) console.error('Run: node scripts/findings-pages.mjs')
    return wrong.length > 0 ? 1 : 0
  }
  await mkdir(folder, { recursive: true })
  for (const name of wrong) {
    const text = pages.get(name)
    if (text === undefined) await rm(join(folder, name))
    else await writeFile(join(folder, name), text)
  }
  console.log(`${pages.size} pages, ${wrong.length} of them written.`)
  return 0
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = await run()
