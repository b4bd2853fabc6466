import { describe, expect, test } from 'vitest'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import { Secret } from '../../src/domain/secret.ts'
import { DecodeError, type Result } from '../../src/domain/trouble.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { decodeAgentApps } from '../../src/protocols/agent-apps/agent-apps.ts'
import { decodeAppPackage } from '../../src/protocols/app-package/app-package.ts'
import { decodeAutopilotProfile } from '../../src/protocols/autopilot/profile.ts'
import { decodeLoginPage } from '../../src/protocols/entra/login-page.ts'
import { decodeAnswer, number, object, optional, optionalList, text } from '../../src/protocols/json-answer.ts'
import { encodeJwt } from '../../src/protocols/jwt/jwt.ts'
import { decodeProviderMetadata } from '../../src/protocols/oidc/provider-metadata.ts'
import {
  decodeDeviceAuthorization,
  decodeOAuthError,
  decodeTokenAnswer,
} from '../../src/protocols/oidc/token-answers.ts'
import { joinDevice } from '../../src/service/entra/join-device.ts'
import { askForBranding, loadBranding, lookUpAccount } from '../../src/service/entra/look-up-account.ts'
import { beginProof, pollProof } from '../../src/service/entra/second-factor.ts'
import type { PendingProof } from '../../src/service/entra/sign-in.ts'
import { refreshTokens, tokensOf } from '../../src/service/entra/tokens.ts'
import { type Reply, scripted } from './scripted-service.ts'

type Members = Record<string, unknown>

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const idToken = (claims: Members): string =>
  encodeJwt(claims, derivedKeys.rsa2048('tenant:contoso-school', 'mdm-root'), 'k')

const APP = { id: 'a', revision: 1, name: 'A', version: '1', url: '/a', fileHash: '00' }
const PACKAGE = { identity: '{a}', name: 'A', publisher: 'P', version: '1', installSeconds: 1, exitCode: 0 }
const PROFILE = {
  CloudAssignedTenantId: 't',
  CloudAssignedTenantDomain: 'contoso.example',
  CloudAssignedOobeConfig: 30,
}
const METADATA = { issuer: 'https://op.example', token_endpoint: 'https://op.example/token' }
const AUTHORIZATION = { device_code: 'd', user_code: 'U', verification_uri: 'https://op.example/d', expires_in: 900 }
const REALM = { NameSpaceType: 'Federated', AuthURL: 'https://sts.contoso.example/', FederationBrandName: 'Contoso' }
const PAGE = { urlPost: '/login', sFT: 'f', sCtx: 'c', urlBeginAuth: '/begin', urlEndAuth: '/end' }

const loginPage = (members: Members) => decodeLoginPage(`$Config=${JSON.stringify(members)};\n//]]>`)

