import { addressesIn } from './endpoints.ts'
import { plainHost } from './host-name.ts'
import type { Target } from './target.ts'

/**
 * A URL for each origin that a target names, that of discovery first. A host that is named after an authority is left out: no
 * connection can be made before the name of the authority is known.
 */
export function originsOf({ endpoints }: Target): string[] {
  const { discovery, ...others } = endpoints
  const urls = [...addressesIn(discovery === undefined ? {} : { discovery }), ...addressesIn(others)]
    .filter((url) => !/^[^/]+\/\/[^/]*\{/.test(url))
    .map((url) => url.replace('{authority}', 'authority'))
  return urls.filter((url, index) => urls.findIndex((other) => new URL(other).origin === new URL(url).origin) === index)
}

/** Hosts that a target may be spoken to at. */
export const hostsOf = ({ endpoints, hosts, signIn }: Target): Set<string> =>
  new Set([...[...Object.values(endpoints), ...(signIn ? [signIn.issuer] : [])].map((url) => hostOf(url)), ...hosts])

/** As the guard has it: an IPv6 address without brackets, a name without a dot at its end. */
export const hostOf = (url: string): string => plainHost(new URL(url.replace('{authority}', 'authority')).hostname)
