import { createPublicKey, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { applyProvisioning } from '../../src/device/apply-provisioning.ts'
import type { VirtualDevice } from '../../src/device/virtual-device.ts'
import { behaviourOf, type DeviceBehaviour } from '../../src/domain/device-behaviour.ts'
import { CertificateAuthority } from '../../src/mock-service/certificate-authority.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { readDer } from '../../src/protocols/der/reader.ts'
import { bitString, sequence } from '../../src/protocols/der/writer.ts'
import {
  encodeProvisioningDocument,
  type ProvisioningDocument,
} from '../../src/protocols/ms-mde2/provisioning-document.ts'
import { createCertificate } from '../../src/protocols/x509/certificate.ts'
import { basicConstraints } from '../../src/protocols/x509/extensions.ts'

const NOW = Date.parse('2024-11-04T08:00:00Z')
const DAY = 86_400_000
const key = derivedKeys.rsa2048('no-tpm:test', 'join')
const rootKey = derivedKeys.rsa2048('tenant:contoso-school', 'mdm-root')
const spkiOf = (of: typeof key) => new Uint8Array(createPublicKey(of).export({ type: 'spki', format: 'der' }))
const authority = new CertificateAuthority('Root', rootKey)

const issued = (of = key, { from = NOW - DAY, to = NOW + DAY, ca = false, serial = [1] } = {}) =>
  createCertificate({
    serial: Uint8Array.from(serial),
    issuer: [{ type: 'CN', value: 'Root' }],
    subject: [{ type: 'CN', value: 'D' }],
    notBefore: new Date(from),
    notAfter: new Date(to),
    spki: spkiOf(of),
    sign: (tbs) => new Uint8Array(sign('sha256', tbs, rootKey)),
    extensions: [basicConstraints({ ca })],
  })

const good: ProvisioningDocument = {
  roots: [authority.root(NOW)],
  intermediates: [authority.root(NOW)],
  client: { store: 'System', der: issued() },
  application: {
    providerId: 'MS DM Server',
    name: 'School',
    addr: 'https://mdm.contoso.example/m',
    sslClientCertSearchCriteria: 'Subject=CN%3DD&Stores=My%5CSystem',
  },
  dmClient: { providerId: 'MS DM Server', upn: 'alice@contoso.example' },
}

function apply(text: string, behaviour: Partial<DeviceBehaviour> = {}) {
  const nodes = new Map<string, string>()
  const csp = { set: (uri: string, _: string, value: string) => nodes.set(uri, value) }
  const facts = { csp, clock: () => NOW, management: undefined, behaviour: behaviourOf(behaviour) }
  const device = facts as unknown as VirtualDevice
  return { result: applyProvisioning(device, text, key), device, nodes }
}

const withClient = (der: Uint8Array) => encodeProvisioningDocument({ ...good, client: { store: 'System', der } })
const withApplication = (changes: object) =>
  encodeProvisioningDocument({ ...good, application: { ...good.application!, ...changes } })

test('certificates are kept for the management channel, and the provider’s name is URL-encoded in its nodes [points 23, 24]', () => {
  const { result, device, nodes } = apply(encodeProvisioningDocument(good))
  expect(result.ok).toBe(true)
  expect(device.management).toEqual({
    providerId: 'MS DM Server',
    address: 'https://mdm.contoso.example/m',
    certificate: good.client.der,
    store: 'System',
    roots: good.roots,
    intermediates: good.intermediates,
    connection: {},
  })
  expect(nodes.get('./Device/Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/UPN')).toBe('alice@contoso.example')
})

test.each([
  ['application/vnd.syncml.dm+wbxml', 'wbxml'],
  ['Application/vnd.syncml.dm+WBXML', 'wbxml'],
  ['application/vnd.syncml.dm+xml', undefined],
  [undefined, undefined],
])('a DEFAULTENCODING of %s makes the encoding %s [point 49]', (defaultEncoding, encoding) => {
  const { result, device } = apply(withApplication({ defaultEncoding }))
  expect([result.ok, device.management?.encoding]).toEqual([true, encoding])
})

test.each([
  [true, 'true'],
  [false, 'false'],
  [undefined, undefined],
])('a RequireMessageSigning of %s makes the node %s [point 45]', (requireMessageSigning, value) => {
  const dmClient = { ...good.dmClient!, ...(requireMessageSigning === undefined ? {} : { requireMessageSigning }) }
  const { nodes } = apply(encodeProvisioningDocument({ ...good, dmClient }))
  expect(nodes.get('./Device/Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/RequireMessageSigning')).toBe(value)
})

test('of several certificates the one for our key is taken, from the store that has it [point 22]', () => {
  const other = encodeProvisioningDocument({ ...good, client: { store: 'System', der: issued(rootKey) } })
  const mine = encodeProvisioningDocument({ ...good, client: { store: 'User', der: issued() } })
  const store = /<characteristic type="CertificateStore">.*?<\/characteristic>(?=<characteristic type="APPLICATION">)/
  const both = other
    .replace('<characteristic type="APPLICATION">', `${store.exec(mine)![0]}<characteristic type="APPLICATION">`)
    .replace('My%5CSystem', 'My%5CUser')
  const { result, device } = apply(both)
  expect(result).toEqual({ ok: true, value: undefined })
  expect(device.management).toMatchObject({ store: 'User', certificate: issued() })
})

test('of several providers the one of the account is taken [point 24]', () => {
  const text = encodeProvisioningDocument(good).replace(
    '<characteristic type="Provider">',
    '<characteristic type="Provider"><characteristic type="Other"><parm name="UPN" value="x"/></characteristic>',
  )
  expect(apply(text).nodes.get('./Device/Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/UPN')).toBe(
    'alice@contoso.example',
  )
})

test.each<[string, string, string]>([
  ['another key', withClient(issued(rootKey)), '0x8018001e'],
  ['the purpose of an authority', withClient(issued(key, { ca: true })), '0x8018001e'],
  ['a beginning that is to come', withClient(issued(key, { from: NOW + 1000 })), '0x8018001e'],
  ['an end that has passed', withClient(issued(key, { to: NOW - 1000 })), '0x8018001e'],
  ['nothing of a certificate', withClient(Uint8Array.of(1, 2, 3)), '0x8018001e'],
  ['64 KB', withClient(new Uint8Array(64 * 1024)), '0x8018001e'],
  ['a root that is none', encodeProvisioningDocument({ ...good, roots: [Uint8Array.of(1)] }), '0x8018001e'],
  ['criteria that find nothing', withApplication({ sslClientCertSearchCriteria: 'Subject=CN%3DE' }), '0x80180024'],
  ['an address that is none', withApplication({ addr: 'mdm' }), '0x8018001f'],
  ['another provider', withApplication({ providerId: 'Other' }), '0x80180020'],
  ['no account', encodeProvisioningDocument({ ...good, application: undefined as never }), '0x8018001f'],
  ['no text at all', 'hello', '0x80180023'],
])('a document with %s is not applied', (_, text, code) => {
  const { result, device } = apply(text)
  expect(result).toMatchObject({ ok: false, trouble: { code } })
  expect(device.management).toBeUndefined()
})

/** As `openssl x509 -req` makes one without extensions. */
const version1 = (): Uint8Array => {
  const [body, algorithm] = readDer(issued()).children
  const members = body!.children.slice(1).filter(({ tag }) => tag < 0xa0)
  const tbs = sequence(...members.map(({ raw }) => raw))
  return sequence(tbs, algorithm!.raw, bitString(new Uint8Array(sign('sha256', tbs, rootKey))))
}

test.each<[string, string, Partial<DeviceBehaviour>, string]>([
  ['a certificate of version 1', withClient(version1()), { allowsVersion1Certificate: false }, '0x8018001e'],
  [
    'criteria that find nothing',
    withApplication({ sslClientCertSearchCriteria: 'Subject=CN%3DE' }),
    { checksSearchCriteria: false },
    '0x80180024',
  ],
])('whether %s is taken is a behaviour', (_, text, behaviour, code) => {
  const results = [apply(text), apply(text, behaviour)].map(({ result }) => (result.ok ? 'taken' : result.trouble.code))
  expect(new Set(results)).toEqual(new Set(['taken', code]))
})
