import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { examineCertificate } from '../../src/doctor/certificate.ts'
import { doctor, school, todaysServer, trusting } from './doctor-scene.ts'

describe('the certificate of a server', () => {
  test('tells of a server that speaks nothing newer than TLS 1.1', async () => {
    const old = createServer({
      key: todaysServer.key,
      cert: todaysServer.certificate,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    })
    await new Promise<void>((done) => void old.listen(0, '127.0.0.1', done))
    onTestFinished(() => void old.close())
    await school()
    const origin = `https://localhost:${(old.address() as AddressInfo).port}`
    const { stdout, code } = await doctor(origin, ...trusting())
    expect(stdout).toMatch(/problem {2}.*\(0x80072f7d\)\n +Does it speak TLS 1\.2 or newer/)
    expect(stdout).toMatch(/warning {2}https:\S+: it speaks TLSv1\.1 at most\n.*RFC 8996 .*\[S\].*\[U\]/)
    expect(code).toBe(1)
  })

  test.each<[string, number, RegExp]>([
    [
      'has expired',
      -500,
      /problem {2}https:\S+: a certificate of the chain has expired \(CERT_HAS_EXPIRED\)\n[\s\S]*good until \d{4}/,
    ],
    ['is not valid yet', 30, /problem {2}https:\S+: a certificate of the chain is not valid yet[\s\S]*good from \d{4}/],
    ['soon will have', -390, /warning {2}its certificate is good for \d more days/],
  ])('tells of a certificate that %s', async (_, days, message) => {
    const origin = await school(undefined, { certifiedAt: Date.now() + days * 86_400_000 })
    expect((await doctor(origin, ...trusting())).stdout).toMatch(message)
  })

  test('tells of a certificate for another name, a key that is too short, and no certificate', () => {
    const leaf = {
      subject: 'CN=a',
      issuer: 'CN=b',
      names: 'DNS:other.example',
      notBefore: 0,
      notAfter: 9e12,
      bits: 1536,
    }
    const facts = { protocol: 'TLSv1.2', trouble: 'ERR_TLS_CERT_ALTNAME_INVALID', chain: [leaf] }
    expect(examineCertificate('https://mdm.example', facts, 1).map(({ what }) => what)).toEqual([
      'https://mdm.example: the certificate is for another name (ERR_TLS_CERT_ALTNAME_INVALID)',
      'it shows CN=a, for other.example',
      'its key has 1536 bits',
    ])
    expect(examineCertificate('o', { ...facts, trouble: 'CRL_HAS_EXPIRED' }, 1)[0]?.what).toMatch(
      /does not hold \(CRL_HAS/,
    )
    expect(examineCertificate('o', { ...facts, chain: [] }, 1)).toMatchObject([{ verdict: 'problem' }])
  })

  test('tells of a certificate whose end no calendar has', () => {
    const leaf = { subject: 'CN=a', issuer: 'CN=b', names: '', notBefore: 0, notAfter: Number.NaN, bits: 2048 }
    expect(examineCertificate('o', { protocol: 'TLSv1.3', chain: [leaf] }, 1)).toMatchObject([
      { verdict: 'ok', what: expect.stringMatching(/good until a day that cannot be read$/) },
      { verdict: 'warning', what: 'its certificate ends on a day that cannot be read' },
    ])
  })
})