/** A decoder, a valid answer of it, and members of a wrong type, each with the name under which it is refused. */
const DECODED: readonly [decode: (body: Uint8Array) => unknown, code: string, valid: Members, wrong: Members][] = [
  [
    decodeAutopilotProfile,
    'ERR_AUTOPILOT_PROFILE_MALFORMED',
    PROFILE,
    {
      CloudAssignedTenantUpn: 1,
      CloudAssignedDeviceName: [],
      CloudAssignedLanguage: {},
      CloudAssignedRegion: 1,
      CloudAssignedForcedEnrollment: '1',
      DeploymentProfileName: true,
      ZtdRegistrationId: 5,
      ZtdCorrelationId: 5,
      IsExplicitProfileAssignment: 'true',
    },
  ],
  [
    decodeProviderMetadata,
    'ERR_OIDC_METADATA_MALFORMED',
    METADATA,
    {
      authorization_endpoint: 1,
      device_authorization_endpoint: {},
      token_endpoint_auth_methods_supported: 'client_secret_post',
      authorization_response_iss_parameter_supported: 'true',
    },
  ],
  [
    decodeDeviceAuthorization,
    'ERR_OIDC_DEVICE_MALFORMED',
    AUTHORIZATION,
    {
      interval: '5',
      verification_uri_complete: 1,
      verification_url: 1,
    },
  ],
  [decodeTokenAnswer, 'ERR_OIDC_TOKEN_MALFORMED', { token_type: 'Bearer', access_token: 'a' }, { id_token: 1 }],
  [decodeOAuthError, 'ERR_OIDC_ERROR_MALFORMED', { error: 'invalid_grant' }, { error_description: 70_000 }],
  [(body) => decodeAgentApps(body), 'ERR_AGENT_APPS_MALFORMED', {}, { apps: {} }],
  [(body) => decodeAgentApps(`{"apps":[${Buffer.from(body)}]}`), 'ERR_AGENT_APPS_MALFORMED', APP, { isApplicable: 1 }],
  [
    (body) => decodeAppPackage('msi', bytes(`OOBE-SIM-MSI/1\n${Buffer.from(body)}`)),
    'ERR_APP_PACKAGE_MALFORMED',
    PACKAGE,
    { isDetected: 'yes', agent: 'none' },
  ],
  [
    (body) => loginPage(JSON.parse(Buffer.from(body).toString())),
    'ERR_ENTRA_LOGIN_PAGE_MALFORMED',
    PAGE,
    { sErrorCode: 50126, arrUserProofs: {}, urlBeginAuth: 1, urlEndAuth: 1 },
  ],
  [tokensOf, 'ERR_ENTRA_TOKEN_MALFORMED', { access_token: 'a' }, { refresh_token: 1, id_token: {} }],
  [
    (body) =>
      tokensOf(JSON.stringify({ access_token: 'a', id_token: idToken(JSON.parse(Buffer.from(body).toString())) })),
    'ERR_ENTRA_TOKEN_MALFORMED',
    {},
    {
      nonce: 1,
      preferred_username: 1,
      upn: [],
      name: {},
      tid: 1,
      mdm_enrollment_url: 1,
      mdm_terms_of_use_url: ['https://mdm.example'],
    },
  ],
]

const NO_PROOF = {
  attempt: { request: { email: 'a@contoso.example' } },
  page: { flowToken: 'f', context: 'c', proof: { methods: ['PhoneAppNotification'], urlBegin: '/b', urlEnd: '/e' } },
  url: `${MOCK_ENDPOINTS.login}/common`,
} as unknown as PendingProof
const STARTED = { pending: NO_PROOF, sessionId: 's', flowToken: 'f', context: 'c', number: '', polls: 0 }
const SESSION = {
  tokenEndpoint: `${MOCK_ENDPOINTS.login}/token`,
  refreshToken: new Secret('r'),
  scope: 's',
}
const JOIN = {
  token: new Secret('t'),
  domain: 'contoso.example',
  deviceName: 'CLS-1',
  osVersion: '10.0.26100.1',
  deviceKey: derivedKeys.rsa2048('no-tpm:test', 'join'),
  transportKey: derivedKeys.rsa2048('no-tpm:test', 'transport'),
}
const CONTRACT = {
  DeviceJoinService: { JoinEndpoint: 'https://drs.contoso.example/device/', JoinResourceId: 'urn:drs' },
  AuthenticationService: {
    OAuth2: { AuthCodeEndpoint: 'https://sts.contoso.example/a', TokenEndpoint: 'https://sts.contoso.example/t' },
  },
}
const ok = (body: unknown): Reply => ({ body: JSON.stringify(body) })

type Ask = (answer: Reply) => Promise<Result<unknown>>

/** The same for answers that a client reads itself. */
const ASKED: readonly [name: string, ask: Ask, code: string, status: number, valid: Members, wrong: Members][] = [
  [
    'GetCredentialType',
    (answer) => lookUpAccount(scripted(answer).service, 'a@contoso.example'),
    'ERR_ENTRA_CREDENTIAL_TYPE_MALFORMED',
    200,
    { IfExistsResult: 0 },
    { EstsProperties: 'none' },
  ],
  [
    'the realm of a federated domain',
    (answer) =>
      lookUpAccount(
        scripted(ok({ IfExistsResult: 0, EstsProperties: { DomainType: 4 } }), answer).service,
        'a@contoso.example',
      ),
    'ERR_ENTRA_REALM_MALFORMED',
    200,
    REALM,
    { AuthURL: 1 },
  ],
  [
    'the realm of a tenant',
    (answer) => askForBranding(scripted(answer).service, 'contoso.example'),
    'ERR_ENTRA_REALM_MALFORMED',
    200,
    REALM,
    { TenantBrandingInfo: {} },
  ],
  [
    'BeginAuth',
    (answer) => beginProof(scripted(answer).service, NO_PROOF),
    'ERR_ENTRA_PROOF_MALFORMED',
    200,
    { Success: true, SessionId: 's', FlowToken: 'f', Ctx: 'c' },
    { Success: 'true', Entropy: '42' },
  ],
  [
    'EndAuth',
    (answer) => pollProof(scripted(answer).service, STARTED),
    'ERR_ENTRA_PROOF_MALFORMED',
    200,
    { Success: false, ResultValue: 'AuthenticationPending' },
    { Success: 1, ResultValue: 1, FlowToken: 1, Ctx: {} },
  ],
  [
    'a refusal of the token endpoint',
    (answer) => refreshTokens(scripted(answer).service, SESSION),
    'ERR_ENTRA_TOKEN_MALFORMED',
    400,
    { error: 'invalid_grant' },
    { error: 1, error_description: 50_076 },
  ],
  [
    'a refusal of the join',
    (answer) => joinDevice(scripted(ok(CONTRACT), answer).service, JOIN),
    '0x8007000d',
    400,
    {},
    { subcode: 5, message: {} },
  ],
]

