import { isLoopback } from '../domain/endpoints.ts'
import { plainHost } from '../domain/host-name.ts'
import { parseAddress } from '../domain/ip-address.ts'
import { productionDomain } from '../domain/production-hosts.ts'
import { isLoopbackAddress, refusalOfAddress } from '../domain/refused-addresses.ts'
import { UserError } from '../domain/trouble.ts'

/** Why something is not contacted. */
export interface Refusal {
  code: 'ERR_TARGET_PRODUCTION' | 'ERR_TARGET_ADDRESS'
  message: string
}

/** Names that clouds give to their metadata services, which lead to link-local addresses in each cloud. */
const METADATA_NAMES: readonly string[] = [
  'metadata.google.internal',
  'metadata.goog',
  'instance-data.ec2.internal',
  'metadata.tencentyun.com',
]

/** Why a host is never contacted, in any spelling, also when a file names it; undefined when it may be. */
export function refusalOf(host: string): Refusal | undefined {
  const name = plainHost(host)
  const row = productionDomain(name)
  if (row) {
    const message = `${name} is a production host: it is never contacted (${row.domain}: ${row.purpose})`
    return { code: 'ERR_TARGET_PRODUCTION', message }
  }
  if (METADATA_NAMES.includes(name)) {
    return { code: 'ERR_TARGET_ADDRESS', message: `${name} is a cloud metadata service: it is never contacted` }
  }
  return parseAddress(name) && refusedAddress(name, name)
}

/**
 * Why a host may not be contacted, before its name is looked up. Codes `ERR_TARGET_PRODUCTION`, `ERR_TARGET_ADDRESS`,
 * `ERR_TARGET_FOREIGN`.
 *
 * @param allowed hosts that a target profile names, as `plainHost` writes them
 */
export function refuseHost(host: string, allowed: ReadonlySet<string>): void {
  const refusal = refusalOf(host)
  if (refusal) throw new UserError(refusal.code, refusal.message, ['docs/targets.md lists what is never contacted'])
  const name = plainHost(host)
  if (isLoopback(name) || allowed.has(name)) return
  throw new UserError('ERR_TARGET_FOREIGN', `${name} is not on this machine, and no target profile names it`, [
    'A target profile lists the hosts that may be spoken to: see docs/targets.md',
  ])
}

/**
 * Why an address that a host led to may not be connected to; undefined when it may. A name of this machine has to lead to this
 * machine.
 */
export function refusedAddress(host: string, address: string): Refusal | undefined {
  const bytes = parseAddress(address)
  const refused = bytes && refusalOfAddress(bytes)
  const what = !bytes
    ? 'no address'
    : (refused?.what ?? (isLoopback(host) && !isLoopbackAddress(bytes) ? 'not this machine' : undefined))
  if (what === undefined) return undefined
  const leads = plainHost(host) === plainHost(address) ? host : `${host} leads to ${address}, which`
  return {
    code: refused?.isProduction ? 'ERR_TARGET_PRODUCTION' : 'ERR_TARGET_ADDRESS',
    message: `${leads} is ${what}: it is never contacted`,
  }
}
