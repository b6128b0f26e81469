// The demo's login.microsoftonline.com: tenants, applications, secrets; the client credentials grant with Entra's refusals, and tokens that the demo's
// Exchange Online verifies. Good enough for @azure/msal-node.

import { constants, generateKeyPairSync, randomUUID, sign, verify, type KeyObject } from 'node:crypto'
import { json, page, type Answer, type DemoRequest, type Handler } from './http.ts'

export type Secret = { id: string; value: string; expires: number }

export type Application = {
  clientId: string
  secrets: readonly Secret[]
  /** Certificates that may sign a client assertion instead: SHA-256 in hex, and the public half. */
  certificates?: readonly { sha256: string; publicKey: KeyObject }[]
  /** App roles at Office 365 Exchange Online with admin consent. */
  roles: readonly string[]
  /** `refused` makes the token endpoint answer 65001. Default: consented. */
  consent?: 'given' | 'refused'
  disabled?: boolean
  /** The refusal of every request for this application, whatever its secret. */
  refusal?: Refusal
  /** Claims of its tokens that are not as usual; undefined leaves one out. */
  claims?: Readonly<Record<string, unknown>>
}

/** A refusal of the token endpoint; status 400 unless said otherwise. */
export type Refusal = { status?: number; error: string; code: number; text: string }

export type Tenant = { id: string; domains: readonly string[]; applications: readonly Application[] }

export type Claims = {
  aud: string
  iss: string
  appid: string
  tid: string
  nbf: number
  exp: number
  roles?: readonly string[]
  scp?: string
}

