import { isWithin, parseAddress, parseNetwork } from './ip-address.ts'

/** Where a connection comes from, as the service sees it. */
export interface Whereabouts {
  /** The public address of the network, IPv4 or IPv6. */
  address?: string
  /** Two letters (ISO 3166), as the service finds them for the address. Left out: it does not know the country. */
  country?: string
}

/**
 * A named location of Conditional Access: ranges of addresses, or countries (Microsoft Learn, Conditional Access: network assignment [L]).
 */
export type NamedLocationDefinition =
  | { id: string; name: string; ipRanges: string[]; trusted: boolean }
  | { id: string; name: string; countries: string[]; unknownCountries: boolean }

/** The condition of a policy. It counts where a connection is included, and not excluded. */
export interface LocationCondition {
  /** Ids of named locations; `all` is any place, known or not; `allTrusted` are the ranges that are marked as trusted. */
  include: 'all' | 'allTrusted' | string[]
  exclude: 'allTrusted' | string[]
}

/** Names that Conditional Access has for places that it knows without a named location. */
export const PLACES_OF_ITS_OWN = ['all', 'allTrusted'] as const

function isIn(location: NamedLocationDefinition, { address, country }: Whereabouts): boolean {
  if ('countries' in location) {
    return country === undefined ? location.unknownCountries : location.countries.includes(country)
  }
  const from = address === undefined ? undefined : parseAddress(address)
  return from !== undefined && location.ipRanges.some((range) => isWithin(from, parseNetwork(range)))
}

/** Whether a policy counts for a connection from there. */
export function meetsCondition(
  { include, exclude }: LocationCondition,
  locations: readonly NamedLocationDefinition[],
  from: Whereabouts,
): boolean {
  const isAmong = (places: LocationCondition['include']): boolean =>
    places === 'all' ||
    locations.some(
      (location) =>
        (places === 'allTrusted' ? 'trusted' in location && location.trusted : places.includes(location.id)) &&
        isIn(location, from),
    )
  return isAmong(include) && !isAmong(exclude)
}

/** A place in a few words: `203.0.113.7 in US`. */
export const whereText = ({ address, country }: Whereabouts): string =>
  [address ?? 'an address that is not known', country ? `in ${country}` : ''].filter((part) => part !== '').join(' ')

/** What is wrong with a range of addresses; undefined where nothing is. */
export function whatIsWrongWithRange(text: string): string | undefined {
  const [base = '', bits = ''] = text.split('/')
  const address = parseAddress(base)
  const isRange = address !== undefined && /^\d{1,3}$/.test(bits) && text.split('/').length === 2
  if (!isRange || Number(bits) > address.length * 8) return 'must be a range of addresses, such as 203.0.113.0/24'
  return undefined
}
