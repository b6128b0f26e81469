/**
 * Row E4: the configuration as a sheet for the customer's documentation, with fields to fill in by hand for what is deliberately not
 * on it. The model is what both the HTML file and the print view show.
 */
import { fieldName, fieldValue } from './fieldWords.ts'
import { fill, textsOf, type Language } from './index.ts'
import { escaped } from './report/asHtml.ts'

export type SheetInput = {
  profile: string
  values: readonly { path: string; value: string }[]
  /** `savedAt` is null where none is saved. */
  secrets: readonly { kind: string; savedAt: string | null }[]
}

export type SheetPart = {
  heading: string
  rows: { label: string; value: string }[]
  /** Told of each secret, with a line to write on. */
  missing: { label: string; state: string }[]
}
export type Sheet = { language: Language; title: string; parts: SheetPart[]; produced: string }

export function sheetOf(inputs: readonly SheetInput[], o: { language: Language; version: string; now: Date }): Sheet {
  const { language } = o
  const { transfer } = textsOf(language)
  const names: Readonly<Record<string, string>> = transfer.secrets
  const { sheet } = transfer
  return {
    language,
    title: sheet.title,
    parts: inputs.map(({ profile, values, secrets }) => ({
      heading: fill(sheet.profile, { profile }, language),
      rows: values.map(({ path, value }) => ({
        label: fieldName(path, language),
        value: fieldValue(path, value, language),
      })),
      missing: secrets.map(({ kind, savedAt }) => ({
        label: names[kind] ?? kind,
        state: savedAt === null ? sheet.notSaved : fill(sheet.saved, { date: savedAt.slice(0, 10) }, language),
      })),
    })),
    produced: fill(sheet.produced, { version: o.version, date: o.now.toISOString().slice(0, 10) }, language),
  }
}

const style = `
:root { color-scheme: light; }
@page { size: A4; margin: 18mm 16mm; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1a1d21; background: #fff;
  font: 15px/1.45 system-ui, 'Segoe UI', Roboto, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { margin-top: 2rem; font-size: 1.2rem; } h3 { margin-bottom: .25rem; font-size: 1rem; }
section + section { break-before: page; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .3rem .5rem; border: 1px solid #b9bfc6; text-align: start; vertical-align: top; }
th { width: 40%; font-weight: 500; background: #f3f4f6; } td { white-space: pre-wrap; }
tr { break-inside: avoid; }
.line { display: grid; grid-template-columns: 12rem minmax(0, 1fr); align-items: end; margin-top: .9rem; break-inside: avoid; }
.blank { border-bottom: 1px solid #565d66; height: 1.5rem; }
.quiet { color: #565d66; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } }
`

export function sheetHtml(sheet: Sheet): string {
  return `<!doctype html>
<html lang="${sheet.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(sheet.title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(sheet.title)}</h1>
${sheet.parts.map((part) => partHtml(part, sheet.language)).join('\n')}
<p class="quiet">${escaped(sheet.produced)}</p>
</body>
</html>
`
}

function partHtml({ heading, rows, missing }: SheetPart, language: Language): string {
  const words = textsOf(language).transfer.sheet
  return `<section>
<h2>${escaped(heading)}</h2>
<h3>${escaped(words.settings)}</h3>
<table>
${rows.map(({ label, value }) => `<tr><th scope="row">${escaped(label)}</th><td>${escaped(value)}</td></tr>`).join('\n')}
</table>
<h3>${escaped(words.missing)}</h3>
<p class="quiet">${escaped(words.missingHint)}</p>
${missing.map(({ label, state }) => `<p><strong>${escaped(label)}</strong> <span class="quiet">(${escaped(state)})</span></p>\n${blank(words.keptAt)}`).join('\n')}
${[words.owner, words.checked, words.notes].map(blank).join('\n')}
</section>`
}

function blank(label: string): string {
  return `<div class="line"><span>${escaped(label)}</span><span class="blank"></span></div>`
}
