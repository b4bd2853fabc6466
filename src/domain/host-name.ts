/** Full stops of other scripts: a URL turns them into dots. */
const DOTS_AT_END = /[.\u3002\uff0e\uff61]+$/
const BRACKETS = /^\[|\]$/g

/**
 * A host as connections know it, whatever its spelling: case, dots at its end, full-width and percent-encoded letters, an IPv4
 * address in any base or shortened, an IPv6 address with brackets or a zone. What no URL takes as a host comes back in lower case.
 */
export function plainHost(host: string): string {
  const once = parsed(host.trim().replace(DOTS_AT_END, ''))
  // An encoded dot at the end shows only now, and may have hidden that numbers are an address.
  return DOTS_AT_END.test(once) ? parsed(once.replace(DOTS_AT_END, '')) : once
}

function parsed(host: string): string {
  const bare = host.replace(BRACKETS, '')
  // One colon is before a port, two and more are an IPv6 address. Its zone names a network card of this machine.
  const isIpv6 = bare.split(':').length > 2
  const url = `http://${isIpv6 ? `[${bare.replace(/%.*$/, '')}]` : bare}/`
  return URL.canParse(url) ? new URL(url).hostname.replace(BRACKETS, '') : bare.toLowerCase()
}
