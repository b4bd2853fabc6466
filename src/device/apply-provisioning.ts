import { createPublicKey } from 'node:crypto'
import { DecodeError, failure, type Result, success } from '../domain/trouble.ts'
import { ENROLLMENT_HRESULT, provisioningHresult } from '../protocols/ms-mde2/enrollment-results.ts'
import { decodeProvisioningDocument, type ProvisioningDocument } from '../protocols/ms-mde2/provisioning-document.ts'
import { type ManagementApplication, POLL_NUMBERS } from '../protocols/ms-mde2/provisioning-types.ts'
import { decodeCertificate } from '../protocols/x509/certificate.ts'
import type { ManagementAccount, VirtualDevice } from './virtual-device.ts'

/** Applies a provisioning document. What cannot be applied picks the code (reference: mdm-protocols.md, 1.9). */
export function applyProvisioning(device: VirtualDevice, text: string): Result<void> {
  let document: ProvisioningDocument
  let isOurKey: boolean
  try {
    document = decodeProvisioningDocument(text)
    isOurKey = hasKeyOf(device, document.client.der)
  } catch (error) {
    if (error instanceof DecodeError) return failure(provisioningHresult(error.code), error.message)
    throw error
  }
  // By public key: servers choose subjects as they like.
  if (!isOurKey) return failure(ENROLLMENT_HRESULT.provisioningCertificateStore, 'the certificate is for another key')
  const { application, dmClient } = document
  if (!application) return failure(ENROLLMENT_HRESULT.provisioningW7, 'no management account in the document')
  if (!dmClient || dmClient.providerId !== application.providerId) {
    return failure(ENROLLMENT_HRESULT.provisioningDmClient, 'DMClient names another provider than the account')
  }
  device.management = {
    providerId: application.providerId,
    address: application.addr,
    certificate: document.client.der,
    ...accountSettings(application),
  }
  const base = `./Device/Vendor/MSFT/DMClient/Provider/${encodeURIComponent(application.providerId)}`
  if (dmClient.entDmId) device.csp.set(`${base}/EntDMID`, 'chr', dmClient.entDmId)
  if (dmClient.upn) device.csp.set(`${base}/UPN`, 'chr', dmClient.upn)
  if (dmClient.entDeviceName) device.csp.set(`${base}/EntDeviceName`, 'chr', dmClient.entDeviceName)
  for (const [name, key] of POLL_NUMBERS) {
    const value = dmClient.poll?.[key]
    if (value !== undefined) device.csp.set(`${base}/Poll/${name}`, 'int', String(value))
  }
  return success(undefined)
}

/** How the server wants to be reached, and what it may ask for. */
function accountSettings(application: ManagementApplication): Pick<ManagementAccount, 'md5' | 'connection'> {
  const { connRetryFreq, initialBackoffTime, maxBackoffTime, auth = [] } = application
  const ours = auth.find(({ level, type }) => level === 'APPSRV' && type === 'DIGEST')
  return {
    ...(ours ? { md5: { name: ours.name ?? '', password: ours.secret ?? '', nonce: ours.data ?? '' } } : {}),
    connection: {
      ...(connRetryFreq === undefined ? {} : { tries: connRetryFreq }),
      ...(initialBackoffTime === undefined ? {} : { initialBackoffMs: initialBackoffTime }),
      ...(maxBackoffTime === undefined ? {} : { maxBackoffMs: maxBackoffTime }),
    },
  }
}

function hasKeyOf(device: VirtualDevice, certificate: Uint8Array): boolean {
  const ours = createPublicKey(device.key('mdm')).export({ type: 'spki', format: 'der' })
  return Buffer.compare(ours, decodeCertificate(certificate).spki) === 0
}
