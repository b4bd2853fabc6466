import { isIP } from 'node:net'
import { isLoopback, isProductionHost } from '../domain/endpoints.ts'
import { UserError } from '../domain/trouble.ts'

/** Why a host may not be spoken to, before anybody looks up its name. Codes `ERR_TARGET_PRODUCTION`, `ERR_TARGET_FOREIGN`. */
export function refuseHost(host: string, allowed: ReadonlySet<string>): void {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase()
  if (isProductionHost(name)) {
    throw new UserError('ERR_TARGET_PRODUCTION', `${name} is a production host: it is never contacted`)
  }
  if (isLoopback(host) || allowed.has(name)) return
  throw new UserError('ERR_TARGET_FOREIGN', `${name} is not on this machine, and no target profile names it`, [
    'A target profile lists the hosts that may be spoken to: see docs/targets.md',
  ])
}

/**
 * Why an address that a name led to may not be connected to; undefined when it may. A name of this machine has to lead to
 * this machine, and nothing leads to link-local addresses: cloud metadata services live there.
 */
export function refusedAddress(host: string, address: string): string | undefined {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isLinkLocal(plain)) return `${host} leads to the link-local address ${address}`
  if (isUnspecified(plain)) return `${host} leads to ${address}, which is no address to connect to`
  if (isLoopback(host) && !isLoopbackAddress(plain)) return `${host} leads to ${address}, which is not this machine`
  return undefined
}

/** The same of a host that is an address itself, and so is never looked up; undefined for any name. */
export function refusedLiteral(host: string): string | undefined {
  const bare = host.replace(/^\[|\]$/g, '')
  return /^[\d.]+$|:/.test(bare) ? refusedAddress(host, bare) : undefined
}

const isLinkLocal = (address: string): boolean =>
  isIP(address) === 6 ? /^fe[89ab]/i.test(address) : address.startsWith('169.254.')

const isUnspecified = (address: string): boolean =>
  isIP(address) === 6 ? /^(::|ff)/i.test(address) && address !== '::1' : /^(0\.|22[4-9]\.|23\d\.|255\.)/.test(address)

const isLoopbackAddress = (address: string): boolean =>
  isIP(address) === 6 ? address === '::1' : address.startsWith('127.')
