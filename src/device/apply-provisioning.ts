import { createPublicKey, type KeyObject } from 'node:crypto'
import { DecodeError, failure, type Result, success } from '../domain/trouble.ts'
import { CODE } from '../domain/windows-codes.ts'
import { provisioningHresult } from '../protocols/ms-mde2/enrollment-results.ts'
import { decodeProvisioningDocument, type ProvisioningDocument } from '../protocols/ms-mde2/provisioning-document.ts'
import { type ManagementApplication, POLL_NUMBERS } from '../protocols/ms-mde2/provisioning-types.ts'
import { meetsSearchCriteria } from '../protocols/ms-mde2/search-criteria.ts'
import { encodingOf } from '../protocols/syncml/encodings.ts'
import { type DecodedCertificate, decodeCertificate, hasExpired } from '../protocols/x509/certificate.ts'
import { readBasicConstraints } from '../protocols/x509/read-extensions.ts'
import type { ManagementAccount } from './management-account.ts'
import type { VirtualDevice } from './virtual-device.ts'

/** Longest client certificate that is taken, in bytes of DER. Real ones have some 1,500. */
const CERTIFICATE_LENGTH_MAX = 16 * 1024

/**
 * Applies a provisioning document. What cannot be applied picks the code (reference: mdm-protocols.md, 1.9).
 *
 * @param key the private key that the certificate was requested for
 */
export function applyProvisioning(device: VirtualDevice, text: string, key: KeyObject): Result<void> {
  const read = readProvisioning(device, text, key)
  if (!read.ok) return read
  const { document, certificate } = read.value
  const { application, dmClient, client, roots, intermediates } = document
  if (!application) return failure(CODE.provisioningW7, 'no management account in the document')
  if (!URL.canParse(application.addr)) {
    return failure(CODE.provisioningW7, `the management address ${application.addr} is no URL`)
  }
  if (!dmClient || dmClient.providerId !== application.providerId) {
    return failure(CODE.provisioningDmClient, 'DMClient names another provider than the account')
  }
  const criteria = application.sslClientCertSearchCriteria
  if (
    criteria !== undefined &&
    device.behaviour.checksSearchCriteria &&
    !meetsSearchCriteria(certificate.subject, client.store, criteria)
  ) {
    const text = `no certificate meets SSLCLIENTCERTSEARCHCRITERIA ${criteria}`
    return failure(CODE.provisioningTlsCertificateNotFound, text)
  }
  const { providerId, addr: address } = application
  device.management = {
    providerId,
    address,
    certificate: client.der,
    store: client.store,
    roots,
    intermediates,
    ...(document.renew ? { renewal: document.renew } : {}),
    ...accountSettings(application),
  }
  // A name with blanks is URL-encoded in a LocURI and as it is in the document.
  const base = `./Device/Vendor/MSFT/DMClient/Provider/${encodeURIComponent(providerId)}`
  if (dmClient.entDmId) device.csp.set(`${base}/EntDMID`, 'chr', dmClient.entDmId)
  if (dmClient.upn) device.csp.set(`${base}/UPN`, 'chr', dmClient.upn)
  if (dmClient.requireMessageSigning !== undefined) {
    device.csp.set(`${base}/RequireMessageSigning`, 'bool', String(dmClient.requireMessageSigning))
  }
  if (dmClient.entDeviceName) device.csp.set(`${base}/EntDeviceName`, 'chr', dmClient.entDeviceName)
  for (const [name, key] of POLL_NUMBERS) {
    const value = dmClient.poll?.[key]
    if (value !== undefined) device.csp.set(`${base}/Poll/${name}`, 'int', String(value))
  }
  return success(undefined)
}

/** A provisioning document with a certificate for this key that the device can take. */
export function readProvisioning(
  device: VirtualDevice,
  text: string,
  key: KeyObject,
): Result<{ document: ProvisioningDocument; certificate: DecodedCertificate }> {
  try {
    const ours = spkiOf(key)
    // By public key: servers choose subjects as they like.
    const document = decodeProvisioningDocument(text, (der) => isFor(der, ours))
    const certificate = decodeCertificate(document.client.der)
    const trouble = certificateTrouble(device, document.client.der, certificate, ours)
    if (trouble !== undefined) return failure(CODE.provisioningCertificateStore, trouble)
    for (const der of [...document.roots, ...document.intermediates]) decodeCertificate(der)
    return success({ document, certificate })
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    // What is no certificate is trouble of the store, whatever is wrong with it.
    const isCertificate = error.code.startsWith('ERR_DER_') || error.code.startsWith('ERR_X509_')
    const code = isCertificate ? CODE.provisioningCertificateStore : provisioningHresult(error.code)
    return failure(code, error.message)
  }
}

/** How the server asks to be reached, and what it may ask for. */
function accountSettings(
  application: ManagementApplication,
): Pick<ManagementAccount, 'md5' | 'connection' | 'encoding'> {
  const { connRetryFreq, initialBackoffTime, maxBackoffTime, defaultEncoding, auth = [] } = application
  const ours = auth.find(({ level, type }) => level === 'APPSRV' && type === 'DIGEST')
  const encoding = encodingOf(defaultEncoding)
  return {
    ...(encoding === 'xml' ? {} : { encoding }),
    ...(ours ? { md5: { name: ours.name ?? '', password: ours.secret ?? '', nonce: ours.data ?? '' } } : {}),
    connection: {
      ...(connRetryFreq === undefined ? {} : { tries: connRetryFreq }),
      ...(initialBackoffTime === undefined ? {} : { initialBackoffMs: initialBackoffTime }),
      ...(maxBackoffTime === undefined ? {} : { maxBackoffMs: maxBackoffTime }),
    },
  }
}

/** What is wrong with an issued certificate. */
function certificateTrouble(
  device: VirtualDevice,
  der: Uint8Array,
  certificate: DecodedCertificate,
  ours: Uint8Array,
): string | undefined {
  if (der.length > CERTIFICATE_LENGTH_MAX) return `the certificate has ${der.length} bytes`
  if (Buffer.compare(ours, certificate.spki) !== 0) return 'the certificate is for another key'
  if (readBasicConstraints(certificate.extensions)?.ca === true) return 'the certificate is that of an authority'
  if (certificate.version === 1 && !device.behaviour.allowsVersion1Certificate) return 'the certificate has version 1'
  const now = device.clock()
  if (now < certificate.notBefore.getTime()) return 'the certificate is not valid yet'
  if (hasExpired(certificate, now)) return 'the certificate has expired'
  return undefined
}

const spkiOf = (key: KeyObject): Uint8Array => createPublicKey(key).export({ type: 'spki', format: 'der' })

function isFor(der: Uint8Array, spki: Uint8Array): boolean {
  try {
    return Buffer.compare(decodeCertificate(der).spki, spki) === 0
  } catch (error) {
    if (error instanceof DecodeError) return false
    throw error
  }
}
