import { beforeEach, describe, expect, test } from 'vitest'
import type { NodeOrder } from '../../src/mock-service/oma-dm/orders.ts'
import { createCertificate, thumbprint } from '../../src/protocols/x509/certificate.ts'
import { readSignature } from '../openssl.ts'
import { signWith, spkiOf } from '../protocols/x509/keys.ts'
import { isWithout } from '../without.ts'
import { ADDRESS, managedScene, PROVIDER } from './managed-scene.ts'

const SIGNING = `${PROVIDER}/RequireMessageSigning`
const required = (data: string): NodeOrder => ({ kind: 'Replace', uri: SIGNING, format: 'bool', data })

let scene: ReturnType<typeof managedScene>
let certificate: Uint8Array

/** The device is known by a certificate for its own key, as after an enrolment. */
beforeEach(() => {
  scene = managedScene()
  const key = scene.device.key('mdm')
  const name = [{ type: 'CN' as const, value: 'CLS-1' }]
  certificate = createCertificate({
    serial: Uint8Array.of(7),
    issuer: name,
    subject: name,
    notBefore: new Date('2026-01-01'),
    notAfter: new Date('2027-01-01'),
    spki: spkiOf(key),
    sign: signWith(key),
    extensions: [],
  })
  scene.device.management = { ...scene.device.management!, certificate }
  scene.tenant.state.management.managed.set(thumbprint(certificate), scene.server)
})

const signatures = () =>
  scene.reached.map(({ request }) => {
    const { 'mdm-signature': ofMde2, 'ms-signature': ofMdm } = request.headers
    expect(ofMde2).toBe(ofMdm)
    return ofMde2 === undefined ? undefined : { cms: Buffer.from(ofMde2, 'base64'), body: request.body }
  })

describe.skipIf(isWithout('openssl'))('by openssl', () => {
  test.each(['xml', 'wbxml'] as const)(
    'each message in %s has a signature of the management key, as it is sent [point 45: openssl]',
    async (encoding) => {
      scene.device.csp.set(SIGNING, 'bool', 'true')
      scene.device.management = { ...scene.device.management!, encoding }
      await scene.hold([{ kind: 'Get', uri: './DevDetail/SwV' }])
      expect(scene.server.found.has('./DevDetail/SwV')).toBe(true)
      expect(scene.reached.length).toBeGreaterThan(1)
      for (const signature of signatures()) {
        const { isVerified, content, text } = readSignature(signature!.cms, signature!.body, certificate)
        expect([isVerified, Buffer.compare(content, signature!.body)]).toEqual([true, 0])
        expect(text).toMatch(/UTCTIME:Nov 22 10:00:\d\d 2026 GMT/)
      }
    },
  )
})

test('a server may ask for signatures in the middle of a session, and give them up [point 45]', async () => {
  await scene.hold([required('true')])
  expect(signatures().map((one) => one !== undefined)).toEqual([false, true])
  scene.reached.length = 0
  await scene.hold([required('false')])
  expect(signatures().map((one) => one !== undefined)).toEqual([true, false])
})

test('the mock refuses a message whose signature is of another body, or has a flipped bit', async () => {
  scene.device.csp.set(SIGNING, 'bool', 'true')
  await scene.hold()
  const [{ request }] = scene.reached as [(typeof scene.reached)[number]]
  const status = (changed: object) => scene.handle({ ...request, ...changed }, { certificate }).status
  const body = Uint8Array.from(request.body)
  body[20]! ^= 1
  expect(request.url).toContain(ADDRESS)
  expect([status({}), status({ body })]).toEqual([200, 401])
  const signature = Buffer.from(request.headers['mdm-signature']!, 'base64')
  signature[signature.length - 1]! ^= 1
  expect(status({ headers: { ...request.headers, 'ms-signature': signature.toString('base64') } })).toBe(401)
})

test('the mock that requires signatures refuses a message without one', async () => {
  scene.tenant.definition.management.requiresSigning = true
  await scene.hold([{ kind: 'Get', uri: './DevDetail/SwV' }])
  expect(scene.server.found.size).toBe(0)
  scene.device.csp.set(SIGNING, 'bool', 'true')
  await scene.hold()
  expect(scene.server.found.has('./DevDetail/SwV')).toBe(true)
})
