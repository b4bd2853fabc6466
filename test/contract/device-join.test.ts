import { execFileSync, spawnSync } from 'node:child_process'
import { constants, createPublicKey, type KeyObject, publicEncrypt, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt, importJWK, SignJWT } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Secret } from '../../src/domain/secret.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { joinDevice } from '../../src/service/entra/join-device.ts'
import { signIn } from '../../src/service/entra/sign-in.ts'
import { readRequest } from '../openssl.ts'
import { connected, NOW, textOf } from '../service/scripted-service.ts'
import { isWithout } from '../without.ts'

const [deviceKey, transportKey] = ['join', 'transport'].map((label) => derivedKeys.rsa2048('no-tpm:test', label)) as [
  KeyObject,
  KeyObject,
]
const ALICE = {
  email: 'alice@contoso.example',
  password: new Secret('correct-horse'),
  usage: 'workOrSchool',
  purpose: 'join',
} as const

/** A join by Alice: what the device sent, and what the directory gave. */
async function joined() {
  const { service, tenant, asked } = connected()
  const signed = await signIn(service, ALICE)
  if (!signed.ok || signed.value.kind !== 'signedIn') throw new Error('no sign-in')
  const { tokens } = signed.value.signedIn
  const certificate = await joinDevice(service, {
    token: tokens.accessToken,
    domain: 'contoso.example',
    deviceName: 'CLS-1',
    osVersion: '10.0.26100.1',
    deviceKey,
    transportKey,
  })
  if (!certificate.ok) throw new Error(certificate.trouble.text)
  const request = asked.at(-1)!
  const sent = JSON.parse(textOf(request))
  const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))
  return {
    request,
    sent,
    csr: bytes(sent.CertificateRequest.Data),
    blob: Buffer.from(sent.TransportKey, 'base64'),
    certificate: new X509Certificate(certificate.value),
    authority: new X509Certificate(tenant.authority('organization-access').root(NOW)),
    userId: String(decodeJwt(tokens.accessToken.reveal()).oid),
    device: [...tenant.state.entra.joined.values()][0]!,
    tenantId: tenant.definition.tenantId,
  }
}

