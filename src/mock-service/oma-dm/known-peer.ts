import type { Peer } from '../../domain/http.ts'
import { decodeCertificate, isInForce, thumbprint } from '../../protocols/x509/certificate.ts'
import type { Tenant } from '../tenant.ts'
import type { ManagedDevice } from './managed-device.ts'

/**
 * The enrolled device at the other end of a connection, by its management certificate, or the status of the refusal: 401 without a
 * certificate of this tenant, 403 with one that is out of its time (IIS 403.17 has these words for it).
 */
export function knownPeer(tenant: Tenant, { certificate }: Peer): ManagedDevice | 401 | 403 {
  const managed = certificate && tenant.state.management.managed.get(thumbprint(certificate))
  if (!managed) return 401
  return isInForce(decodeCertificate(certificate), tenant.now()) ? managed : 403
}
