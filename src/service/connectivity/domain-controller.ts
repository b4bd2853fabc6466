import { failure, type Result, success } from '../../domain/trouble.ts'
import { CODE } from '../../domain/windows-codes.ts'
import type { Service } from '../service.ts'
import { reachUrl } from './reach.ts'

/** Whether a domain controller answers: whether the network has a way to the name of the domain. Codes: 0x8007051f. */
export async function findDomainController(
  service: Service,
  domain: string,
  signal?: AbortSignal,
): Promise<Result<void>> {
  const answer = await reachUrl(service, `https://${domain}/`, 'ping of a domain controller', signal)
  return answer.ok ? success(undefined) : failure(CODE.noLogonServers, `no domain controller of ${domain} answers`)
}
