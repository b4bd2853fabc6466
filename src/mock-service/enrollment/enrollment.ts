import { encodeProvisioningDocument } from '../../protocols/ms-mde2/provisioning-document.ts'
import {
  contextItem,
  decodeRequestSecurityToken,
  encodeRequestSecurityTokenResponse,
  RST_ACTION,
} from '../../protocols/ms-wstep/request-security-token.ts'
import { CONTENT_TYPES } from '../../protocols/syncml/encodings.ts'
import { thumbprint } from '../../protocols/x509/certificate.ts'
import type { RegisteredDevice } from '../directory/state.ts'
import type { Handler } from '../handler.ts'
import { newDevice } from '../oma-dm/managed-device.ts'
import { PROVIDER_ID } from '../oma-dm/provider.ts'
import type { Tenant } from '../tenant.ts'
import { authorize } from './authorize.ts'
import { checkEnrollment } from './check-enrollment.ts'
import { RENEWAL, recover, renew } from './renewal.ts'
import { answerSoap, EnrollmentFault } from './soap.ts'

/** [MS-WSTEP] 3.1.4.1 with the provisioning document of [MS-MDE2] 2.2.9.1. */
export const handleEnrollment: Handler = (request, tenant, peer) =>
  answerSoap(request, tenant, RST_ACTION, (envelope, header) => {
    const { origin } = new URL(request.url)
    const token = decodeRequestSecurityToken(envelope)
    const answer = (provisioningDocument: string) =>
      encodeRequestSecurityTokenResponse({ provisioningDocument, requestId: '0' }, header)
    // The certificate of the connection says who asks: there is no token.
    if (token.requestType === 'Renew') return answer(renew(envelope, token, tenant, peer))
    const { upn, entraDeviceId } = authorize(request, envelope, tenant)
    if (token.requestType === 'Recovery') return answer(recover(envelope, token, tenant, upn))
    const { definition } = tenant
    const { management } = definition
    if (definition.enrollment.windows === 'block') {
      throw new EnrollmentFault('s:Authorization', 'Windows devices may not enrol', 'DeviceNotSupported')
    }
    if (upn !== '' && tenant.findUser(upn)?.user.licensed === false) {
      throw new EnrollmentFault('s:Authorization', 'the user has no licence for device management', 'UserLicense')
    }
    const certificateRequest = checkEnrollment(envelope, token, tenant, upn)
    const registered = tenant.directory.now.devices.get(contextItem(token, 'ZeroTouchProvisioning') ?? '')
    const isUserless = upn === ''
    if (registered && isUserless && tenant.contacts.of(registered.id).userlessEnrollment === 'blocked') {
      // Once is enough: an administrator has to unblock or delete the record (device-identity.md, 3.9 and 3.10 [D]).
      throw new EnrollmentFault(
        's:Authorization',
        'the device has enrolled without a user before',
        'DeviceNotSupported',
      )
    }
    const deviceId = contextItem(token, 'DeviceID')!
    const entDmId = tenant.ids.guid()
    const authority = tenant.authority('mdm-root')
    const certificate = authority.issue([{ type: 'CN', value: entDmId }], certificateRequest.spki, tenant.now())
    tenant.state.management.managed.set(
      thumbprint(certificate),
      newDevice(
        {
          entDmId,
          deviceId,
          deviceName: contextItem(token, 'DeviceName')!,
          upn,
          registered,
          entraDeviceId: entraDeviceId ?? registered?.entraDeviceId,
          contentUrl: `${origin}/content`,
        },
        tenant.now(),
      ),
    )
    noteManaged(tenant, entraDeviceId ?? registered?.entraDeviceId, registered)
    if (registered) {
      tenant.contacts.note(registered.id, {
        enrollmentState: 'enrolled',
        managedDeviceId: entDmId,
        ...(isUserless ? { userlessEnrollment: 'blocked' } : {}),
      })
    }
    const subject = encodeURIComponent(`CN=${entDmId}`)
    return answer(
      encodeProvisioningDocument({
        roots: [authority.root(tenant.now())],
        intermediates: [],
        client: { store: 'System', der: certificate },
        renew: RENEWAL,
        application: {
          providerId: PROVIDER_ID,
          name: definition.name,
          addr: `${origin}/devicemanagement/sync`,
          defaultEncoding: CONTENT_TYPES[management.encoding ?? 'xml'],
          sslClientCertSearchCriteria: `Subject=${subject}&Stores=My%5CSystem`,
        },
        dmClient: {
          providerId: PROVIDER_ID,
          ...(upn ? { upn } : {}),
          entDeviceName: contextItem(token, 'DeviceName')!,
          entDmId,
          ...(management.requiresSigning ? { requireMessageSigning: true } : {}),
          // Every 3 minutes for a quarter of an hour, then every 15 for two hours, then every 8 hours.
          poll: {
            numberOfFirstRetries: 5,
            intervalForFirstSetOfRetries: 3,
            numberOfSecondRetries: 8,
            intervalForSecondSetOfRetries: 15,
            numberOfRemainingScheduledRetries: 0,
            intervalForRemainingScheduledRetries: 480,
          },
        },
      }),
    )
  })

/** Tells the directory what it shows of a managed device. */
function noteManaged(
  tenant: Tenant,
  entraDeviceId: string | undefined,
  registered: RegisteredDevice | undefined,
): void {
  const object = entraDeviceId === undefined ? undefined : tenant.directory.entra.byDeviceId(entraDeviceId)
  if (!object) return
  tenant.directory.entra.change(tenant.now(), object, {
    management: {
      manufacturer: registered?.manufacturer ?? '',
      model: registered?.productName ?? '',
      enrollmentProfileName: (registered && tenant.profileOf(registered).profile?.name) ?? '',
    },
  })
}
