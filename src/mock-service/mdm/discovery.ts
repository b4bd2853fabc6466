import { decodeDiscoverRequest, encodeDiscoverResponse } from '../../protocols/ms-mde2/discover.ts'
import { empty } from '../responses.ts'
import type { Handler } from '../router.ts'
import { answerSoap } from './soap.ts'

/** The existence check: 200 with an empty body. */
export const handleDiscoveryCheck: Handler = () => empty(200)

/** [MS-MDE2] 3.1.4.1: where policies and enrolment are. */
export const handleDiscovery: Handler = (request, tenant) =>
  answerSoap(request, tenant, (envelope, header) => {
    decodeDiscoverRequest(envelope)
    const { origin } = new URL(request.url)
    return encodeDiscoverResponse(
      {
        authPolicy: 'Federated',
        enrollmentVersion: '5.0',
        enrollmentPolicyServiceUrl: `${origin}/EnrollmentServer/Policy.svc`,
        enrollmentServiceUrl: `${origin}/EnrollmentServer/Enrollment.svc`,
      },
      header,
    )
  })
