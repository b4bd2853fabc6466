import { beforeEach, expect, test } from 'vitest'
import { importPfx } from '../../src/actors/import-pfx.ts'
import { ClientCertificates } from '../../src/device/client-certificates.ts'
import { CspTree } from '../../src/device/csp/csp-tree.ts'
import type { VirtualDevice } from '../../src/device/virtual-device.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { seal } from '../../src/protocols/cms/enveloped-data.ts'
import { encodePfx } from '../../src/protocols/pkcs12/pfx.ts'
import { thumbprint } from '../../src/protocols/x509/certificate.ts'
import { certificateOf } from '../protocols/pkcs12/certificate-of.ts'
import { issuerKey, subjectKey } from '../protocols/x509/keys.ts'

const chance = seededChance(1, 'service')
const random = (length: number) => chance.bytes(length)
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

const PASSWORD = 'open sesame'
const uri = './Device/Vendor/MSFT/ClientCertificateInstall/PFXCertInstall/Printing'
const certificate = certificateOf(subjectKey, 'A laptop')
/** Of the device's management account. */
const own = certificateOf(issuerKey, 'Management')
const pfx = encodePfx({ certificate, chain: [], key: subjectKey }, PASSWORD, random)
const encrypted = seal({ content: Buffer.from(PASSWORD), recipient: own, cipher: 'aes256', random })

let tree: CspTree
beforeEach(() => {
  tree = new CspTree({ write: () => {} })
})

const device = () =>
  ({
    csp: tree,
    certificates: new ClientCertificates(),
    management: { certificate: own },
    keyOf: () => issuerKey,
  }) as unknown as VirtualDevice

function imported(nodes: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(nodes)) tree.set(`${uri}/${name}`, 'chr', value)
  expect(importPfx(device(), { uri, tries: 0, dueAt: 0, isPending: false })).toEqual({ kind: 'settled' })
  return { status: tree.read(`${uri}/Status`), thumbprint: tree.read(`${uri}/Thumbprint`) }
}

const INSTALLED = { status: '0', thumbprint: thumbprint(certificate) }
const WRONG = { status: '86', thumbprint: undefined }

test.each<[string, Record<string, string>, object]>([
  ['its password', { PFXCertPassword: PASSWORD }, INSTALLED],
  [
    'its password, encrypted for the certificate of management',
    { PFXCertPassword: base64(encrypted), PFXCertPasswordEncryptionType: '1' },
    INSTALLED,
  ],
  ['another password', { PFXCertPassword: 'open' }, WRONG],
  ['no password', {}, WRONG],
  [
    'a password encrypted for another certificate',
    { PFXCertPassword: 'AAAA', PFXCertPasswordEncryptionType: '2' },
    WRONG,
  ],
])('a PFX with %s', (_, nodes, expected) => {
  expect(imported({ PFXCertBlob: base64(pfx), ...nodes })).toEqual(expected)
})

test.each([
  ['text', 'no PFX at all'],
  ['nothing', ''],
  ['half of one', base64(pfx.subarray(0, 200))],
])('%s is no PFX: the data is invalid', (_, blob) => {
  expect(imported({ PFXCertBlob: blob, PFXCertPassword: PASSWORD })).toEqual({ status: '13', thumbprint: undefined })
})
