/** The part of the contract about whole profiles. */
import { implement } from '@orpc/server'
import { profilesContract } from '../contract/profiles.ts'
import {
  addProfile,
  copyProfile,
  profileLines,
  removeProfile,
  renameProfile,
  selectProfile,
  type ProfileResult,
} from './profiles.ts'
import type { SecretStore } from './secretStore.ts'
import type { SettingsFile } from './settingsFile.ts'
import type { WindowContext } from './windowContext.ts'

export function profilesRouter(stores: { settingsFile: SettingsFile; secretStore: SecretStore; clock: () => Date }) {
  const os = implement(profilesContract).$context<WindowContext>()
  type Refuse = (refused: { data: { reason: Exclude<ProfileResult['kind'], 'done'>; code: string } }) => Error
  const settled = (result: ProfileResult, refuse: Refuse): { name: string } => {
    if (result.kind === 'done') return { name: result.name }
    throw refuse({ data: { reason: result.kind, code: 'code' in result ? result.code : '' } })
  }
  return os.router({
    list: os.list.handler(() => profileLines(stores.settingsFile.read())),
    select: os.select.handler(({ input, errors }) =>
      settled(selectProfile(stores, input.name), errors.PROFILE_REFUSED),
    ),
    add: os.add.handler(({ input, errors }) => settled(addProfile(stores, input.name), errors.PROFILE_REFUSED)),
    duplicate: os.duplicate.handler(async ({ input, errors }) =>
      settled(await copyProfile(stores, input.name, input.as), errors.PROFILE_REFUSED),
    ),
    rename: os.rename.handler(async ({ input, errors }) =>
      settled(await renameProfile(stores, input.name, input.as), errors.PROFILE_REFUSED),
    ),
    remove: os.remove.handler(async ({ input, errors }) =>
      settled(await removeProfile(stores, input.name), errors.PROFILE_REFUSED),
    ),
  })
}
