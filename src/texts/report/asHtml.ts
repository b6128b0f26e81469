/**
 * A report as one HTML file to be read and printed. It loads nothing and runs nothing: every value is escaped, there is no link, and
 * its own policy forbids everything but its style.
 */
import { fill } from '../index.ts'
import type { Report, ReportFinding, ReportLine } from './report.ts'
import { reportWords } from './words.ts'

const style = `
:root { color-scheme: light; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1d21; background: #fff;
  font: 15px/1.45 system-ui, 'Segoe UI', Roboto, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { margin-top: 2rem; font-size: 1.2rem; border-bottom: 1px solid #d8dce1; }
h3 { margin-bottom: .25rem; font-size: 1rem; }
dl { margin: .5rem 0; } dl > div { display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: 0 1rem; }
dt { color: #565d66; } dd { margin: 0; white-space: pre-wrap; }
p, li { white-space: pre-wrap; } li { margin: .25rem 0; }
.finding { padding-left: .8rem; border-left: 4px solid #7d848d; break-inside: avoid; }
.evidence { padding: .5rem .75rem; border: 1px solid #d8dce1; background: #f7f8fa;
  font-family: ui-monospace, Consolas, 'SF Mono', Menlo, monospace; font-size: .85rem; }
.command { margin: .25rem 0; padding: .4rem .6rem; border: 1px solid #d8dce1; background: #f7f8fa; white-space: pre-wrap;
  font-family: ui-monospace, Consolas, 'SF Mono', Menlo, monospace; font-size: .85rem; } .shell { margin: .5rem 0 0; }
.code, .state { color: #565d66; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } dl > div { break-inside: avoid; } }
`

export function asHtml(report: Report): string {
  const { headings, nothingFound } = reportWords(report.language)
  const { language, title } = report
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${list(report.head)}
<h2>${escaped(headings.findings)}</h2>
${report.findings.length === 0 ? `<p>${escaped(nothingFound)}</p>` : report.findings.map((finding) => findingHtml(finding, report)).join('\n')}
<h2>${escaped(headings.server)}</h2>
${list(report.server)}
<h2>${escaped(headings.steps)}</h2>
<ul>
${report.steps.map(stepHtml).join('\n')}
</ul>
<h2>${escaped(headings.evidence)}</h2>
${report.evidence.map((one) => `<h3>${escaped(one.title)}</h3>\n${one.blocks.map((block) => list(block, 'evidence')).join('\n')}`).join('\n')}
</body>
</html>
`
}

function findingHtml(finding: ReportFinding, { language }: Report): string {
  const { headings, code } = reportWords(language)
  const { severity, title, lead, explanation, remedy, commands, actor, id } = finding
  const steps = remedy.map((step) => `<li>${escaped(step)}</li>`).join('\n')
  return `<section class="finding">
<h3><span class="state">${escaped(severity)}</span> <span class="title">${escaped(title)}</span></h3>
<p class="explanation">${escaped([lead, explanation].filter((part) => part !== '').join(' '))}</p>
${remedy.length === 0 ? '' : `<h4>${escaped(headings.remedy)} (${escaped(actor)})</h4>\n<ol>\n${steps}\n</ol>`}
${commands.map(({ shell, line }) => `<p class="shell">${escaped(shell)}:</p>\n<pre class="command">${escaped(line)}</pre>`).join('\n')}
<p class="code">${escaped(fill(code, { id }, language))}</p>
</section>`
}

function stepHtml({ name, state, duration, summary }: Report['steps'][number]): string {
  return `<li><strong>${escaped(name)}</strong> <span class="state">(${escaped(state)}, ${escaped(duration)})</span>: <span class="summary">${escaped(summary)}</span></li>`
}

function list(lines: readonly ReportLine[], name = 'facts'): string {
  const rows = lines.map(({ label, value }) => `<div><dt>${escaped(label)}</dt><dd>${escaped(value)}</dd></div>`)
  return `<dl class="${name}">\n${rows.join('\n')}\n</dl>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** For text and for quoted attributes alike. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"'`]/g, (sign) => entities[sign] ?? '')
}
