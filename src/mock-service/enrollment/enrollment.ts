import { encodeProvisioningDocument } from '../../protocols/ms-mde2/provisioning-document.ts'
import {
  contextItem,
  decodeRequestSecurityToken,
  encodeRequestSecurityTokenResponse,
  RST_ACTION,
} from '../../protocols/ms-wstep/request-security-token.ts'
import { CONTENT_TYPES } from '../../protocols/syncml/encodings.ts'
import type { Handler } from '../handler.ts'
import { PROVIDER_ID } from '../oma-dm/provider.ts'
import { admit } from './admission.ts'
import { authorize } from './authorize.ts'
import { recordDevice, reported } from './record-device.ts'
import { RENEWAL, recover, renew } from './renewal.ts'
import { answerSoap } from './soap.ts'

/** [MS-WSTEP] 3.1.4.1 with the provisioning document of [MS-MDE2] 2.2.9.1. */
export const handleEnrollment: Handler = (request, tenant, peer) =>
  answerSoap(request, tenant, RST_ACTION, (envelope, header) => {
    const { origin } = new URL(request.url)
    const token = decodeRequestSecurityToken(envelope)
    const answer = (provisioningDocument: string) =>
      encodeRequestSecurityTokenResponse({ provisioningDocument, requestId: '0' }, header)
    // The certificate of the connection says who asks: there is no token.
    if (token.requestType === 'Renew') return answer(renew(envelope, token, tenant, peer))
    const enrollee = authorize(request, envelope, tenant)
    const { upn } = enrollee
    if (token.requestType === 'Recovery') return answer(recover(envelope, token, tenant, upn))
    const { definition } = tenant
    const { management } = definition
    const certificateRequest = reported(tenant, token, upn, () => admit(envelope, token, tenant, upn))
    const entDmId = tenant.ids.guid()
    const authority = tenant.authority('mdm-root')
    const certificate = authority.issue([{ type: 'CN', value: entDmId }], certificateRequest.spki, tenant.now())
    recordDevice(tenant, token, enrollee, { entDmId, certificate, contentUrl: `${origin}/content` })
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
