// The figures of each version, as a table between two marks of docs/PERFORMANCE.md: read, written, compared. Nothing here touches a file.

const [begins, ends] = ['<!-- bench begins -->', '<!-- bench ends -->']
const unreleased = ' (unreleased)'
const machineRow = 'measured on'

/** How much worse a figure may be than that of the last release, by its unit: a factor, and what is always allowed on top. */
export const tolerances = {
  ms: { factor: 1.3, extra: 25 },
  '': { factor: 1.3, extra: 1 },
  kB: { factor: 1.05, extra: 1 },
  MB: { factor: 1.15, extra: 1 },
}

/** What is kept, oldest version first. Throws when the document has no marks. */
export function readFigures(document) {
  const lines = between(document)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  const [head = [], , ...rows] = lines
  return head.slice(2).map((title, at) => ({
    version: title.replace(unreleased, ''),
    isReleased: !title.endsWith(unreleased),
    machine: rows.find(([name]) => name === machineRow)?.[at + 2] ?? '',
    values: new Map(
      rows.flatMap((cells) => {
        const value = cells[at + 2] ?? ''
        return cells[0] === machineRow || value === '' ? [] : [[cells[0], value]]
      }),
    ),
  }))
}

/**
 * The document with the figures of `version` in its column, which is added when it is new. A version that is released keeps its figures:
 * null. Rows: `what`, `value` and `bound`, as they are shown.
 */
export function writeFigures(document, { version, machine, rows }) {
  const kept = readFigures(document)
  if (kept.some((one) => one.version === version && one.isReleased)) return null
  const now = { version, isReleased: false, machine, values: new Map(rows.map(({ what, value }) => [what, value])) }
  const isThere = kept.some((one) => one.version === version)
  const columns = isThere ? kept.map((one) => (one.version === version ? now : one)) : [...kept, now]
  const names = [...new Set([...now.values.keys(), ...columns.flatMap(({ values }) => [...values.keys()])])]
  const line = (cells) => `| ${cells.join(' | ')} |`
  const table = [
    line(['Figure', 'Bound', ...columns.map((one) => one.version + (one.isReleased ? '' : unreleased))]),
    line(['---', '---', ...columns.map(() => '---:')]),
    line([machineRow, '', ...columns.map((one) => one.machine)]),
    ...names.map((name) =>
      line([
        name,
        rows.find(({ what }) => what === name)?.bound ?? '',
        ...columns.map(({ values }) => values.get(name) ?? ''),
      ]),
    ),
  ].join('\n')
  const from = document.indexOf(begins) + begins.length
  return `${document.slice(0, from)}\n\n${table}\n\n${document.slice(document.indexOf(ends))}`
}

/** The last released version other than this one, or null. */
export function lastRelease(kept, version) {
  return kept.findLast((one) => one.isReleased && one.version !== version) ?? null
}

/** Figures of now that are worse than those of `before` by more than the tolerance of their unit. */
export function regressions(before, rows) {
  return rows.flatMap(({ what, value }) => {
    const then = measure(before.values.get(what) ?? '')
    const now = measure(value)
    const tolerance = now === null ? undefined : tolerances[now.unit]
    if (then === null || now === null || then.unit !== now.unit || tolerance === undefined) return []
    const most = then.number * tolerance.factor + tolerance.extra
    return now.number <= most ? [] : [{ what, before: before.values.get(what), now: value }]
  })
}

/** `12 ms` → 12 and `ms`; null for what is no figure. */
function measure(text) {
  const match = /^(\d+(?:\.\d+)?)(?: (ms|kB|MB))?$/.exec(text)
  return match === null ? null : { number: Number(match[1]), unit: match[2] ?? '' }
}

function between(document) {
  const [from, to] = [document.indexOf(begins), document.indexOf(ends)]
  if (from < 0 || to < from) throw new Error(`no table between ${begins} and ${ends}`)
  return document.slice(from + begins.length, to)
}
