/** A script as data: code, and the places where a sentence for people belongs. The words come from `texts`, by id. */
import { z } from 'zod'
import { factsSchema, type Facts } from '../evidence/schema.ts'
import { escapes, type ScriptLanguage } from './quoting.ts'

export const scriptFormats = ['graph-powershell', 'azure-cli', 'exchange-online', 'exchange-server'] as const
export type ScriptFormat = (typeof scriptFormats)[number]

/** Sentences in comments, and sentences that a script says or asks while it runs. */
export const scriptTextIds = [
  'head-graph-powershell',
  'head-azure-cli',
  'head-exchange-online',
  'head-exchange-server',
  'how-to-run-powershell',
  'how-to-run-bash',
  'needs-graph',
  'needs-azure-cli',
  'needs-exchange-online',
  'needs-exchange-shell',
  'who-consents',
  'twice',
  'undo',
  'values',
  'cloud-unconfirmed',
  'retirement',
  'sign-in',
  'find-application',
  'register',
  'enterprise-application',
  'look-up-ids',
  'permission',
  'permission-delegated',
  'rbac-instead',
  'consent',
  'public-client',
  'secret',
  'certificate',
  'result',
  'undo-consent',
  'undo-registration',
  'service-principal',
  'object-id',
  'group',
  'scope',
  'role',
  'all-mailboxes',
  'consent-defeats',
  'allow-list',
  'allow-list-meaning',
  'mailbox-switch',
  'authorization-test',
  'undo-order',
  'undo-allow-list',
  'directories',
  'directories-unchanged',
  'windows-authentication',
  'impersonation',
  'impersonation-scope',
  'before-file',
  'say-two-applications',
  'say-nothing-found',
  'say-no-exchange',
  'say-registered',
  'say-consented',
  'say-secret-once',
  'say-secret-kept',
  'say-redirected',
  'say-enter-in-dialog',
  'say-type-id-to-delete',
  'say-not-deleted',
  'say-deleted',
  'say-consent-removed',
  'say-client-id-missing',
  'say-account-missing',
  'say-allow-list-before',
  'say-allow-list-would-block',
  'say-continue',
  'say-left-unchanged',
  'say-allow-list-has',
  'say-allow-list-written',
  'say-list-empty',
  'say-wait',
  'say-test',
  'say-removed',
  'say-service-principal-kept',
  'say-not-before',
  'say-certificate-there',
] as const
export type ScriptTextId = (typeof scriptTextIds)[number]

/** In blanks. */
const indent = z.number().int().min(0).max(16)

export const scriptLineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('comment'), id: z.enum(scriptTextIds), facts: factsSchema, indent }),
  z.object({ kind: z.literal('code'), text: z.string() }),
  /** A sentence as a string literal between two pieces of code. */
  z.object({
    kind: z.literal('say'),
    id: z.enum(scriptTextIds),
    before: z.string(),
    after: z.string(),
  }),
])
export type ScriptLine = z.infer<typeof scriptLineSchema>

export const scriptSchema = z.object({
  format: z.enum(scriptFormats),
  /** Name that a file of it should have. */
  fileName: z.string(),
  /** What each character of a sentence is written as within a string literal of this script's language. */
  escapes: z.record(z.string(), z.string()),
  lines: z.array(scriptLineSchema),
})
export type Script = z.infer<typeof scriptSchema>

export function comment(id: ScriptTextId, facts: Facts = {}, indentation = 0): ScriptLine {
  return { kind: 'comment', id, facts, indent: indentation }
}

export function code(...lines: readonly string[]): ScriptLine[] {
  return lines.map((text) => ({ kind: 'code', text }))
}

/** `before` and `after` surround the string literal, without its quotes. */
export function say(before: string, id: ScriptTextId, after = ''): ScriptLine {
  return { kind: 'say', id, before, after }
}

export function scriptOf(
  format: ScriptFormat,
  language: ScriptLanguage,
  lines: readonly (ScriptLine | readonly ScriptLine[])[],
): Script {
  const ending = language === 'bash' ? 'sh' : 'ps1'
  return {
    format,
    fileName: `ews-setup-${format}.${ending}`,
    escapes: { ...escapes[language] },
    lines: lines.flat(),
  }
}