export type Entra = {
  handler: Handler
  /** The claims of a token that this Entra signed, or null. Time and audience are the resource's business. */
  verify(token: string): Claims | null
  /** Signs a token; for tests of bad claims. */
  issue(claims: Record<string, unknown>): string
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const dnsName = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i
const resources: Readonly<Record<string, string>> = {
  'https://outlook.office365.com': 'https://outlook.office365.com',
  'https://outlook.office.com': 'https://outlook.office.com',
  'https://graph.microsoft.com': 'https://graph.microsoft.com',
  '00000002-0000-0ff1-ce00-000000000000': '00000002-0000-0ff1-ce00-000000000000',
}
/** Seconds that an app-only token lives, as observed. */
const lifetime = 3900

/** Makes an Entra with these tenants and a signing key of its own. */
export function makeEntra(o: { tenants: readonly Tenant[] }): Entra {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const keyId = randomUUID().replaceAll('-', '')
  const find = (name: string): Tenant | undefined =>
    o.tenants.find((tenant) => tenant.id === name.toLowerCase() || tenant.domains.includes(name.toLowerCase()))
  const issue = (claims: Record<string, unknown>): string => signed(privateKey, keyId, claims)

  const handler: Handler = (request) => {
    const match = /^\/([^/]+)\/(.+?)\/?$/.exec(request.route)
    const tenantName = percentDecoded(match?.[1] ?? '')
    switch (match?.[2]) {
      case 'oauth2/v2.0/token':
      case 'oauth2/token':
        return token(request, tenantName, find, issue)
      case 'v2.0/.well-known/openid-configuration':
      case '.well-known/openid-configuration':
        return openidConfiguration(request, tenantName, find)
      case 'discovery/instance':
        return instanceDiscovery()
      default:
        return page(404, 'Not found', headers())
    }
  }
  return { handler, issue, verify: (text) => verified(publicKey, text) }
}

const headers = (): Record<string, string> => ({
  'Cache-Control': 'no-store, no-cache',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'x-ms-request-id': randomUUID(),
  'x-ms-ests-server': '2.1.22407.6 - WEULR1 ProdSlices',
  'x-ms-srs': '1.P',
})

const refuse = (request: DemoRequest, { status = 400, error, code, text }: Refusal): Answer => {
  request.journal.logon = 'refused'
  const own = headers()
  const traceId = own['x-ms-request-id'] ?? randomUUID()
  const asked = request.headers['client-request-id']
  const correlationId = typeof asked === 'string' && guid.test(asked) ? asked : randomUUID()
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`
  return json(
    status,
    {
      error,
      error_description: `AADSTS${String(code)}: ${text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${String(code)}`,
    },
    own,
  )
}

const percentDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const formDecoded = (text: string): string => new URLSearchParams(`value=${text}`).get('value') ?? text

const unknownTenant = (name: string): Refusal =>
  guid.test(name) || dnsName.test(name)
    ? {
        error: 'invalid_request',
        code: 90002,
        text: `Tenant '${name}' not found. Check that you have the correct tenant ID and are signing into the correct cloud.`,
      }
    : {
        error: 'invalid_request',
        code: 900023,
        text: `Specified tenant identifier '${name}' is neither a valid DNS name, nor a valid external domain.`,
      }

const token = (
  request: DemoRequest,
  tenantName: string,
  find: (name: string) => Tenant | undefined,
  issue: (claims: Record<string, unknown>) => string,
): Answer => {
  request.journal.operation = 'token'
  if (request.method !== 'POST') {
    return refuse(request, {
      error: 'invalid_request',
      code: 900561,
      text: `The endpoint only accepts POST requests. Received a ${request.method} request.`,
    })
  }
  const isForm = (request.headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded')
  const form = new URLSearchParams(isForm ? request.body.toString('utf8') : '')
  // client_secret_basic of RFC 6749 2.3.1: both halves are form-encoded first.
  const basic = /^basic\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (basic !== undefined) {
    const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':', 2)
    if (!form.has('client_id')) form.set('client_id', formDecoded(id))
    if (!form.has('client_secret')) form.set('client_secret', formDecoded(secret))
  }
  const missing = ['grant_type', 'client_id', 'scope'].find((name) => (form.get(name) ?? '') === '')
  if (missing !== undefined) {
    return refuse(request, {
      error: 'invalid_request',
      code: 900144,
      text: `The request body must contain the following parameter: '${missing}'.`,
    })
  }
  if (form.get('grant_type') !== 'client_credentials') {
    return refuse(request, {
      error: 'unsupported_grant_type',
      code: 70003,
      text: 'The app requested an unsupported grant type.',
    })
  }
  if (['common', 'organizations', 'consumers'].includes(tenantName)) {
    return refuse(request, {
      error: 'invalid_request',
      code: 9001023,
      text: `The grant type is not supported over the /${tenantName} endpoint.`,
    })
  }
  const tenant = find(tenantName)
  if (!tenant) return refuse(request, unknownTenant(tenantName))

  const clientId = form.get('client_id') ?? ''
  const application = tenant.applications.find((candidate) => candidate.clientId === clientId.toLowerCase())
  if (!application) {
    return refuse(request, {
      error: 'unauthorized_client',
      code: 700016,
      text: `Application with identifier '${clientId}' was not found in the directory '${tenant.domains[0] ?? tenant.id}'. You may have sent your authentication request to the wrong tenant.`,
    })
  }
  if (application.refusal !== undefined) return refuse(request, application.refusal)
  if (application.disabled === true) {
    return refuse(request, {
      error: 'unauthorized_client',
      code: 7000112,
      text: `Application '${clientId}' is disabled.`,
    })
  }
  const given = form.get('client_secret') ?? ''
  const assertion = form.get('client_assertion') ?? ''
  const proved = assertion === '' ? null : checkAssertion(request, application, assertion)
  if (proved?.kind === 'refused') return proved.answer
  if (given === '' && proved === null) {
    return refuse(request, {
      status: 401,
      error: 'invalid_client',
      code: 7000216,
      text: `'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.`,
    })
  }
  const secret = application.secrets.find((candidate) => candidate.value === given)
  if (!secret && proved === null) {
    return refuse(request, {
      status: 401,
      error: 'invalid_client',
      code: 7000215,
      text: `Invalid client secret provided. Send the client secret value, not the client secret ID, of a secret added to app '${clientId}'.`,
    })
  }
  if (secret && secret.expires < Date.now()) {
    return refuse(request, {
      status: 401,
      error: 'invalid_client',
      code: 7000222,
      text: `The provided client secret keys for app '${clientId}' are expired. Create new keys for your app.`,
    })
  }
  const scopes = (form.get('scope') ?? '')
    .split(' ')
    .filter((scope) => scope !== '' && scope !== 'openid' && scope !== 'profile' && scope !== 'offline_access')
  const scope = scopes[0] ?? ''
  if (scopes.length !== 1 || !scope.endsWith('/.default')) {
    return refuse(request, {
      error: 'invalid_scope',
      code: 1002012,
      text: `The provided value for scope ${scopes.join(' ')} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`,
    })
  }
  const audience = resources[scope.slice(0, -'/.default'.length)]
  if (audience === undefined) {
    return refuse(request, {
      error: 'invalid_resource',
      code: 500011,
      text: `The resource principal named ${scope.slice(0, -'/.default'.length)} was not found in the tenant named ${tenant.domains[0] ?? tenant.id}.`,
    })
  }
  if (application.consent === 'refused') {
    return refuse(request, {
      error: 'invalid_grant',
      code: 65001,
      text: `The user or administrator has not consented to use the application with ID '${clientId}'.`,
    })
  }

  request.journal.logon = 'accepted'
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    aud: audience,
    iss: `https://sts.windows.net/${tenant.id}/`,
    iat: now,
    // No look into the future for a client whose clock is a little behind.
    nbf: now,
    exp: now + lifetime,
    app_displayname: 'EWS Setup Demo',
    appid: application.clientId,
    appidacr: '1',
    idp: `https://sts.windows.net/${tenant.id}/`,
    idtyp: 'app',
    oid: 'c5d2c1f0-0d3c-4a86-9a6c-6f1d6d4a7b21',
    ...(application.roles.length > 0 ? { roles: application.roles } : {}),
    sub: 'c5d2c1f0-0d3c-4a86-9a6c-6f1d6d4a7b21',
    tid: tenant.id,
    uti: randomUUID(),
    ver: '1.0',
    ...application.claims,
  }
  return json(
    200,
    { token_type: 'Bearer', expires_in: lifetime - 1, ext_expires_in: lifetime - 1, access_token: issue(claims) },
    headers(),
  )
}

