import { DecodeError, failure, type Result, success } from '../../domain/trouble.ts'
import { CODE } from '../../domain/windows-codes.ts'
import { decodeRegistrationContract, type RegistrationContract } from '../../protocols/entra/registration-contract.ts'
import { ask, get, type Service } from '../service.ts'

/** Where the device registration service of a domain takes joins: [MS-DVRD] 3.1.5.1.1. A failed connection keeps its code. */
export function discoverRegistration(
  service: Service,
  domain: string,
  signal?: AbortSignal,
): Promise<Result<RegistrationContract>> {
  const place = domain === '' ? '' : `/${encodeURIComponent(domain)}`
  const url = `${service.endpoints.registration}${place}/enrollmentserver/contract?api-version=1.2`
  const headers = {
    accept: 'application/json',
    'ocp-adrs-client-name': 'Dsreg',
    'client-request-id': service.ids.guid(),
  }
  const options = { operation: 'MS-DVRD discovery', ...(signal ? { signal } : {}) }
  return ask<RegistrationContract>(service, get(url, headers), options, ({ status, body }) => {
    if (status === 503) return failure(CODE.joinServiceBusy, 'the registration service is busy', url)
    // That it is these two is inferred: no source pairs a status with the code.
    if (status === 400 || status === 404)
      return failure(CODE.joinTenantNotFound, `no tenant has the domain ${domain}`, url)
    if (status !== 200) return failure(CODE.joinDiscoveryFailed, `the discovery was answered with HTTP ${status}`, url)
    try {
      const contract = decodeRegistrationContract(body)
      if (URL.canParse(contract.joinEndpoint)) return success(contract)
      return failure(CODE.joinDiscoveryFailed, 'the discovery names no address to join at', url)
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      return failure(CODE.joinDiscoveryFailed, `the discovery cannot be read: ${error.message}`, url)
    }
  })
}
