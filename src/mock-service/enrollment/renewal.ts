import type { Peer } from '../../domain/http.ts'
import { encodeProvisioningDocument } from '../../protocols/ms-mde2/provisioning-document.ts'
import { openRenewalRequest } from '../../protocols/ms-wstep/renewal-request.ts'
import {
  contextItem,
  ENROLLMENT_TOKEN_TYPE,
  PKCS7_VALUE_TYPES,
  PKCS10_VALUE_TYPE,
  type RequestSecurityToken,
} from '../../protocols/ms-wstep/request-security-token.ts'
import type { SoapEnvelope } from '../../protocols/soap/envelope.ts'
import { decodeCertificate, thumbprint } from '../../protocols/x509/certificate.ts'
import { textOf } from '../../protocols/xml/element.ts'
import { knownPeer } from '../oma-dm/known-peer.ts'
import type { ManagedDevice } from '../oma-dm/managed-device.ts'
import type { Tenant } from '../tenant.ts'
import { checkCertificateRequest } from './check-enrollment.ts'
import { EnrollmentFault } from './soap.ts'

const DAY_MS = 86_400_000
/** Of `My/WSTEP/Renew`, in days. */
export const RENEWAL = { roboSupport: true, renewPeriod: 42, retryInterval: 7 } as const

/**
 * A renewal: the certificate of the connection is that of an enrolled device, in its renewal period, and has signed the request.
 * The answer is the document with the new one; the old one is good for nothing from then on.
 */
export function renew(envelope: SoapEnvelope, token: RequestSecurityToken, tenant: Tenant, peer: Peer): string {
  checkTokenType(envelope)
  const managed = knownPeer(tenant, peer)
  if (managed === 401) throw new EnrollmentFault('s:Authentication', 'no certificate of an enrolled device')
  if (managed === 403) throw notEligible('the certificate has expired: the device has to be recovered')
  const certificate = peer.certificate!
  if (decodeCertificate(certificate).notAfter.getTime() - tenant.now() > RENEWAL.renewPeriod * DAY_MS) {
    throw notEligible(`the certificate is good for more than ${RENEWAL.renewPeriod} days`)
  }
  const { valueType, der } = token.certificateRequest
  if (!PKCS7_VALUE_TYPES.includes(valueType)) throw new EnrollmentFault('s:MessageFormat', 'the ValueType is not PKCS7')
  const inside = openRenewalRequest(der, certificate)
  if (!inside) {
    throw new EnrollmentFault('a:InvalidSecurity', 'the present certificate has not signed the certificate request')
  }
  return issueAnew(
    managed,
    thumbprint(certificate),
    { ...token, certificateRequest: { valueType, der: inside } },
    tenant,
  )
}

/** A recovery: a token says whose device it is, and the context which one. The certificate that the device had is forgotten. */
export function recover(envelope: SoapEnvelope, token: RequestSecurityToken, tenant: Tenant, upn: string): string {
  checkTokenType(envelope)
  if (token.certificateRequest.valueType !== PKCS10_VALUE_TYPE) {
    throw new EnrollmentFault('s:MessageFormat', 'the ValueType is not PKCS10')
  }
  const entDmId = contextItem(token, 'EmmDeviceId')
  const found = [...tenant.state.management.managed].find(([, { device }]) => device.entDmId === entDmId)
  if (!found) throw notEligible('no enrolled device has this EmmDeviceId')
  const [print, managed] = found
  if (managed.device.upn.toLowerCase() !== upn.toLowerCase())
    throw notEligible('the device was enrolled by another person')
  return issueAnew(managed, print, token, tenant)
}

const notEligible = (text: string) => new EnrollmentFault('s:Authorization', text, 'NotEligibleToRenew')

function checkTokenType(envelope: SoapEnvelope): void {
  if (textOf(envelope.body, 'TokenType') !== ENROLLMENT_TOKEN_TYPE) {
    throw new EnrollmentFault('s:MessageFormat', 'the TokenType is another one')
  }
}

function issueAnew(managed: ManagedDevice, old: string, token: RequestSecurityToken, tenant: Tenant): string {
  const { entDmId, deviceId } = managed.device
  if (contextItem(token, 'DeviceID') !== deviceId) {
    throw new EnrollmentFault('s:MessageFormat', 'the DeviceID is not that of the device that was enrolled')
  }
  const { spki } = checkCertificateRequest(token, tenant)
  const certificate = tenant.authority('mdm-root').issue([{ type: 'CN', value: entDmId }], spki, tenant.now())
  const { managed: devices } = tenant.state.management
  devices.delete(old)
  managed.certificateUntil = decodeCertificate(certificate).notAfter.getTime()
  devices.set(thumbprint(certificate), managed)
  return encodeProvisioningDocument({ roots: [], intermediates: [], client: { store: 'System', der: certificate } })
}
