/** The login at a directory: the one place where its password is opened, over a connection that is encrypted and judged already. */
import type { Client } from 'ldapts'
import { openSecret, type Secret } from './secret.ts'

/** Simple bind (RFC 4513 section 5.1.3). An empty password would be an anonymous login that looks like success, so it is refused here. */
export async function bindWithPassword(client: Client, userName: string, password: Secret): Promise<void> {
  const value = openSecret(password)
  if (userName === '' || value === '') throw new Error('a login needs a name and a password')
  await client.bind(userName, value)
}
