/** The permission models, the steps of the guide for each, and what each step fills, checks and is scripted by. One table. */
import type { FieldName } from '../evidence/schema.ts'
import type { ScriptFormat } from './script.ts'

/** `all`: every mailbox in Exchange Online; `some`: chosen ones; `hybrid`: cloud and own server; `on-premises`: own server only. */
export const permissionModels = ['all', 'some', 'hybrid', 'on-premises'] as const
export type PermissionModel = (typeof permissionModels)[number]

export const guideSteps = [
  'register',
  'ids',
  'permission',
  'consent',
  'public-client',
  'secret',
  'scope',
  'allow-list',
  'directories',
  'impersonation',
  'ews',
] as const
export type GuideStep = (typeof guideSteps)[number]

/** How far a check goes: the anonymous question for the tenant, the token, its permission, or EWS itself. */
export const checkReaches = ['tenant', 'token', 'permission', 'ews'] as const
export type CheckReach = (typeof checkReaches)[number]

/** Pages of the portals, by id; the host knows their addresses. */
export const portalPages = [
  'registrations',
  'overview',
  'permissions',
  'authentication',
  'credentials',
  'exchange-admin',
] as const
export type PortalPage = (typeof portalPages)[number]

type StepEntry = {
  models: readonly PermissionModel[]
  /** Fields of the dialog that this step fills. */
  fields: readonly FieldName[]
  /** null: nothing outside shows whether it was done. */
  reach: CheckReach | null
  portal: PortalPage | null
  /** Scripts that do this step, the first one by preference. */
  scripts: readonly ScriptFormat[]
}

const cloud = ['all', 'some', 'hybrid'] as const
const wholeTenant = ['all', 'hybrid'] as const
const own = ['hybrid', 'on-premises'] as const
const entra = ['graph-powershell', 'azure-cli'] as const

export const stepTable: Readonly<Record<GuideStep, StepEntry>> = {
  register: { models: cloud, fields: [], reach: null, portal: 'registrations', scripts: entra },
  ids: { models: cloud, fields: ['tenantId', 'clientId'], reach: 'tenant', portal: 'overview', scripts: [] },
  permission: { models: wholeTenant, fields: [], reach: 'permission', portal: 'permissions', scripts: entra },
  consent: { models: wholeTenant, fields: [], reach: 'permission', portal: 'permissions', scripts: entra },
  'public-client': { models: cloud, fields: [], reach: null, portal: 'authentication', scripts: entra },
  secret: { models: cloud, fields: ['clientSecret'], reach: 'token', portal: 'credentials', scripts: entra },
  scope: { models: ['some'], fields: [], reach: 'ews', portal: 'exchange-admin', scripts: ['exchange-online'] },
  'allow-list': { models: cloud, fields: [], reach: 'ews', portal: 'exchange-admin', scripts: ['exchange-online'] },
  directories: { models: own, fields: ['ewsUrl'], reach: 'ews', portal: null, scripts: ['exchange-server'] },
  impersonation: { models: own, fields: [], reach: null, portal: null, scripts: ['exchange-server'] },
  ews: { models: permissionModels, fields: ['email'], reach: 'ews', portal: null, scripts: [] },
}

/** The steps of a model, in order. */
export function stepsOf(model: PermissionModel): GuideStep[] {
  return guideSteps.filter((step) => stepTable[step].models.includes(model))
}

/** The scripts that a model needs, in the order in which they are run. */
export function scriptsOf(model: PermissionModel): ScriptFormat[] {
  switch (model) {
    case 'all':
    case 'some':
      return ['graph-powershell', 'azure-cli', 'exchange-online']
    case 'hybrid':
      return ['graph-powershell', 'azure-cli', 'exchange-online', 'exchange-server']
    case 'on-premises':
      return ['exchange-server']
  }
}
