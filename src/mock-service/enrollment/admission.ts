import { contextItem, type RequestSecurityToken } from '../../protocols/ms-wstep/request-security-token.ts'
import type { SoapEnvelope } from '../../protocols/soap/envelope.ts'
import type { DecodedCertificationRequest } from '../../protocols/x509/certification-request.ts'
import type { Tenant } from '../tenant.ts'
import { checkEnrollment } from './check-enrollment.ts'
import { EnrollmentFault } from './soap.ts'

/** A technician enrols the device for a person who comes later. */
export const isPreProvisioning = (token: RequestSecurityToken): boolean => contextItem(token, 'WhiteGlove') === 'true'
/**
 * Of the ways of a first boot, three say that a device is the organization's: it is registered with Windows Autopilot, it is associated
 * (oobe-autopilot-esp.md, 2.9 [D]), or a device enrolment manager enrols it (Microsoft Learn, Enrollment restrictions, Blocking personal Windows devices [L]).
 */
function isPersonal(token: RequestSecurityToken, tenant: Tenant, upn: string): boolean {
  const id = contextItem(token, 'ZeroTouchProvisioning') ?? ''
  const isCorporate = tenant.directory.now.devices.has(id) || tenant.associations.byId(id) !== undefined
  return !isCorporate && tenant.findUser(upn)?.user.enrolmentManager !== true
}

/** Whether a device may enrol, with any credential. @throws EnrollmentFault that says why not */
export function admit(
  envelope: SoapEnvelope,
  token: RequestSecurityToken,
  tenant: Tenant,
  upn: string,
): DecodedCertificationRequest {
  if (tenant.enrolmentRules.windows === 'block') {
    throw new EnrollmentFault('s:Authorization', 'Windows devices may not enrol', 'DeviceNotSupported')
  }
  if (upn !== '' && tenant.enrolmentRules.personal === 'block' && isPersonal(token, tenant, upn)) {
    throw new EnrollmentFault('s:Authorization', 'personally owned devices may not enrol', 'DeviceNotSupported')
  }
  if (upn !== '' && tenant.findUser(upn)?.user.licensed === false) {
    throw new EnrollmentFault('s:Authorization', 'the user has no licence for device management', 'UserLicense')
  }
  const certificateRequest = checkEnrollment(envelope, token, tenant, upn)
  const registered = tenant.directory.now.devices.get(contextItem(token, 'ZeroTouchProvisioning') ?? '')
  if (isPreProvisioning(token) && !(registered && tenant.profileOf(registered).profile?.preprovisioningAllowed)) {
    // What the service writes is not published; the code that the page shows is (oobe-autopilot-esp.md, 1.10 [D]).
    throw new EnrollmentFault('s:EnrollmentServer', 'the deployment profile does not allow pre-provisioning')
  }
  if (registered && upn === '' && tenant.contacts.of(registered.id).userlessEnrollment === 'blocked') {
    // Once is enough: an administrator has to unblock or delete the record (device-identity.md, 3.9 and 3.10 [D]).
    throw new EnrollmentFault('s:Authorization', 'the device has enrolled without a user before', 'DeviceNotSupported')
  }
  return certificateRequest
}
