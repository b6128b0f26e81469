/** The environment variables that carry secrets, and an environment without them for programs that we start. */
import type { SecretKind } from '../core/settings/settings.ts'

export const secretVariables: Readonly<Record<SecretKind, string>> = {
  password: 'EWS_SETUP_PASSWORD',
  clientSecret: 'EWS_SETUP_CLIENT_SECRET',
  certificatePassphrase: 'EWS_SETUP_CERTIFICATE_PASSPHRASE',
  proxyPassword: 'EWS_SETUP_PROXY_PASSWORD',
  ldapPassword: 'EWS_SETUP_LDAP_PASSWORD',
}

/** The passphrase of the sealed file that keeps secrets where there is no keychain. */
export const keyVariable = 'EWS_SETUP_KEY'

/** A browser outlives us, hands its environment on, and needs none of it. */
export function withoutSecrets(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const secret = new Set([...Object.values(secretVariables), keyVariable])
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !secret.has(name.toUpperCase())))
}
