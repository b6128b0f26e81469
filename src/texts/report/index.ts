/** The door to reports: what a person copies or saves of a run, and the facts about the server. */
export { asHtml } from './asHtml.ts'
export { asMarkdown } from './asMarkdown.ts'
export { asText } from './asText.ts'
export { evidenceJson } from './content.ts'
export { reportOf, type Report, type ReportLine, type ReportOptions } from './report.ts'
export { serverFactLines, serverFactsOf, type ServerFacts } from './serverFacts.ts'
