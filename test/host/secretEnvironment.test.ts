// The browser that we open gets no secret of ours in its environment.
import { expect, test } from 'vitest'
import { keyVariable, secretVariables, withoutSecrets } from '../../src/host/secretEnvironment.ts'

test('secrets stay behind, in any case of their names, and everything else goes along', () => {
  const secrets = Object.fromEntries([...Object.values(secretVariables), keyVariable].map((name) => [name, 'canary']))
  expect(withoutSecrets({ ...secrets, ews_setup_password: 'canary', PATH: '/bin', DISPLAY: ':0' })).toEqual({
    PATH: '/bin',
    DISPLAY: ':0',
  })
})
