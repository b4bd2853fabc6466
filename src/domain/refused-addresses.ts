import { type Address, carriedBy, formatAddress, isWithin, type Network, parseNetwork } from './ip-address.ts'
import { productionServiceAt } from './production-addresses.ts'

/** Why nothing is sent to an address. */
export interface RefusedAddress {
  isProduction: boolean
  /** `a link-local address`, or for an address that carries another one `an address that carries 169.254.1.1, a link-local address`. */
  what: string
}

interface Row {
  network: Network
  what: string
}

const rows = (what: string, ...networks: string[]): Row[] =>
  networks.map((network) => ({ what, network: parseNetwork(network) }))

/** Where clouds tell a machine its own secrets. They answer plain HTTP to every program there. */
const METADATA: readonly Row[] = rows(
  'a cloud metadata service',
  // AWS, Azure, Google, Oracle and others; the same by IPv6 of AWS and of Google.
  ...['169.254.169.254/32', 'fd00:ec2::254/128', 'fd20:ce::254/128'],
  // Containers of AWS.
  ...['169.254.170.2/32', 'fd00:ec2::23/128'],
  // Alibaba, the platform of Azure, Oracle's first one.
  ...['100.100.100.200/32', '168.63.129.16/32', '192.0.0.192/32'],
)
const LOCAL: readonly Row[] = [
  ...rows('a link-local address', '169.254.0.0/16', 'fe80::/10'),
  ...rows('a unique local address', 'fc00::/7'),
  ...rows('a site-local address', 'fec0::/10'),
]
/** No server has them: this network, multicast, reserved; unspecified and IPv4-compatible, multicast. */
const NOWHERE: readonly Row[] = rows(
  'no address to connect to',
  ...['0.0.0.0/8', '224.0.0.0/4', '240.0.0.0/4', '::/96', 'ff00::/8'],
)
const LOOPBACK: readonly Network[] = ['127.0.0.0/8', '::1/128', '::ffff:127.0.0.0/104'].map(parseNetwork)

export const isLoopbackAddress = (address: Address): boolean => LOOPBACK.some((network) => isWithin(address, network))

/** Why an address may not be connected to, also where it only carries such a one; undefined when it may. */
export function refusalOfAddress(address: Address): RefusedAddress | undefined {
  if (isLoopbackAddress(address)) return undefined
  const itself = refusedBy(address, [...METADATA, ...LOCAL, ...NOWHERE])
  if (itself) return itself
  for (const carried of carriedBy(address)) {
    // Where several places may hold the address, one that is nowhere says nothing.
    const refused = refusedBy(carried, [...METADATA, ...LOCAL])
    if (refused) return { ...refused, what: `an address that carries ${formatAddress(carried)}, ${refused.what}` }
  }
  return undefined
}

function refusedBy(address: Address, table: readonly Row[]): RefusedAddress | undefined {
  const service = productionServiceAt(address)
  if (service !== undefined) return { isProduction: true, what: `an address of ${service}` }
  const row = table.find(({ network }) => isWithin(address, network))
  return row && { isProduction: false, what: row.what }
}
