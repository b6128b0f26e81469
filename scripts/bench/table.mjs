// What was measured, as rows of text; a row with a bound that is missed is counted.
const formats = {
  ms: (value) => `${Math.round(value)} ms`,
  ratio: (value) => value.toFixed(2),
  count: (value) => String(value),
  kilobytes: (bytes) => `${(bytes / 1000).toFixed(1)} kB`,
  megabytes: (bytes) => `${(bytes / 1_000_000).toFixed(1)} MB`,
}

export function openTable() {
  const rows = []
  const notes = []
  const add = (what, value, bound = '', isGood = null) => rows.push({ what, value, bound, isGood })
  return {
    ...Object.fromEntries(
      Object.entries(formats).map(([kind, format]) => [
        kind,
        (what, value, most) =>
          most === undefined ? add(what, format(value)) : add(what, format(value), `<= ${format(most)}`, value <= most),
      ]),
    ),
    /** Something that has to be as it is. */
    demand: add,
    /** By how much something grew; `most` is a part of what it was. */
    growth(what, before, after, most) {
      const part = (after - before) / before
      add(what, `${(part * 100).toFixed(1)} %`, `<= ${most * 100} %`, part <= most)
    },
    note: (text) => notes.push(text),
    rows: () => rows,
    missed: () => rows.filter(({ isGood }) => isGood === false).length,
    text() {
      const cells = rows.map(({ what, value, bound, isGood }) => [
        what,
        value,
        bound,
        isGood === null ? '' : isGood ? 'ok' : 'MISSED',
      ])
      const widths = [0, 1, 2].map((column) => Math.max(0, ...cells.map((line) => line[column].length)))
      const lines = cells.map((line) =>
        line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd(),
      )
      return [...lines, ...notes].join('\n')
    },
  }
}
