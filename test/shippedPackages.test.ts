/** What ships has a licence that a person accepted, with its text; and the bill of materials names all of it and no more. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { packageOf } from '../scripts/bundledModules.mjs'
import { acceptedPackages, isAccepted, shippedPackages } from '../scripts/shippedPackages.mjs'
import { buildProgram } from './desktop/desktop.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'))

const listSchema = z.strictObject({
  packages: z.array(
    z.strictObject({
      name: z.string().min(1),
      version: z.string().min(1),
      licence: z.string().min(1),
      author: z.string().nullable(),
      text: z.number().int().min(0),
    }),
  ),
  texts: z.array(z.string().min(100)),
})

beforeAll(buildProgram, 90_000)

describe('licences', () => {
  test('each package that ships has one that is accepted, with its text', () => {
    const { packages, texts } = listSchema.parse(read('out/renderer/licences.json'))
    expect(packages.filter((one) => !isAccepted(one)).map(({ name, licence }) => `${name}: ${licence}`)).toEqual([])
    for (const { name, text } of packages) expect(texts[text], name).toMatch(/permission|licen[cs]e|redistribut/i)
    for (const name of Object.keys(acceptedPackages)) expect(packages.map((one) => one.name)).toContain(name)
  })

  test('what the bundlers put in is there, and what only builds and tests is not', () => {
    const names = listSchema.parse(read('out/renderer/licences.json')).packages.map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining(['react', 'react-dom', 'react-aria-components', 'zod', 'undici', 'electron']),
    )
    for (const absent of ['vite', 'vitest', 'typescript', 'playwright-core', 'axe-core', 'oxlint'])
      expect(names).not.toContain(absent)
    for (const bundle of ['main', 'cli']) {
      const { chunks } = read(`out/${bundle}/packages.json`) as { chunks: Record<string, string[]> }
      for (const name of Object.values(chunks).flat()) expect(names).toContain(aliases[name] ?? name)
    }
  })

  test.each([
    ['MIT', true],
    ['(BSD-3-Clause OR GPL-2.0)', true],
    ['MIT AND ISC', true],
    ['GPL-3.0-only', false],
    ['MIT AND GPL-2.0', false],
    ['LGPL-2.1', false],
    ['SEE LICENSE IN x', false],
    [null, false],
  ])('%s: %s', (licence, accepted) => {
    expect(isAccepted({ name: 'some-package', licence })).toBe(accepted)
  })

  test('a module’s package is the innermost one', () => {
    expect(packageOf('/x/node_modules/a/lib/i.js')).toBe('node_modules/a')
    expect(packageOf('C:\\x\\node_modules\\@s\\a\\i.js')).toBe('node_modules/@s/a')
    expect(packageOf('\0/x/node_modules/a/node_modules/@s/b/i.js?commonjs')).toBe('node_modules/a/node_modules/@s/b')
    expect(packageOf('/x/src/main/index.ts')).toBeNull()
  })
})

test('the bill of materials: CycloneDX 1.6, each package once, with hash and licence, and no address of a registry', () => {
  const text = readFileSync(new URL('../out/sbom.cdx.json', import.meta.url), 'utf8')
  expect(text).not.toMatch(/https?:\/\/(?!cyclonedx\.org\/)/)
  const bom = bomSchema.parse(JSON.parse(text))
  const { version } = z.object({ version: z.string() }).parse(read('package.json'))
  expect(bom.metadata.component).toMatchObject({ name: 'ews-setup', version })
  const references = bom.components.map((one) => one['bom-ref'])
  expect(new Set(references).size).toBe(references.length)
  expect(bom.dependencies[0].dependsOn).toEqual(references)
  const { packages } = listSchema.parse(read('out/renderer/licences.json'))
  expect(
    bom.components.map(({ group, name, version: of }) => `${group === undefined ? '' : `${group}/`}${name}@${of}`),
  ).toEqual(packages.map(({ name, version: of }) => `${name}@${of}`))
})

test('a package that a bundler put in is no accident of the lock file', () => {
  const without = shippedPackages(root, new Set()).map(({ name }) => name)
  expect(without).not.toContain('react')
  expect(existsSync(new URL('../node_modules/react/package.json', import.meta.url))).toBe(true)
  expect(shippedPackages(root, new Set(['node_modules/react'])).find(({ name }) => name === 'react')?.bundled).toBe(
    true,
  )
})

/** Packages that are installed under another name than their own. */
const aliases: Readonly<Record<string, string>> = { keytar: '@github/keytar' }

const licenceSchema = z.union([
  z.strictObject({ license: z.strictObject({ id: z.string().min(1) }) }),
  z.strictObject({ expression: z.string().min(1) }),
])
const bomSchema = z.strictObject({
  $schema: z.literal('http://cyclonedx.org/schema/bom-1.6.schema.json'),
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.6'),
  serialNumber: z.string().regex(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
  version: z.literal(1),
  metadata: z.strictObject({
    component: z.looseObject({ type: z.literal('application'), name: z.string(), version: z.string() }),
  }),
  components: z
    .array(
      z.strictObject({
        type: z.enum(['library', 'framework']),
        'bom-ref': z.string(),
        group: z.string().startsWith('@').optional(),
        name: z.string().min(1),
        version: z.string().min(1),
        author: z.string().optional(),
        licenses: z.array(licenceSchema).length(1),
        purl: z.string().regex(/^pkg:npm\/(%40[^/@]+\/)?[^/@]+@[^@]+$/),
        hashes: z.array(
          z.strictObject({
            alg: z.enum(['SHA-1', 'SHA-512']),
            content: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{128})$/),
          }),
        ),
      }),
    )
    .min(50),
  dependencies: z.tuple([z.strictObject({ ref: z.string(), dependsOn: z.array(z.string()) })]),
})
