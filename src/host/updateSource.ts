/** What a build was given to ask for updates: put in from `updates` in package.json. Without it there is no update check. */
import { updateSourceSchema, type UpdateSource } from './updates.ts'

declare const __EWS_SETUP_UPDATES__: unknown

const given = updateSourceSchema.safeParse(typeof __EWS_SETUP_UPDATES__ === 'undefined' ? null : __EWS_SETUP_UPDATES__)
export const updateSource: UpdateSource | null = given.success ? given.data : null

/** Administrators switch it off for a machine, whatever a person ticked. */
export function updatesDisabled(environment: Readonly<Record<string, string | undefined>>): boolean {
  return environment['EWS_SETUP_UPDATES']?.trim().toLowerCase() === 'off'
}
