import { createPublicKey, X509Certificate } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import { examine } from '../../src/doctor/findings.ts'
import { Secret } from '../../src/domain/secret.ts'
import { CertificateAuthority } from '../../src/mock-service/certificate-authority.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { targetTransport } from '../../src/ports/target-transport.ts'
import { encodeGetPoliciesResponse } from '../../src/protocols/ms-xcep/get-policies.ts'
import { loadDeviceFile, loadTenantFile } from '../../src/scenario/library.ts'
import { connectionTo, loadTarget } from '../../src/scenario/target.ts'
import { file } from '../cli/call.ts'
import { doctor, edited, inAnHour, jwt, PASSWORD, profile, SHA256, school } from './doctor-scene.ts'

describe('what a device enrols with', () => {
  test.each<[string, string, RegExp]>([
    [
      'nothing that the policy OnPremise requires',
      'certificate: { file: device.crt, key: device.pem }',
      /problem {2}enrolment: 0x8018000e/,
    ],
    [
      'a wrong password',
      'password: { username: alice@contoso.example, text: wrong }',
      /problem {2}policy: 0x80180002, .*wrong\n.* shown, the user name and the password\. Is that right/,
    ],
    ['an opaque token', 'token: { text: opaque }', /warning {2}token: it is no JWT/],
    ['a token without a signature', jwt({}, { alg: 'none' }), /problem {2}token: it has no signature/],
    ['a token with a shared secret', jwt({}, { alg: 'HS256' }), /warning {2}token: signed with HS256/],
    ['a token that has expired', jwt({ exp: 1_700_000_000 }), /problem {2}token: it expired \d+ hours ago/],
    ['a token that never does', jwt({}), /warning {2}token: it never expires/],
    [
      'a token of tomorrow',
      jwt({ exp: inAnHour() * 2, nbf: inAnHour() }),
      /problem {2}token: it is not valid for another (60|59) minutes/,
    ],
    ['a token of a few minutes', jwt({ exp: inAnHour() - 3300 }), /warning {2}token: it is good for 5 minutes more/],
    [
      'a token for another person',
      jwt({ aud: 'https://other.example/', exp: inAnHour() }),
      /warning {2}token: its audience is https:\/\/other\.example\/; a device asks for one for https:\/\/localhost/,
    ],
    [
      'a token of another tenant',
      jwt({ tid: 'x', exp: inAnHour() }),
      /warning {2}token: it is of the tenant x; the device joins 6f2c1d9a/,
    ],
    [
      'a token without what servers check',
      jwt({ upn: 'a', exp: inAnHour() }),
      /warning {2}token: an enrolment token of Entra, version 1, has tid, oid, scp, unique_name, deviceid; this one/,
    ],
    [
      'a token of version 2 without what servers check',
      jwt({ ver: '2.0', preferred_username: 'a', tid: 't', exp: inAnHour() }),
      /warning {2}token: an enrolment token of Entra, version 2, has oid, scp, deviceid; this one has not/,
    ],
    [
      'a server that does not believe a token',
      jwt({ exp: inAnHour() }),
      /problem {2}policy: 0x80180002, ERR_JWT_SIGNATURE.*\n.* shown, the token: see what is said of it above/,
    ],
  ])('tells of %s, and never shows it', async (_, enrollment, message) => {
    const origin = await school(undefined, { enrollment: { authPolicy: 'OnPremise' } })
    const key = derivedKeys.rsa2048('test', 'client')
    const spki = new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }))
    const der = new CertificateAuthority('x', key).issue([{ type: 'CN', value: 'device' }], spki, Date.now())
    file('device.crt', new X509Certificate(der).toString())
    file('device.pem', key.export({ type: 'pkcs8', format: 'pem' }) as string)
    const { stdout, stderr } = await doctor(profile(origin, enrollment))
    expect(stdout).toMatch(message)
    const token = /text: "([^"]+)"/.exec(enrollment)?.[1]
    if (token !== undefined)
      for (const part of token.split('.').slice(1)) expect(`${stdout}${stderr}`).not.toContain(part)
  })

  test('of a token that the server takes there is nothing to guess', async () => {
    const origin = await school(
      (request, response) =>
        // A server that knows itself by another name than its address.
        /policy\.svc$/i.test(request.url)
          ? edited({ ...response, status: 200 }, () => encodeGetPoliciesResponse(SHA256, {}))
          : response,
      { enrollment: { authPolicy: 'OnPremise' } },
    )
    const token = {
      aud: 'api://mdm',
      tid: 'x',
      upn: 'a',
      unique_name: 'a',
      oid: 'o',
      scp: 'mdm_delegation',
      deviceid: 'd',
      exp: inAnHour(),
    }
    const { stdout, code } = await doctor(profile(origin, jwt(token)))
    expect([stdout.match(/^ +(warning|problem).*$/gm), code]).toEqual([null, 0])
    expect(stdout).toMatch(/ok {7}token: its audience is api:\/\/mdm; .*; the server takes it/)
    expect(stdout).toMatch(/ok {7}token: it is of the tenant x; .*; the server takes it/)
  })

  test('a token is judged by the clock after the sign-in', async () => {
    const origin = await school(undefined, { enrollment: { authPolicy: 'OnPremise' } })
    const target = loadTarget(profile(origin, PASSWORD))
    const transport = targetTransport({ ...connectionTo(target), keyOf: () => undefined })
    onTestFinished(() => transport.close())
    let now = Date.now()
    const findings = await examine({
      target,
      transport,
      device: loadDeviceFile('surface-laptop-se'),
      tenant: loadTenantFile('contoso-school'),
      clock: () => now,
      handshake: async () => undefined,
      signIn: async () => {
        now += 600_000
        const seconds = Math.floor(now / 1000)
        const text = /"(.+)"/.exec(jwt({ nbf: seconds - 10, exp: seconds + 3600 }))![1]!
        return { ...target, means: { token: new Secret(text) } }
      },
    })
    const said = findings.map(({ what }) => what).filter((what) => /^token: .*(good|valid)/.test(what))
    expect(said).toEqual([expect.stringMatching(/^token: good for (59|60) minutes$/)])
  })
})
