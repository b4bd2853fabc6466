import type { DiscoverRequest } from '../../protocols/ms-mde2/discover.ts'
import { DISCOVER_ACTION, decodeDiscoverRequest, encodeDiscoverResponse } from '../../protocols/ms-mde2/discover.ts'
import type { Handler } from '../handler.ts'
import { empty } from '../responses.ts'
import { answerSoap, EnrollmentFault } from './soap.ts'

/** The version that this service speaks with a client that speaks it too: the first one with attestation. */
const VERSION = 5

/** The existence check: 200 with an empty body. */
export const handleDiscoveryCheck: Handler = () => empty(200)

/** [MS-MDE2] 3.1.4.1: where policies and enrolment are. */
export const handleDiscovery: Handler = (request, tenant) =>
  answerSoap(request, tenant, DISCOVER_ACTION, (envelope, header) => {
    const asked = decodeDiscoverRequest(envelope)
    checkDiscover(asked)
    const { origin } = new URL(request.url)
    const { authPolicy, keyPolicy } = tenant.definition.enrollment
    return encodeDiscoverResponse(
      {
        authPolicy,
        enrollmentVersion: Math.min(VERSION, Number.parseFloat(asked.requestVersion)).toFixed(1),
        ...(keyPolicy ? { enrollmentPolicyServiceUrl: `${origin}/EnrollmentServer/Policy.svc` } : {}),
        enrollmentServiceUrl: `${origin}/EnrollmentServer/Enrollment.svc`,
        ...(authPolicy === 'Federated' ? { authenticationServiceUrl: `${origin}/EnrollmentServer/SignIn` } : {}),
      },
      header,
    )
  })

/** The types of [MS-MDE2] 3.1.4.1.1.1. A version that is newer than its table is none of a wrong type. */
function checkDiscover(request: DiscoverRequest): void {
  const wrong = [
    /^[^@]+@[^.]+\..+$/.test(request.emailAddress) ? '' : 'EmailAddress',
    /^\d+\.\d+$/.test(request.requestVersion) ? '' : 'RequestVersion',
    ['CIMClient_Windows', 'WindowsPhone'].includes(request.deviceType) ? '' : 'DeviceType',
    /^\d+(\.\d+){3}$/.test(request.applicationVersion) ? '' : 'ApplicationVersion',
    /^\d+$/.test(request.osEdition) ? '' : 'OSEdition',
    request.authPolicies.includes('OnPremise') && request.authPolicies.includes('Federated') ? '' : 'AuthPolicies',
  ].filter((name) => name !== '')
  if (wrong.length > 0) throw new EnrollmentFault('s:MessageFormat', `odd values: ${wrong.join(', ')}`)
}
