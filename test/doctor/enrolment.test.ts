import { describe, expect, test } from 'vitest'
import { MASK } from '../../src/domain/secret.ts'
import { doctor, PASSWORD, profile, school, trusting } from './doctor-scene.ts'
import { found, issued, SHA1 } from './spoil.ts'

describe('oobe doctor --enroll', () => {
  test('enrols its own device and holds the first session', async () => {
    const origin = await school()
    const { lines, code } = await doctor(profile(origin, PASSWORD), '--enroll')
    const text = lines.join('\n')
    expect(lines.slice(1).filter((line) => !line.startsWith('  ok '))).toEqual([])
    expect(text).toMatch(/enrolment: the server has the device SIM-DOCTOR-[0-9A-F]{8} now \(DeviceID [0-9A-F]{32}\)/)
    expect(text).toMatch(
      /enrolment: a certificate of version 3 for CN=.+, by CN=Contoso School MDM Root .+ \(364 days\)/,
    )
    expect(text).toMatch(/enrolment: the certificate meets SSLCLIENTCERTSEARCHCRITERIA/)
    expect(text).toMatch(/enrolment: the account MS DM Server leads to https:\/\/localhost:\d+\/devicemanagement\/sync/)
    expect(text).toMatch(/session: held to its end; \d+ messages, \d+ commands, statuses 200 \(\d+\)/)
    expect(text).not.toContain(MASK)
    expect(code).toBe(0)
  })

  test('is a device that no server has seen, each time', async () => {
    const origin = await school()
    const serial = async () =>
      /SIM-DOCTOR-\w+/.exec((await doctor(profile(origin, PASSWORD), '--enroll')).stdout)?.[0] ?? ''
    expect(await serial()).not.toBe(await serial())
  })

  test('without the flag nothing is made at the server, and a line says how it is', async () => {
    const asked: string[] = []
    const origin = await school((request, response) => {
      asked.push(request.url)
      return response
    })
    const { stdout } = await doctor(profile(origin, PASSWORD))
    expect(stdout).toMatch(/ok {7}enrolment and first management session: not tried; --enroll tries them/)
    expect(asked.filter((url) => /Enrollment\.svc|sync/i.test(url))).toEqual([])
  })

  test('is not tried with nothing to show, or where the policy ends it', async () => {
    const origin = await school()
    const nothing = await doctor(origin, '--enroll', ...trusting())
    expect(nothing.stdout).toMatch(/warning {2}enrolment: not tried, because there is nothing to show/)
    const wrong = await doctor(profile(origin, PASSWORD.replace('correct', 'wrong')), '--enroll')
    expect([wrong.stdout, wrong.code]).toEqual([expect.stringMatching(/warning {2}enrolment: not tried\n/), 1])
  })

  const _CHUNKED = { 'content-length': undefined, 'transfer-encoding': 'chunked' }

  // The school does not know such a certificate, so that the session fails after it.
  test.each<[string, Parameters<typeof issued>[0], RegExp, RegExp]>([
    ['version 1', { version: 1 }, /^enrolment: the certificate has version 1/, /openssl x509 -req.*\[U\]/],
    ['itself for an issuer', { issuer: 'device' }, /^enrolment: the certificate names itself as its issuer/, /\[U\]/],
    ['SHA-1', { algorithm: SHA1 }, /^enrolment: the certificate is signed with SHA-1/, /RFC 8446/],
    ['a few days', { days: 9 }, /^enrolment: the certificate is good for 9 days, .* 42 days before/, /1\.8 \[L\]/],
  ])('warns of a certificate with %s', async (_, odd, what, hint) => {
    const { amiss, code } = await found(issued(odd))
    expect(amiss[0]).toEqual({
      verdict: 'warning',
      what: expect.stringMatching(what),
      hint: expect.stringMatching(hint),
    })
    expect(amiss.slice(1)).toMatchObject([{ verdict: 'problem', what: expect.stringMatching(/^session: failed, by /) }])
    expect(code).toBe(1)
  })
})
