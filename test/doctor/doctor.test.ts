import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { examinePolicy } from '../../src/doctor/policy.ts'
import type { HttpRequest, HttpResponse } from '../../src/domain/http.ts'
import { Secret } from '../../src/domain/secret.ts'
import { loadDeviceFile } from '../../src/scenario/library.ts'
import { call } from '../cli/call.ts'
import { doctor, edited, isDiscover, PASSWORD, profile, school, trusting } from './doctor-scene.ts'

describe('oobe doctor', () => {
  test('finds an oobe serve in order', async () => {
    const origin = await school()
    const { code, lines } = await doctor(origin, ...trusting())
    expect(lines.slice(0, 2)).toEqual([
      `${origin}, as Microsoft Surface Laptop SE sees it`,
      `  ok       ${origin} answers, over TLS that the device trusts`,
    ])
    expect(lines.slice(1).filter((line) => !line.startsWith('  ok '))).toEqual([])
    const text = lines.join('\n')
    expect(text).toMatch(
      /ok {7}TLSv1\.3, a certificate for localhost, 127\.0\.0\.1 by CN=oobe-sim development CA, good until/,
    )
    expect(text).toMatch(/Federated enrolment, version 5 \(this device speaks 7\.0, the service 5\.0\)/)
    expect(text).toMatch(/discovery leads to https:\/\/localhost:\d+\/EnrollmentServer\//i)
    expect(code).toBe(0)
  })

  test.each<[string, (request: HttpRequest, response: HttpResponse) => HttpResponse, RegExp, number]>([
    [
      'a clock that is an hour off',
      (_, response) => ({
        ...response,
        headers: { ...response.headers, date: new Date(Date.now() - 3_600_000).toUTCString() },
      }),
      /warning {2}the clock of https:\S+ is 60 minutes behind/,
      0,
    ],
    [
      'a discovery that takes POST alone, as a note',
      (request, response) => (request.method === 'GET' ? { ...response, status: 404 } : response),
      /ok {7}discovery: GET is answered with 404; a device that joins Entra does not send it/,
      0,
    ],
    [
      'a discovery that fails',
      (request, response) => (isDiscover(request) ? { ...response, status: 500 } : response),
      /problem {2}discovery: Discover is answered with 500/,
      1,
    ],
    [
      'a discovery that leads to a host that the profile does not name',
      (request, response) =>
        isDiscover(request)
          ? edited(response, (text) =>
              text.replace(/https:\/\/localhost:\d+\/EnrollmentServer\/Enrollment/i, 'https://mdm.example/Enrollment'),
            )
          : response,
      /problem {2}discovery leads to https:\/\/mdm\.example\/Enrollment\S*: .*\n.*hosts: \[mdm\.example\]/,
      1,
    ],
    [
      'a discovery that leads to Microsoft',
      (request, response) =>
        isDiscover(request)
          ? edited(response, (text) =>
              text.replace(/https:\/\/localhost:\d+\/EnrollmentServer\/Policy/i, 'https://manage.microsoft.com/Policy'),
            )
          : response,
      /problem {2}discovery leads to https:\/\/manage\.microsoft\.com\/Policy\S*: manage\.microsoft\.com is a production host.*\n.*never go there/,
      1,
    ],
    [
      'an answer that is no XML',
      (request, response) => (isDiscover(request) ? edited(response, () => 'hello') : response),
      /problem {2}discovery: the answer cannot be read: .*\(ERR_\w+\)/,
      1,
    ],
  ])('tells of %s', async (_, spoil, message, code) => {
    const ended = await doctor(await school(spoil), ...trusting())
    expect([ended.stdout, ended.code]).toEqual([expect.stringMatching(message), code])
  })

  test('tells an authority that is not trusted, and a server that is not there', async () => {
    const origin = await school()
    expect((await doctor(origin)).stdout).toMatch(/problem {2}.*\(0x80072f0d\)\n +Its certificate is from an authority/)
    const gone = await doctor('https://localhost:1', '--json')
    expect([gone.code, JSON.parse(gone.stdout)]).toEqual([
      1,
      [{ verdict: 'problem', what: expect.stringContaining('0x80072efd'), hint: 'Is it running, and at this port?' }],
    ])
  })

  test.each<[string, object, RegExp]>([
    ['the TPM, where it can', {}, /policy: RSA 2048 bits and SHA256; this device keeps the key in its TPM/],
    [
      'a file, where the key is too long for a TPM',
      { keyPolicy: { keyLength: 4096, hash: 'sha256', providers: [], attestation: null, attestationSeconds: 0 } },
      /policy: RSA 4096 bits and SHA256; this device keeps the key in a file/,
    ],
  ])(
    'asks for the policy with what the profile gives, and says where the key goes: %s',
    async (_, enrollment, message) => {
      const origin = await school(undefined, { enrollment: { authPolicy: 'OnPremise', ...enrollment } })
      const { stdout, code } = await doctor(profile(origin, PASSWORD))
      expect(stdout).toMatch(/ok {7}policy: the server takes the user name and the password/)
      expect([stdout, code]).toEqual([expect.stringMatching(message), 0])
      expect(stdout).not.toContain('correct-horse')
    },
  )

  const keyPolicy = { keyLength: 2048, hash: 'sha256', providers: [], attestation: null, attestationSeconds: 0 }
  test.each<[string, object, RegExp, number]>([
    [
      'SHA-1',
      { keyPolicy: { ...keyPolicy, hash: 'sha1' } },
      /warning {2}policy: requests are signed with SHA-1, what the policy requires/,
      0,
    ],
    [
      'no policy at all',
      { keyPolicy: null },
      /warning {2}policy: requests are signed with SHA-1, what a device takes without a policy/,
      0,
    ],
    [
      'a key that no device makes',
      { keyPolicy: { ...keyPolicy, keyLength: 8192 } },
      /problem {2}policy: 0x80180027, no provider/,
      1,
    ],
    [
      'a provider that this device has not',
      { keyPolicy: { ...keyPolicy, providers: ['Smart Card'] } },
      /problem {2}policy: 0x80180027/,
      1,
    ],
    [
      'attestation at any price',
      { keyPolicy: { ...keyPolicy, attestation: 'FailOnError' } },
      /problem {2}policy: it asks for attestation of the key \(FailOnError\)/,
      1,
    ],
    [
      'attestation for a while',
      { keyPolicy: { ...keyPolicy, attestation: 'RetryOnError', attestationSeconds: 90 } },
      /warning {2}policy: it asks .*\(RetryOnError\)\n.* continues after 90 s/,
      0,
    ],
  ])('tells of a policy with %s', async (_, enrollment, message, code) => {
    const origin = await school(undefined, { enrollment: { authPolicy: 'OnPremise', ...enrollment } })
    const ended = await doctor(profile(origin, PASSWORD))
    expect([ended.stdout, ended.code]).toEqual([expect.stringMatching(message), code])
  })

  test('a device without a TPM keeps its key in a file, and no server asks it to attest', async () => {
    const enrollment = { authPolicy: 'OnPremise', keyPolicy: { ...keyPolicy, attestation: 'FailOnError' } }
    const origin = await school(undefined, { enrollment })
    const { stdout, code } = await doctor(profile(origin, PASSWORD), '--device', 'contoso-desktop-no-tpm')
    expect([stdout, code]).toEqual([expect.stringMatching(/keeps the key in a file/), 0])
  })

  test.each([
    ['a wrong password', 'wrong', /0x8018000f, .*incorrect\n.* was shown, the sign-in on its page\. Is that right/, 1],
    ['the right one', 'correct-horse', /ok {7}policy: the server takes the sign-in on its page/, 0],
  ])('signs in on the page of a server with %s', async (_, password, message, code) => {
    const origin = await school()
    const ended = await doctor(profile(origin, PASSWORD.replace('correct-horse', password)))
    expect([ended.stdout, ended.code]).toEqual([expect.stringMatching(message), code])
  })

  test('tells of a server that speaks TLS where the profile says none', async () => {
    const origin = await school()
    const { stdout, code } = await doctor(origin.replace('https:', 'http:'))
    expect([stdout, code]).toEqual([expect.stringMatching(/\(0x80072efe\)\n +Does it speak this protocol/), 1])
  })

  test('asks a person to sign in, and reports when they do not', async () => {
    const origin = await school()
    const signing = async (authority: string) => {
      const oidc = `{ issuer: "${origin}/${authority}", flow: code, clientId: c }`
      return (await doctor(profile(origin, `token: { oidc: ${oidc} }`))).stdout
    }
    expect(await signing('contoso.example')).toMatch(
      /problem {2}token: .*\(ERR_OIDC_ISSUER\)\n +The profile has issuer/,
    )
    expect(await signing('nobody')).toMatch(/HTTP 400: AADSTS90002: Tenant 'nobody' not found.*\(ERR_OIDC_DISCOVERY\)/)
  })

  test('a policy service that says nothing is given up', async () => {
    const after = AbortSignal.timeout
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => after.call(AbortSignal, 50))
    onTestFinished(() => void vi.restoreAllMocks())
    const url = 'https://localhost:1/policy'
    const { findings } = await examinePolicy(
      { title: 'x', endpoints: { discovery: url }, hosts: [], trust: [], means: { token: new Secret('a.b.c') } },
      { authPolicy: 'Federated', enrollmentServiceUrl: url, enrollmentPolicyServiceUrl: url },
      loadDeviceFile('surface-laptop-se'),
      (_request, _peer, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      { now: 0, skewMs: 0 },
    )
    expect(findings).toMatchObject([
      { verdict: 'problem', what: expect.stringMatching(/^policy: .* no answer within 30 s \(0x80072ee2\)/) },
    ])
  })

  test('requires a service', async () => {
    expect((await call('doctor')).stderr).toMatch(/^error ERR_BAD_ARGUMENTS: which service\?/)
    expect((await call('doctor', '--service', 'https://graph.microsoft.com')).stderr).toMatch(/ERR_TARGET_PRODUCTION/)
  })
})
