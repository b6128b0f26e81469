/** The values that a script is written with. None of them is a secret. */
import { z } from 'zod'
import { limits } from '../limits.ts'
import { cloudNames } from '../settings/clouds.ts'
import { permissionModels } from './models.ts'

const text = z.string().max(limits.fieldCharacters)

export const scriptOptionsSchema = z.object({
  /** Name of the registration. The Azure CLI would read a file for a value that begins with `@`, and an option in one with `-`. */
  appName: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .regex(/^[^@-]/)
    .default('EWS Setup'),
  /** Mailboxes that the application may open; with model `some` the scope consists of them. */
  mailboxes: z.array(text).max(200).default([]),
  credential: z.enum(['secret', 'certificate']).default('secret'),
  /** Also `EWS.AccessAsUser.All` for logins on behalf of a person. */
  delegated: z.boolean().default(true),
})
export type ScriptOptions = z.infer<typeof scriptOptionsSchema>

export const scriptValuesSchema = scriptOptionsSchema.extend({
  model: z.enum(permissionModels),
  cloud: z.enum(cloudNames),
  /** Empty: the tenant of whoever signs in. */
  tenantId: text,
  /** Empty: the script finds the registration by its name, or makes it. */
  clientId: text,
  /** Account that logs in at Exchange Server; empty: to be filled in. */
  account: text,
  /** EWS URL that Exchange Server should publish; empty: its URLs stay as they are. */
  ewsUrl: text,
})
export type ScriptValues = z.infer<typeof scriptValuesSchema>