function folder() {
  const path = mkdtempSync(join(tmpdir(), 'join-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

describe.skipIf(isWithout('openssl'))('the join, as others see it', () => {
  test('the request is one that openssl proves, with the subject of Windows and nothing more [point 62: openssl]', async () => {
    const { csr } = await joined()
    const { text, isVerified } = readRequest(csr)
    expect(isVerified).toBe(true)
    expect(text).toMatch(/commonName\s+= UTF8STRING:7E980AD9-B86D-4306-9425-9AC066FB014A\n/)
    expect(text).toMatch(/Public-Key: \(2048 bit\)/)
    expect(text).toMatch(/Signature Algorithm: sha256WithRSAEncryption/)
    expect(text).toMatch(/Attributes:\n\s+\(none\)/)
    expect(text).not.toMatch(/X509v3/)
    csr[csr.length - 1]! ^= 1
    expect(readRequest(csr).isVerified).toBe(false)
  })

  test('the request goes out as Dsreg sends it [point 62]', async () => {
    const { request, sent } = await joined()
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://enterpriseregistration.windows.test/EnrollmentServer/device/?api-version=2.0',
      headers: {
        'user-agent': 'Dsreg/10.0 (Windows 10.0.26100.1)',
        'ocp-adrs-client-name': 'Dsreg',
        'client-request-id': expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        'return-client-request-id': 'true',
      },
    })
    expect({ ...sent, CertificateRequest: 0, TransportKey: 0 }).toEqual({
      CertificateRequest: 0,
      TransportKey: 0,
      TargetDomain: 'contoso.example',
      DeviceType: 'Windows',
      OSVersion: '10.0.26100.1',
      DeviceDisplayName: 'CLS-1',
      JoinType: 0,
      attributes: { ReuseDevice: 'true', ReturnClientSid: 'true' },
    })
  })

  test('the transport key is a CNG blob whose numbers are a key to jose, and openssl opens what is locked with it [points 62, 63: openssl, jose]', async () => {
    const { blob } = await joined()
    // BCRYPT_RSAKEY_BLOB: RSA1, 2048 bits, 3 bytes of exponent, 256 of modulus, no primes.
    expect(blob.subarray(0, 24).toString('hex')).toBe('525341310008000003000000000100000000000000000000')
    expect(blob.length).toBe(283)
    const jwk = {
      kty: 'RSA',
      e: blob.subarray(24, 27).toString('base64url'),
      n: blob.subarray(27).toString('base64url'),
    }
    expect(await importJWK(jwk, 'RS256')).toMatchObject({ type: 'public' })
    const at = folder()
    const sessionKey = Buffer.alloc(32, 5)
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }
    writeFileSync(join(at, 'locked'), publicEncrypt({ key, ...padding }, sessionKey))
    writeFileSync(join(at, 'key.pem'), transportKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
    const options = ['-decrypt', '-inkey', join(at, 'key.pem'), '-in', join(at, 'locked')]
    expect(execFileSync('openssl', ['pkeyutl', ...options, '-pkeyopt', 'rsa_padding_mode:oaep'])).toEqual(sessionKey)
  })

  test('the certificate is of MS-Organization-Access, for this device, user and tenant, by openssl [point 62: openssl]', async () => {
    const { certificate, authority, device, userId, tenantId } = await joined()
    const at = folder()
    const files = { certificate: join(at, 'device.pem'), authority: join(at, 'ca.pem') }
    writeFileSync(files.authority, authority.toString())
    const verify = (pem: string) => {
      writeFileSync(files.certificate, pem)
      const options = ['-purpose', 'sslclient', '-attime', String(NOW / 1000), '-CAfile', files.authority]
      return spawnSync('openssl', ['verify', ...options, files.certificate], { encoding: 'utf8' })
    }
    expect(verify(certificate.toString()).status).toBe(0)
    const flipped = Buffer.from(certificate.raw)
    flipped[flipped.length - 1]! ^= 1
    expect(verify(new X509Certificate(flipped).toString()).stderr).toMatch(/certificate signature failure/)

    expect([certificate.subject, certificate.issuer]).toEqual([`CN=${device.deviceId}`, 'CN=MS-Organization-Access'])
    expect(certificate.publicKey.equals(createPublicKey(deviceKey))).toBe(true)
    const read = execFileSync('openssl', ['asn1parse', '-inform', 'DER'], { input: certificate.raw, encoding: 'utf8' })
    const values = [...read.matchAll(/:1\.2\.840\.113556\.1\.5\.284\.(\d)\n.*\[HEX DUMP\]:([0-9A-F]+)/g)]
    // The GUIDs as .NET's Guid(byte[]) reads them, behind the two bytes of the inner OCTET STRING.
    const guid = (id: string) => {
      const [a, b, c, ...rest] = id.split('-').map((part) => Buffer.from(part, 'hex'))
      return `0410${Buffer.concat([a!.reverse(), b!.reverse(), c!.reverse(), ...rest]).toString('hex')}`.toUpperCase()
    }
    expect(values.map(([, arc, value]) => [arc, value])).toEqual([
      ['2', guid(device.deviceId)],
      ['3', guid(userId)],
      ['5', guid(tenantId)],
      ['7', '040131'],
    ])
  })

  test('a token that jose made with another key joins nothing [point 62: jose]', async () => {
    const token = await new SignJWT({ aud: 'urn:ms-drs:enterpriseregistration.windows.net', upn: ALICE.email })
      .setProtectedHeader({ alg: 'RS256', kid: 'oobe-sim-1' })
      .setIssuer('https://sts.windows.test/6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c/')
      .setExpirationTime(NOW / 1000 + 60)
      .sign(transportKey)
    const { service, tenant } = connected()
    const request = { domain: 'contoso.example', deviceName: 'CLS-1', osVersion: '10.0.26100.1' }
    const answer = await joinDevice(service, { token: new Secret(token), ...request, deviceKey, transportKey })
    expect(answer).toMatchObject({
      ok: false,
      trouble: { code: '0x801c0002', text: expect.stringContaining('ERR_JWT_SIGNATURE') },
    })
    expect(tenant.state.entra.joined.size).toBe(0)
  })
})
