// Every package that ships, with its licence: what the bundlers put into their output, and the native packages beside it with what they
// need. From this come the list in the About dialog and the bill of materials.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Licences that a shipped package may have. Anything else, copyleft above all, has to be decided by a person: here by its id, or for
 * one package with the reason.
 */
export const acceptedLicences = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'CC0-1.0',
  'Unlicense',
]
export const acceptedPackages = {
  'ical.js': 'MPL-2.0 holds for its own files; it ships unchanged, and its source with it',
}

/**
 * `bundled`: directories of packages as `bundledModules.mjs` notes them. In the order of names and versions; `text` is the licence as the
 * package brings it along, `notice` its NOTICE file.
 */
export function shippedPackages(root, bundled) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const beside = withDependencies(packages, ['node_modules/keytar', 'node_modules/kerberos'])
  const shipped = Object.keys(packages).filter(
    (path) =>
      (bundled.has(path) || beside.has(path) || path === 'node_modules/electron') &&
      // Optional packages of other platforms are not here and ship from here to nobody.
      existsSync(join(root, path, 'package.json')),
  )
  return shipped
    .map((path) => {
      const entry = packages[path]
      const manifest = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'))
      return {
        name: manifest.name,
        version: manifest.version,
        licence: licenceOf(manifest, entry),
        author: authorOf(manifest),
        integrity: entry.integrity ?? null,
        bundled: bundled.has(path),
        text: licenceText(join(root, path), manifest),
        notice: fileText(join(root, path), /^notice(\.(md|txt))?$/i),
      }
    })
    .filter((one, at, all) => all.findIndex((other) => other.name === one.name && other.version === one.version) === at)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'))
}

/** The packages that stay beside the bundles, and all that they need: by Node's search, from the innermost directory outwards. */
function withDependencies(packages, paths) {
  const found = new Set()
  const add = (path) => {
    if (found.has(path) || packages[path] === undefined) return
    found.add(path)
    for (const name of Object.keys({ ...packages[path].dependencies, ...packages[path].optionalDependencies })) {
      let from = path
      while (packages[`${from}/node_modules/${name}`] === undefined && from.includes('/node_modules/'))
        from = from.slice(0, from.lastIndexOf('/node_modules/'))
      const inner = `${from}/node_modules/${name}`
      add(packages[inner] === undefined ? `node_modules/${name}` : inner)
    }
  }
  for (const path of paths) add(path)
  return found
}

function licenceOf(manifest, entry) {
  const { license, licenses } = manifest
  if (typeof license === 'string') return license
  if (typeof license?.type === 'string') return license.type
  if (Array.isArray(licenses)) return licenses.map(({ type }) => type).join(' OR ')
  return entry.license ?? null
}

function authorOf({ author, contributors, maintainers }) {
  const person = author ?? contributors?.[0] ?? maintainers?.[0]
  const name = typeof person === 'string' ? person : person?.name
  // The address of a person is nothing that the list needs.
  return name === undefined ? null : name.replaceAll(/\s*[<(][^>)]*[>)]/g, '').trim()
}

/** The licence's file; else the part of the README that holds it; else null. */
function licenceText(directory, manifest) {
  const file = fileText(directory, /^(licen[cs]e|copying|unlicense)([.-].*)?$/i)
  if (file !== null) return file
  const readme = fileText(directory, /^readme(\.(md|markdown|txt))?$/i) ?? manifest.readme ?? ''
  const start = readme.search(/^#*\s*licen[cs]e\b/im)
  const part = start < 0 ? '' : readme.slice(start).trim()
  if (/permission|redistribution|warrant/i.test(part)) return part
  // Some packages only name it; this one has no other words than these.
  const author = authorOf(manifest)
  return manifest.license === 'ISC' && author !== null ? isc(author) : null
}

const isc = (author) => `Copyright (c) ${author}

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`

function fileText(directory, pattern) {
  const names = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map(({ name }) => name)
    .toSorted()
  return names.length === 0
    ? null
    : names.map((name) => readFileSync(join(directory, name), 'utf8').trim()).join('\n\n')
}

/** True for a package that a person decided on, or whose expression (SPDX) leaves a choice that is accepted. */
export function isAccepted({ name, licence: expression }) {
  if (Object.hasOwn(acceptedPackages, name)) return true
  if (expression === null) return false
  const alternatives = expression.replaceAll(/[()]/g, '').split(/\s+OR\s+/)
  return alternatives.some((one) => one.split(/\s+AND\s+/).every((id) => acceptedLicences.includes(id)))
}

/** What the About dialog reads: equal texts once. */
export function licenceList(packages) {
  const texts = []
  const indexOf = (text) => {
    if (text === null) return null
    const at = texts.indexOf(text)
    return at >= 0 ? at : texts.push(text) - 1
  }
  return {
    packages: packages.map(({ name, version, licence, author, text, notice }) => ({
      name,
      version,
      licence,
      author,
      text: indexOf(notice === null || text === null ? text : `${text}\n\n${notice}`),
    })),
    texts,
  }
}

/** A bill of materials as CycloneDX 1.6; the same for the same packages, so without a time and with a serial number made of them. */
export function billOfMaterials(product, packages) {
  const components = packages.map(({ name, version, licence, author, integrity }) => {
    const reference = packageUrl(name, version)
    return {
      type: name === 'electron' ? 'framework' : 'library',
      'bom-ref': reference,
      ...(name.startsWith('@') ? { group: name.split('/')[0], name: name.split('/')[1] } : { name }),
      version,
      ...(author === null ? {} : { author }),
      ...(licence === null ? {} : { licenses: [licenceEntry(licence)] }),
      purl: reference,
      ...(integrity === null ? {} : { hashes: [hashOf(integrity)] }),
    }
  })
  const own = packageUrl(product.name, product.version)
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([product.version, components]))}`,
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': own,
        name: product.name,
        version: product.version,
        description: product.description,
        licenses: [licenceEntry(product.license)],
        purl: own,
      },
    },
    components,
    dependencies: [{ ref: own, dependsOn: components.map((one) => one['bom-ref']) }],
  }
}

function licenceEntry(licence) {
  return /\s/.test(licence) ? { expression: licence } : { license: { id: licence } }
}

function packageUrl(name, version) {
  return `pkg:npm/${name.startsWith('@') ? `%40${name.slice(1)}` : name}@${version}`
}

/** Of `sha512-<base64>` as the lock file has it. */
function hashOf(integrity) {
  const [algorithm, base64] = integrity.split(' ')[0].split('-')
  return { alg: algorithm.toUpperCase().replace('SHA', 'SHA-'), content: Buffer.from(base64, 'base64').toString('hex') }
}

function uuidOf(text) {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
