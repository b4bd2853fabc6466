import { beforeEach, expect, test } from 'vitest'
import type { HttpRequest } from '../../src/domain/http.ts'
import { Secret } from '../../src/domain/secret.ts'
import { CODE, signedOf } from '../../src/domain/windows-codes.ts'
import { createCertificate, decodeCertificate, thumbprint } from '../../src/protocols/x509/certificate.ts'
import { spkiOf } from '../../src/protocols/x509/signature.ts'
import { signWith, subjectKey } from '../protocols/x509/keys.ts'
import { ENROLMENT, managedScene, PROVIDER } from './managed-scene.ts'

const DAY = 86_400_000
const RENEW = './Device/Vendor/MSFT/CertificateStore/My/WSTEP/Renew'

let scene: ReturnType<typeof managedScene>
let old: Uint8Array

/** The device's certificate has so many days left. */
function withDaysLeft(days: number, label: 'mdm' | 'mdm-renewed' = 'mdm') {
  const now = scene.device.clock()
  const { managed } = scene.tenant.state.management
  old = createCertificate({
    serial: Uint8Array.of(days & 0x7f, 1),
    issuer: [{ type: 'CN', value: 'Root' }],
    subject: [{ type: 'CN', value: 'id' }],
    notBefore: new Date(now - 300 * DAY),
    notAfter: new Date(now + days * DAY),
    spki: spkiOf(scene.device.key(label)),
    sign: signWith(subjectKey),
    extensions: [],
  })
  managed.clear()
  managed.set(thumbprint(old), scene.server)
  Object.assign(scene.device.management!, {
    certificate: old,
    issuer: { url: ENROLMENT, label, bits: 2048, hash: 'sha256' },
  })
}

beforeEach(() => {
  scene = managedScene()
  withDaysLeft(40)
})

const node = (name: string) => scene.device.csp.read(`${RENEW}/${name}`)
/** Lets days pass: the timeline moves only while it runs. */
async function pass(days: number) {
  let isOver = false
  scene.timeline.schedule(days * DAY, () => {
    isOver = true
  })
  await scene.timeline.run({ done: () => isOver, whenEmpty: () => 'stuck' })
}

const text = ({ body }: HttpRequest) => new TextDecoder().decode(body)
const holds = async () => (await scene.hold()).kind
const certificate = () => scene.device.management!.certificate

test('within RenewPeriod of its end the certificate is renewed, and the session is held with the new one [point 27]', async () => {
  expect(await holds()).toBe('held')
  expect(text(scene.enrolments[0]!)).toContain('ws-trust/200512/Renew</wst:RequestType>')
  expect(text(scene.enrolments[0]!)).not.toContain('<wsse:Security ')
  expect(certificate()).not.toEqual(old)
  expect(new Set(scene.peers)).toEqual(new Set([certificate()]))
  expect(decodeCertificate(certificate()).spki).toEqual(spkiOf(scene.device.key('mdm-renewed')))
  expect([node('Status'), node('ErrorCode')]).toEqual(['2', '0'])
  expect(node('LastRenewalAttemptTime')).toMatch(/^2026-11-22T/)
  expect(scene.device.csp.read(`${PROVIDER}/CertRenewTimeStamp`)).toMatch(/^2026-11-22T/)
  // The one that it was is good for nothing any more, and the new one has a year.
  expect([...scene.tenant.state.management.managed.keys()]).toEqual([thumbprint(certificate())])
  await holds()
  expect(scene.enrolments).toHaveLength(1)
})

test('a day before RenewPeriod, and without ROBOSupport, nothing is asked for [point 27]', async () => {
  withDaysLeft(43)
  await holds()
  withDaysLeft(10)
  scene.device.management!.renewal = { roboSupport: false }
  await holds()
  scene.device.management!.renewal = { renewPeriod: 9 }
  await holds()
  expect(scene.enrolments).toEqual([])
  expect(node('Status')).toBe('0')
  expect(scene.facts.filter((fact) => fact.kind === 'csp' && fact.uri.includes('WSTEP'))).toEqual([])
})

