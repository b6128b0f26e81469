/** Run under a real keychain: writes, reads and removes one secret and prints what happened. */
import { openSecret, Secret } from '../../src/core/auth/secret.ts'
import { openSecretStore } from '../../src/host/secretStore.ts'

const store = openSecretStore()
const name = { profile: 'Contoso GmbH', kind: 'clientSecret' } as const
const read = async () => {
  const secret = await store.read(name)
  return secret === undefined ? null : openSecret(secret)
}

console.log(
  JSON.stringify({
    state: await store.state(),
    before: await read(),
    written: await store.write(name, new Secret('Pässwörd-ß')),
    back: await read(),
    removed: await store.remove(name),
    after: await read(),
  }),
)
