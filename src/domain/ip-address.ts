import { plainHost } from './host-name.ts'

/** Four bytes or sixteen. */
export type Address = Uint8Array

/** An address in any spelling; undefined for everything else, names among it. */
export function parseAddress(text: string): Address | undefined {
  const plain = plainHost(text)
  if (/^\d+(\.\d+){3}$/.test(plain)) {
    return URL.canParse(`http://${plain}/`) ? Uint8Array.from(plain.split('.'), Number) : undefined
  }
  if (!plain.includes(':') || !URL.canParse(`http://[${plain}]/`)) return undefined
  const [head = [], tail] = plain.split('::').map((side) => side.split(':').filter((group) => group !== ''))
  const zeros = tail ? Array<string>(8 - head.length - tail.length).fill('0') : []
  const groups = [...head, ...zeros, ...(tail ?? [])].map((group) => Number.parseInt(group, 16))
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]))
}

/** The network `169.254.0.0/16`: its address and how many bits of it count. */
export interface Network {
  address: Address
  bits: number
}

/** @throws for what is no network: tables are ours */
export function parseNetwork(text: string): Network {
  const [base = '', bits = ''] = text.split('/')
  const address = parseAddress(base)
  if (address === undefined || !/^\d+$/.test(bits) || Number(bits) > address.length * 8) {
    throw new Error(`${text} is no network`)
  }
  return { address, bits: Number(bits) }
}

export const isWithin = (address: Address, network: Network): boolean =>
  address.length === network.address.length &&
  address.every((byte, index) => {
    const shift = 8 - Math.min(8, Math.max(0, network.bits - index * 8))
    return byte >> shift === network.address[index]! >> shift
  })

const network = (text: string): Network => parseNetwork(text)

/** IPv6 addresses that carry an IPv4 address, and where it is in them. */
const CARRIERS: readonly { network: Network; at: readonly (readonly number[])[]; isInverted?: true }[] = [
  // IPv4-mapped (RFC 4291, 2.5.5.2) and IPv4-translated (RFC 2765, 2.1).
  { network: network('::ffff:0:0/96'), at: [[12, 13, 14, 15]] },
  { network: network('::ffff:0:0:0/96'), at: [[12, 13, 14, 15]] },
  // NAT64: the well-known prefix (RFC 6052, 2.1), and local ones, whose length nothing shows (RFC 8215; RFC 6052, 2.2).
  { network: network('64:ff9b::/96'), at: [[12, 13, 14, 15]] },
  {
    network: network('64:ff9b:1::/48'),
    at: [
      [6, 7, 9, 10],
      [7, 9, 10, 11],
      [9, 10, 11, 12],
      [12, 13, 14, 15],
    ],
  },
  // 6to4 (RFC 3056, 2).
  { network: network('2002::/16'), at: [[2, 3, 4, 5]] },
  // Teredo (RFC 4380, 4): the server plain, the client with each bit inverted.
  { network: network('2001::/32'), at: [[4, 5, 6, 7]] },
  { network: network('2001::/32'), at: [[12, 13, 14, 15]], isInverted: true },
]
/** ISATAP (RFC 5214, 6.1): in the second half of an address, below any prefix. */
const ISATAP = [0x00, 0x5e, 0xfe]

/** The IPv4 addresses that an IPv6 address leads to by way of a translator or a tunnel, or may lead to. */
export function carriedBy(address: Address): Address[] {
  if (address.length !== 16) return []
  const carried = CARRIERS.filter((carrier) => isWithin(address, carrier.network)).flatMap(({ at, isInverted }) =>
    at.map((places) => Uint8Array.from(places, (place) => address[place]! ^ (isInverted ? 0xff : 0))),
  )
  const isIsatap = (address[8]! & 0xfd) === 0 && ISATAP.every((byte, index) => address[9 + index] === byte)
  return isIsatap ? [...carried, address.slice(12)] : carried
}

/** As it is written: `169.254.169.254`, `fe80::1`. */
export function formatAddress(address: Address): string {
  if (address.length === 4) return [...address].join('.')
  const groups = Array.from({ length: 8 }, (_, index) =>
    (address[index * 2]! * 256 + address[index * 2 + 1]!).toString(16),
  )
  return plainHost(groups.join(':'))
}
