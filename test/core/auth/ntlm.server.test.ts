/** NTLM against real servers: apache2 with gss-ntlmssp, and one that insists on channel bindings. */
import http from 'node:http'
import https from 'node:https'
import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  authenticateMessage,
  channelBindingOf,
  negotiateMessage,
  readChallenge,
  signatureHashOf,
  splitUserName,
} from '../../../src/core/auth/ntlm.ts'
import { ntlmChallengeToken, offeredSchemes, parseChallenges } from '../../../src/core/network/challenges.ts'
import {
  accounts,
  ewsPath,
  missing,
  startEpaServer,
  startNtlmServer,
  type RunningServer,
} from '../../servers/recipes.ts'
import { skipReason } from '../../servers/skip.ts'

type Answer = {
  status: number | undefined
  challenges: string[]
  user: string | undefined
  localPort: number | undefined
}

/** Asks over at most one socket, which is what NTLM logs in. */
function oneSocket(url: string, ca: string) {
  const secure = url.startsWith('https:')
  const options = { keepAlive: true, maxSockets: 1, ca }
  const agent = secure ? new https.Agent(options) : new http.Agent(options)
  return {
    ask: (authorization?: string): Promise<Answer> =>
      new Promise((answer, fail) => {
        const headers = authorization === undefined ? {} : { authorization }
        ;(secure ? https : http)
          .get(new URL(ewsPath, url), { agent, headers }, (response) => {
            const { localPort } = response.socket
            response.resume().on('end', () =>
              answer({
                status: response.statusCode,
                challenges: response.headersDistinct['www-authenticate'] ?? [],
                user: response.headersDistinct['x-auth-user']?.[0],
                localPort,
              }),
            )
          })
          .on('error', fail)
      }),
    close: () => agent.destroy(),
  }
}

type Login = { userName: string; password: string; channelBinding?: Uint8Array }

async function login(url: string, ca: string, account: Login): Promise<Answer> {
  const client = oneSocket(url, ca)
  try {
    const negotiate = negotiateMessage()
    const first = await client.ask(`NTLM ${Buffer.from(negotiate).toString('base64')}`)
    const challenge = readChallenge(ntlmChallengeToken(first.challenges, 'NTLM') ?? new Uint8Array())
    if (!challenge.ok) throw new Error(`no challenge in ${JSON.stringify(first)}`)
    const message = authenticateMessage({
      ...account,
      ...splitUserName(account.userName),
      negotiate,
      challenge,
      targetName: `HTTP/${new URL(url).hostname}`,
    })
    const second = await client.ask(`NTLM ${Buffer.from(message).toString('base64')}`)
    expect(second.localPort).toBe(first.localPort)
    return second
  } finally {
    client.close()
  }
}

describe.skipIf(skipReason(missing.ntlm))('apache2 with gss-ntlmssp', () => {
  let server: RunningServer
  beforeAll(async () => void (server = await startNtlmServer()))
  afterAll(() => server?.stop())

  test('without credentials it offers Negotiate and NTLM, and counts nothing', async () => {
    const before = await server.failedLogons()
    const client = oneSocket(server.httpUrl ?? '', server.caPem)
    const answer = await client.ask()
    client.close()
    expect(answer.status).toBe(401)
    expect(offeredSchemes(parseChallenges(answer.challenges))).toEqual(['negotiate', 'ntlm'])
    expect(await server.failedLogons()).toBe(before)
  })

  test.each(Object.values(accounts))(
    'logs $userName in, over http and https, without a failed logon',
    async (account) => {
      const before = await server.failedLogons()
      for (const url of [server.httpUrl ?? '', server.httpsUrl]) {
        expect(await login(url, server.caPem, account)).toMatchObject({ status: 200, user: account.userName })
      }
      expect(await server.failedLogons()).toBe(before)
    },
  )

  test('ignores the case of the user name', async () => {
    const account = { ...accounts.alice, userName: 'CONTOSO\\ALICE' }
    expect((await login(server.httpsUrl, server.caPem, account)).status).toBe(200)
  })

  test.each([
    ['a wrong password', { ...accounts.alice, password: 'wrong' }],
    ['an empty password', { ...accounts.alice, password: '' }],
    ['an umlaut written otherwise', { ...accounts.bob, password: accounts.bob.password.normalize('NFD') }],
    ['an unknown user', { userName: 'CONTOSO\\eve', password: 'wrong' }],
  ])('refuses %s, and counts exactly one failed logon', async (_, account) => {
    const before = await server.failedLogons()
    expect((await login(server.httpsUrl, server.caPem, account)).status).toBe(401)
    expect(await server.failedLogons()).toBe(before + 1)
  })
})

describe.skipIf(skipReason(missing.epa))('Extended Protection', () => {
  const right = (caPem: string): Uint8Array => {
    const der = new X509Certificate(caPem).raw
    return channelBindingOf(der, signatureHashOf(der))
  }
  const wrong = (): Uint8Array => channelBindingOf(Buffer.from('another certificate'), 'sha256')
  type Binding = 'right' | 'wrong' | 'none'

  describe.each<['require' | 'allow' | 'off', Record<Binding, number>]>([
    ['require', { right: 200, none: 401, wrong: 401 }],
    ['allow', { right: 200, none: 200, wrong: 401 }],
    ['off', { right: 200, none: 200, wrong: 200 }],
  ])('%s', (epa, expected) => {
    let server: RunningServer
    beforeAll(async () => void (server = await startEpaServer({ epa })))
    afterAll(() => server?.stop())

    test.each<Binding>(['right', 'none', 'wrong'])('binding: %s', async (binding) => {
      const before = await server.failedLogons()
      const answer = await login(server.httpsUrl, server.caPem, {
        ...accounts.bob,
        ...(binding === 'none' ? {} : { channelBinding: binding === 'right' ? right(server.caPem) : wrong() }),
      })
      expect(answer.status).toBe(expected[binding])
      expect(await server.failedLogons()).toBe(before + (expected[binding] === 401 ? 1 : 0))
    })

    test('a wrong password stays wrong', async () => {
      const account = { ...accounts.alice, password: 'wrong', channelBinding: right(server.caPem) }
      expect((await login(server.httpsUrl, server.caPem, account)).status).toBe(401)
    })
  })
})
