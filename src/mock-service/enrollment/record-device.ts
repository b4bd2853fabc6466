import { contextItem, type RequestSecurityToken } from '../../protocols/ms-wstep/request-security-token.ts'
import { decodeCertificate, thumbprint } from '../../protocols/x509/certificate.ts'
import { preparationPolicyOf } from '../directory/preparation-policy.ts'
import { type RegisteredDevice, withEntry } from '../directory/state.ts'
import { beginDeployment } from '../oma-dm/deployments.ts'
import { newDevice } from '../oma-dm/managed-device.ts'
import type { EnrolledDevice } from '../oma-dm/orders.ts'
import type { Tenant } from '../tenant.ts'
import { isPreProvisioning } from './admission.ts'
import type { Enrollee } from './authorize.ts'
import { EnrollmentFault } from './soap.ts'

/** The registration that a device has found for itself; undefined for a device that none was found for. */
const registrationOf = (tenant: Tenant, token: RequestSecurityToken) =>
  tenant.directory.now.devices.get(contextItem(token, 'ZeroTouchProvisioning') ?? '')

/** `OfflineAutoPilotEnrollmentCorrelator`: the device has its profile from a file. A registered device has none. */
const correlatorOf = (token: RequestSecurityToken): string =>
  contextItem(token, 'OfflineAutoPilotEnrollmentCorrelator') ?? ''

/** What Entra shows of a device whose profile came from a file (reference: oobe-autopilot-esp.md, 2.5 [D]). */
const offlineProfileName = (correlator: string): string =>
  correlator === '' ? '' : `OfflineAutopilotprofile-${correlator}`

/** A device is enrolled: what the service knows of it from now on. The request was checked before. */
export function recordDevice(
  tenant: Tenant,
  token: RequestSecurityToken,
  { upn, entraDeviceId: proved }: Enrollee,
  issued: Pick<EnrolledDevice, 'entDmId' | 'contentUrl'> & { certificate: Uint8Array },
): void {
  const { entDmId, contentUrl, certificate } = issued
  const registered = registrationOf(tenant, token)
  const offlineCorrelator = registered ? '' : correlatorOf(token)
  const entraDeviceId = proved ?? registered?.entraDeviceId
  const deviceName = contextItem(token, 'DeviceName')!
  const osVersion = contextItem(token, 'OSVersion')!
  const isPreProvisioned = isPreProvisioning(token)
  const productType = contextItem(token, 'OSEdition') ?? ''
  const prepared = preparationPolicyOf(tenant.definition, tenant.directory.now, {
    upn,
    registered,
    association: tenant.associations.byId(contextItem(token, 'ZeroTouchProvisioning') ?? ''),
    productType,
    osVersion,
  })
  const device = newDevice(
    {
      entDmId,
      deviceId: contextItem(token, 'DeviceID')!,
      deviceName,
      upn,
      registered,
      entraDeviceId,
      contentUrl,
      ...(prepared ? { preparationPolicy: prepared.policy.id, enrolledInto: prepared.groupId } : {}),
    },
    tenant.now(),
  )
  device.enrolment = {
    osVersion,
    edition: Number(productType),
    macs: token.contextItems.filter(({ name }) => name === 'MAC').map(({ value }) => value),
    // Of device preparation it is the name of the policy (2.8 [D]).
    profileName:
      prepared?.policy.name ??
      (registered ? (tenant.profileOf(registered).profile?.name ?? '') : offlineProfileName(offlineCorrelator)),
    ...(isPreProvisioned ? { isPreProvisioned } : {}),
  }
  device.certificateUntil = decodeCertificate(certificate).notAfter.getTime()
  device.deploymentId = beginDeployment(tenant, {
    registered,
    offlineCorrelator,
    entraDeviceId,
    upn,
    deviceName,
    osVersion,
    entDmId,
    isPreProvisioned,
  })
  tenant.state.management.managed.set(thumbprint(certificate), device)
  noteManaged(tenant, entraDeviceId, registered, device.enrolment.profileName)
  if (prepared) enterGroup(tenant, entraDeviceId, prepared.groupId)
  if (!registered) return
  tenant.contacts.note(registered.id, {
    enrollmentState: 'enrolled',
    managedDeviceId: entDmId,
    ...(upn === '' ? { userlessEnrollment: 'blocked' } : {}),
  })
}

/** The service puts the device into the group of the policy (2.8 [D]). */
function enterGroup(tenant: Tenant, entraDeviceId: string | undefined, groupId: string): void {
  const object = entraDeviceId === undefined ? undefined : tenant.directory.entra.byDeviceId(entraDeviceId)
  const group = tenant.directory.now.groups.get(groupId)
  if (!object || !group || group.rule !== undefined || group.members.includes(object.id)) return
  tenant.directory.change(tenant.now(), ({ groups }) => ({
    groups: withEntry(groups, groupId, { ...group, members: [...group.members, object.id] }),
  }))
}

/** Tells the directory what it shows of a managed device. */
function noteManaged(
  tenant: Tenant,
  entraDeviceId: string | undefined,
  registered: RegisteredDevice | undefined,
  enrollmentProfileName: string,
): void {
  const object = entraDeviceId === undefined ? undefined : tenant.directory.entra.byDeviceId(entraDeviceId)
  if (!object) return
  tenant.directory.entra.change(tenant.now(), object, {
    management: {
      manufacturer: registered?.manufacturer ?? '',
      model: registered?.productName ?? '',
      enrollmentProfileName,
    },
  })
}

/** What an admission gives. A registered device that is refused is in the report of deployments, with the reason. */
export function reported<Admitted>(
  tenant: Tenant,
  token: RequestSecurityToken,
  upn: string,
  admission: () => Admitted,
): Admitted {
  try {
    return admission()
  } catch (error) {
    if (error instanceof EnrollmentFault) {
      const [deviceName = '', osVersion = ''] = ['DeviceName', 'OSVersion'].map((name) => contextItem(token, name))
      const registered = registrationOf(tenant, token)
      const offlineCorrelator = registered ? '' : correlatorOf(token)
      const isPreProvisioned = isPreProvisioning(token)
      beginDeployment(
        tenant,
        { registered, offlineCorrelator, upn, deviceName, osVersion, entDmId: '', isPreProvisioned },
        error.message,
      )
    }
    throw error
  }
}
