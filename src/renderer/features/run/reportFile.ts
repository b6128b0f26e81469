/** The file that a report is saved as: its name, its kind, and exactly the text that the preview shows. */
import type { Language, RunResult } from '../../../contract/contract.ts'
import { assertNever } from '../../assertNever.ts'
import { asHtml, asMarkdown, asText, evidenceJson, reportOf } from '../../../texts/report/index.ts'

export const reportFormats = ['text', 'markdown', 'html', 'json'] as const
export type ReportFormat = (typeof reportFormats)[number]

export type ReportFile = { name: string; type: string; content: string }

export function reportFile(
  result: RunResult,
  { format, mask, language }: { format: ReportFormat; mask: boolean; language: Language },
): ReportFile {
  const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.exec(result.evidence.startedAt)?.[0].replaceAll(':', '') ?? 'run'
  switch (format) {
    case 'text':
      return {
        name: `ews-setup-report-${moment}.txt`,
        type: 'text/plain;charset=utf-8',
        content: asText(reportOf(result, { language, mask })),
      }
    case 'markdown':
      return {
        name: `ews-setup-report-${moment}.md`,
        type: 'text/markdown;charset=utf-8',
        content: asMarkdown(reportOf(result, { language, mask })),
      }
    case 'html':
      return {
        name: `ews-setup-report-${moment}.html`,
        type: 'text/html;charset=utf-8',
        content: asHtml(reportOf(result, { language, mask })),
      }
    case 'json':
      return {
        name: `ews-setup-evidence-${moment}.json`,
        type: 'application/json',
        content: evidenceJson(result, { mask }),
      }
    default:
      return assertNever(format)
  }
}

const revokedAfterMs = 10_000

/** Hands a file over to the browser, which saves it where the person says. */
export function download({ name, type, content }: { name: string; type: string; content: BlobPart }): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  // Not at once: a browser may begin to read only after the click, and then the address has to be there still.
  setTimeout(() => URL.revokeObjectURL(url), revokedAfterMs)
}