const thrown = (read: () => unknown): unknown => {
  try {
    read()
  } catch (error) {
    return error
  }
  return undefined
}

const cases = (wrong: Members) => Object.entries(wrong)

describe('an optional member of a wrong type is refused, with its name', () => {
  test.each(
    DECODED.flatMap(([decode, code, valid, wrong]) =>
      cases(wrong).map(([name, value]) => ({ decode, code, valid, name, value })),
    ),
  )('$code: $name', ({ decode, code, valid, name, value }) => {
    const read = (members: Members) => decode(bytes(JSON.stringify(members)))
    // Missing and null are the same, and no trouble.
    expect(thrown(() => read(valid))).toBeUndefined()
    expect(thrown(() => read({ ...without(valid, name), [name]: null }))).toEqual(
      thrown(() => read(without(valid, name))),
    )
    const error = thrown(() => read({ ...valid, [name]: value }))
    expect(error).toBeInstanceOf(DecodeError)
    expect(error).toMatchObject({ code, message: expect.stringMatching(new RegExp(`(^|\\.)${name} is not `)) })
  })

  test.each(
    ASKED.flatMap(([what, ask, code, status, valid, wrong]) =>
      cases(wrong).map(([name, value]) => ({ what, ask, code, status, valid, name, value })),
    ),
  )('$what: $name', async ({ ask, code, status, valid, name, value }) => {
    const reply = (members: Members): Reply => ({ status, body: JSON.stringify(members) })
    const before = await ask(reply(valid))
    if (!before.ok) expect(before.trouble.text).not.toContain('cannot be read')
    expect(await ask(reply({ ...valid, [name]: value }))).toMatchObject({
      ok: false,
      trouble: { code, text: expect.stringContaining(` cannot be read: ${name} is not `) },
    })
  })
})

const without = (members: Members, name: string): Members =>
  Object.fromEntries(Object.entries(members).filter(([key]) => key !== name))

test('a member inside another is named with its path', async () => {
  const schema = object({ a: optionalList(object({ b: optional(number), c: text })) })
  const read = (value: unknown) => thrown(() => decodeAnswer(JSON.stringify(value), schema, 'ERR_TEST'))
  expect(read({ a: [{ c: '' }, { b: '1', c: '' }] })).toMatchObject({
    code: 'ERR_TEST',
    message: 'a.1.b is not a number',
  })
  expect(read({ a: [{}] })).toMatchObject({ message: 'a.0.c is missing' })
  expect(read({ a: [null] })).toMatchObject({ message: 'a.0 is not an object' })
  expect(read({ a: [[]] })).toMatchObject({ message: 'a.0 is not an object' })
  const branding = { ...REALM, TenantBrandingInfo: [{ BackgroundColor: 5 }] }
  const { service } = scripted(ok(branding), ok(branding))
  expect(await askForBranding(service, 'contoso.example')).toMatchObject({
    trouble: { text: expect.stringContaining('TenantBrandingInfo.0.BackgroundColor is not a string') },
  })
  // The look of a page stops no first boot.
  expect(await loadBranding(service, 'contoso.example')).toBeNull()
})

test('a number without an end is none', () => {
  expect(thrown(() => decodeAnswer('{"a":1e999}', object({ a: optional(number) }), 'ERR_TEST'))).toMatchObject({
    message: 'a is not a number',
  })
})