// RFC 7523 as Entra wants it: PS256, the certificate by x5t#S256, for this endpoint, by and about the application, at most ten minutes old.
const checkAssertion = (
  request: DemoRequest,
  application: Application,
  assertion: string,
): { kind: 'good' } | { kind: 'refused'; answer: Answer } => {
  const refused = (code: number, text: string): { kind: 'refused'; answer: Answer } => ({
    kind: 'refused',
    answer: refuse(request, { status: 401, error: 'invalid_client', code, text }),
  })
  const [head = '', body = '', signature = ''] = assertion.split('.')
  const header = decodedPart(head)
  const claims = decodedPart(body)
  const named = header['x5t#S256']
  const thumbprint = typeof named === 'string' ? Buffer.from(named, 'base64url').toString('hex') : ''
  const certificate = application.certificates?.find((one) => one.sha256 === thumbprint)
  if (certificate === undefined || header['alg'] !== 'PS256')
    return refused(
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application.`,
    )
  const key = { key: certificate.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
  if (!verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')))
    return refused(700027, 'Client assertion failed signature validation.')
  const now = Date.now() / 1000
  const own = claims['iss'] === application.clientId && claims['sub'] === application.clientId
  const here = typeof claims['aud'] === 'string' && claims['aud'].endsWith(request.route)
  const lives = Number(claims['exp']) > now && Number(claims['exp']) <= now + 660
  return own && here && lives
    ? { kind: 'good' }
    : refused(700023, 'Client assertion audience, issuer or lifetime is not as expected.')
}

const decodedPart = (part: string): Record<string, unknown> => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>
  } catch {
    return {}
  }
}

const openidConfiguration = (
  request: DemoRequest,
  name: string,
  find: (name: string) => Tenant | undefined,
): Answer => {
  const base = 'https://login.microsoftonline.com'
  const tenant = find(name)
  const id = name === 'common' || name === 'organizations' ? '{tenantid}' : tenant?.id
  if (id === undefined) return refuse(request, unknownTenant(name))
  const at = name === 'common' || name === 'organizations' ? name : (tenant?.id ?? name)
  request.journal.operation = 'openid-configuration'
  return json(
    200,
    {
      token_endpoint: `${base}/${at}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${base}/${at}/discovery/v2.0/keys`,
      response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer: `${base}/${id}/v2.0`,
      authorization_endpoint: `${base}/${at}/oauth2/v2.0/authorize`,
      end_session_endpoint: `${base}/${at}/oauth2/v2.0/logout`,
      tenant_region_scope: 'EU',
      cloud_instance_name: 'microsoftonline.com',
      msgraph_host: 'graph.microsoft.com',
    },
    headers(),
  )
}

const instanceDiscovery = (): Answer =>
  json(
    200,
    {
      tenant_discovery_endpoint: 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration',
      'api-version': '1.1',
      metadata: [
        {
          preferred_network: 'login.microsoftonline.com',
          preferred_cache: 'login.windows.net',
          aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
        },
      ],
    },
    headers(),
  )

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const signed = (key: KeyObject, keyId: string, claims: Record<string, unknown>): string => {
  const content = `${part({ typ: 'JWT', alg: 'ES256', kid: keyId })}.${part(claims)}`
  return `${content}.${sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

const verified = (key: KeyObject, text: string): Claims | null => {
  const parts = text.split('.')
  const [head = '', claims = '', signature = ''] = parts
  if (parts.length !== 3) return null
  const good = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  // What carries our own signature has the shape that we gave it.
  return good ? (JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Claims) : null
}