test('the key of the next renewal is another one than that of the last', async () => {
  withDaysLeft(10, 'mdm-renewed')
  await holds()
  expect(decodeCertificate(certificate()).spki).toEqual(spkiOf(scene.device.key('mdm')))
})

test('a failed try is repeated after RetryInterval, until the certificate has expired [point 27]', async () => {
  withDaysLeft(20)
  scene.altered.change = (request) => ({ ...request, body: new TextEncoder().encode('no') })
  expect(await holds()).toBe('held')
  expect([node('Status'), node('ErrorCode')]).toEqual(['3', String(signedOf(CODE.enrollmentMessageFormat))])
  await pass(6)
  await holds()
  expect(scene.enrolments).toHaveLength(1)
  await pass(2)
  await holds()
  expect(scene.enrolments).toHaveLength(2)
  await pass(13)
  expect(await holds()).toBe('failed')
  expect(scene.enrolments).toHaveLength(2)
})

test.each<[string, (request: HttpRequest) => HttpRequest, string]>([
  [
    'a PKCS#7 with one bit less',
    (request) => {
      const [, before, token, after] = /^(.*#base64binary">)([^<]{500,})(<.*)$/s.exec(text(request))!
      const der = Buffer.from(token!, 'base64')
      der[der.length - 1] = der.at(-1)! ^ 1
      return { ...request, body: new TextEncoder().encode(`${before}${der.toString('base64')}${after}`) }
    },
    CODE.enrollmentInvalidSecurity,
  ],
  [
    'another DeviceID',
    (request) => ({
      ...request,
      body: new TextEncoder().encode(text(request).replace(/("DeviceID"><ac:Value>)./, '$1Z')),
    }),
    CODE.enrollmentMessageFormat,
  ],
  [
    'another kind of token',
    (request) => ({ ...request, body: new TextEncoder().encode(text(request).replace('#PKCS7', '#PKCS10')) }),
    CODE.enrollmentMessageFormat,
  ],
])('the service refuses %s, and the old certificate is kept', async (_, change, code) => {
  scene.altered.change = change
  expect(await holds()).toBe('held')
  expect([node('Status'), node('ErrorCode')]).toEqual(['3', String(signedOf(code))])
  expect(certificate()).toEqual(old)
})

test('RenewNow is an order: the next session begins with it; too early for this service', async () => {
  withDaysLeft(300)
  await scene.hold([{ kind: 'Exec', uri: `${RENEW}/RenewNow` }])
  expect(scene.server.refused).toEqual([])
  await holds()
  expect([scene.enrolments.length, node('ErrorCode')]).toEqual([1, String(signedOf(CODE.notEligibleToRenew))])
})

const RECOVERY = `${PROVIDER}/Recovery`
const allow = { kind: 'Replace', uri: `${RECOVERY}/AllowRecovery`, format: 'int', data: '1' } as const
const initiate = { kind: 'Exec', uri: `${RECOVERY}/InitiateRecovery` } as const
const recoveryStatus = () => scene.device.csp.read(`${RECOVERY}/RecoveryStatus`)

test('recovery is for a server that allows it, and without a token the device cannot show who it is [point 27]', async () => {
  withDaysLeft(300)
  await scene.hold([initiate])
  expect(scene.server.refused).toEqual([{ uri: initiate.uri, status: '405' }])
  await scene.hold([allow, initiate])
  expect(recoveryStatus()).toBe('0')
  expect(await holds()).toBe('held')
  expect([recoveryStatus(), scene.enrolments.length]).toEqual(['7', 0])
})

test('an expired certificate is recovered by a token, where the server has allowed it [point 27]', async () => {
  withDaysLeft(-1)
  scene.bindings.service.means = { token: new Secret('not.a.token') }
  expect(await holds()).toBe('failed')
  expect(scene.enrolments).toEqual([])
  scene.device.csp.set(`${RECOVERY}/AllowRecovery`, 'int', '1')
  await holds()
  expect(text(scene.enrolments[0]!)).toContain('ws-trust/200512/Recovery</wst:RequestType>')
  expect(text(scene.enrolments[0]!)).toContain('<ac:ContextItem Name="EmmDeviceId"><ac:Value>id</ac:Value>')
  // It is none of this tenant's.
  expect(recoveryStatus()).toBe('7')
})
