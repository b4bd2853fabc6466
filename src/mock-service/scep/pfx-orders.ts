import { createHash, createPublicKey } from 'node:crypto'
import type { CertificateProfileDefinition } from '../../domain/tenant.ts'
import type { KeySource } from '../../ports/keys.ts'
import { encodePfx } from '../../protocols/pkcs12/pfx.ts'
import { nameFrom } from '../../protocols/x509/name-text.ts'
import type { CertificateAuthority } from '../certificate-authority.ts'
import type { EnrolledDevice, NodeOrder } from '../oma-dm/orders.ts'
import { certificateUri, subjectOf } from './certificate-profiles.ts'

/** What the certificate connector makes a PFX with. */
interface Connector {
  keys: KeySource
  keySeed: string
  authority: CertificateAuthority
  now: number
}

/** Software, not the TPM: the key was made elsewhere. */
const KEY_LOCATION = 3

/**
 * The PFX of a PKCS certificate profile: the connector makes the key and asks the authority, and the device gets both. Nothing while the
 * authority has not issued the certificate. Where Intune puts the password is not published: it is sent as it is, in the encrypted session.
 */
export function pfxOrders(
  profile: CertificateProfileDefinition,
  device: EnrolledDevice,
  upn: string,
  { keys, keySeed, authority, now }: Connector,
): NodeOrder[] {
  if (profile.answer === 'pending' || profile.answer === 'refuses') return []
  const owner = `${profile.name}\0${device.entDmId}\0${profile.scope === 'user' ? upn : ''}`
  // One key of the connector for all of its certificates: a new one for each would take half a second to find.
  const key = keys.rsa(keySeed, 'pkcs-connector', profile.keyLength)
  const spki = new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }))
  const certificate = authority.issue(nameFrom(subjectOf(profile, device, upn)), spki, now)
  const password = digestOf(`password\0${owner}`).toString('base64url')
  const sealedBy = profile.answer === 'wrongPassword' ? `${password}x` : password
  const pfx = encodePfx({ key, certificate, chain: [authority.root(now)] }, sealedBy, streamOf(`pfx\0${owner}`))
  const add = (name: string, format: string, data: string): NodeOrder => ({
    kind: 'Add',
    uri: `${certificateUri(profile)}/${name}`,
    format,
    data,
  })
  return [
    add('KeyLocation', 'int', String(KEY_LOCATION)),
    add('PFXKeyExportable', 'bool', 'false'),
    add('PFXCertPassword', 'chr', password),
    // Last: setting it installs the certificate.
    add('PFXCertBlob', 'b64', Buffer.from(pfx).toString('base64')),
  ]
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Bytes that follow from a text: the service has nothing to remember. */
function streamOf(seed: string): (length: number) => Uint8Array {
  let count = 0
  return (length) => {
    const parts: Buffer[] = []
    for (let size = 0; size < length; size += 32) parts.push(digestOf(`${seed}\0${count++}`))
    return new Uint8Array(Buffer.concat(parts).subarray(0, length))
  }
}
