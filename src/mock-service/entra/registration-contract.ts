import { ENTRA_RESOURCES } from '../../domain/entra-resources.ts'
import { encodeRegistrationContract } from '../../protocols/entra/registration-contract.ts'
import type { Handler } from '../handler.ts'
import { requestIdOf } from '../request-id.ts'
import { json } from '../responses.ts'

/** Discovery of the device registration service ([MS-DVRD] 3.1.5.1.1): for a domain of the directory, its id, or any user. */
export const handleRegistrationContract: Handler = (request, tenant) => {
  const [first = ''] = new URL(request.url).pathname.split('/').slice(1)
  const { domain, tenantId } = tenant.definition
  const asked = decodeURIComponent(first).toLowerCase()
  const isAnybody = asked === 'enrollmentserver'
  if (!isAnybody && ![domain.toLowerCase(), tenantId].includes(asked)) {
    return json(400, {
      code: 'invalid_request',
      subcode: 'error_tenant_not_found',
      message: `no tenant has the domain ${asked}`,
      operation: 'Discovery',
      requestid: requestIdOf(request, tenant),
      time: new Date(tenant.now()).toISOString(),
    })
  }
  const authority = `${tenant.endpoints.login}/${isAnybody ? 'common' : tenantId}/oauth2`
  return json(
    200,
    encodeRegistrationContract({
      joinEndpoint: `${tenant.endpoints.registration}/EnrollmentServer/device/`,
      joinResourceId: ENTRA_RESOURCES.registration.uri,
      authCodeEndpoint: `${authority}/authorize`,
      tokenEndpoint: `${authority}/token`,
      keyEndpoint: `${tenant.endpoints.registration}/EnrollmentServer/key/`,
    }),
  )
}
