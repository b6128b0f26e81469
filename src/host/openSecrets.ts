/** The store of secrets that belongs to a state directory: the keychain, else the file sealed with `EWS_SETUP_KEY`, else memory. */
import { join } from 'node:path'
import { secretFrom } from '../core/auth/secret.ts'
import { keyVariable } from './secretEnvironment.ts'
import { openSecretStore, type SecretStore } from './secretStore.ts'

export function openSecrets(
  directory: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): SecretStore {
  const key = secretFrom(environment[keyVariable])
  return openSecretStore(key === undefined ? {} : { sealed: { file: join(directory, 'secrets.age'), key } })
}
