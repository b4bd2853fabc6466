import { SILENT_SERVICES, type SilentService } from '../../domain/service-hosts.ts'
import { type Result, success } from '../../domain/trouble.ts'
import { get, type Service } from '../service.ts'

/**
 * Whether a device gets through to a service whose messages are not part of the simulation. Where it does, nothing is sent and no
 * time passes; where it does not, it is a request that fails as any other.
 */
export const reach = (
  service: Service,
  name: SilentService,
  operation: string,
  signal?: AbortSignal,
): Promise<Result<void>> => reachUrl(service, SILENT_SERVICES[name].url, operation, signal)

/** The same for an address that is no service of Microsoft, such as a domain controller of the school. */
export async function reachUrl(
  service: Service,
  url: string,
  operation: string,
  signal?: AbortSignal,
): Promise<Result<void>> {
  const request = get(url)
  if (!service.isStopped?.(request)) return success(undefined)
  const answer = await service.http.send(request, { operation, ...(signal ? { signal } : {}) })
  return answer.ok ? success(undefined) : answer
}
