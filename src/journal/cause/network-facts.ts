import { meansHost } from '../../domain/host-pattern.ts'
import { isEnterprise, type NetworkEnvironment } from '../../domain/network.ts'
import type { FactBehind } from './cause.ts'
import { hostOf } from './exchange.ts'
import type { AskedExchange, KnownSpec, Story } from './story.ts'

type Found = Pick<FactBehind, 'fact' | 'text'>
type Network = Partial<NetworkEnvironment>

/** The rule of the network that keeps an exchange from its answer. */
export function blockedHost(
  { network }: KnownSpec,
  exchange: AskedExchange | undefined,
  text: string,
): Found | undefined {
  const { blockedHosts = [] } = network ?? {}
  const host = exchange ? hostOf(exchange) : ''
  const isUnanswered = exchange !== undefined && exchange.response?.status === undefined
  const named = /(\S+) is blocked on this network/.exec(text)?.[1]
  const index = blockedHosts.findIndex(
    (rule) => (isUnanswered && meansHost(rule, host)) || (named !== undefined && meansHost(rule, named)),
  )
  return index < 0
    ? undefined
    : { fact: `network.blockedHosts.${index}`, text: `the network blocks ${blockedHosts[index]}` }
}

/** What of the network kept a request from its answer, by the words of the trouble. */
export function networkTrouble(story: Story, text: string): Found | undefined {
  const { network = {} } = story.spec
  return wayOut(network, text) ?? between(network, text) ?? ofThePage(network, story, text)
}

/** What is behind the cable and the access point. */
function wayOut({ proxy, closedPorts = [], dns, ipv6Only }: Network, text: string): Found | undefined {
  const port = /port (\d+) is closed on this network/.exec(text)?.[1]
  if (port !== undefined && closedPorts.includes(Number(port))) {
    return { fact: 'network.closedPorts', text: `the network closes the port ${port}` }
  }
  if (proxy?.signIn && text.includes('asks for a sign-in')) {
    return { fact: 'network.proxy', text: `the proxy ${proxy.address} asks for a sign-in` }
  }
  if (dns !== undefined && text.includes('DNS does not')) {
    return { fact: 'network.dns', text: `the DNS of the network is ${dns === 'down' ? 'down' : 'without this name'}` }
  }
  return ipv6Only && text.includes('no IPv6 address')
    ? { fact: 'network.ipv6Only', text: 'the network has IPv6 alone' }
    : undefined
}

/** Who answers in the place of the host that was asked. */
function between({ inspect, wifi = [], ethernet }: Network, text: string): Found | undefined {
  if (inspect && text.includes('TLS inspection')) {
    return { fact: 'network.inspect', text: `the network inspects ${inspect.hosts.join(', ')}` }
  }
  if (!text.includes('the captive portal answers')) return undefined
  if (ethernet?.captivePortal) return { fact: 'network.ethernet.captivePortal', text: 'the cable has a captive portal' }
  const index = wifi.findIndex(({ captivePortal }) => captivePortal !== false)
  return index < 0
    ? undefined
    : { fact: `network.wifi.${index}.captivePortal`, text: `the Wi-Fi "${wifi[index]!.ssid}" has a captive portal` }
}

/** What the network page and the check for internet say. */
function ofThePage(network: Network, story: Story, text: string): Found | undefined {
  const { wifi = [], ethernet, proxy, closedPorts = [] } = network
  if (ethernet?.authentication && text.includes('requires authentication')) {
    return { fact: 'network.ethernet.authentication', text: `the cable asks for ${ethernet.authentication}` }
  }
  if (text.includes('requires a certificate or a smart card')) {
    const index = wifi.findIndex(({ security, user }) => isEnterprise(security) && user === undefined)
    if (index >= 0) {
      const { ssid, security } = wifi[index]!
      return { fact: `network.wifi.${index}.security`, text: `the Wi-Fi "${ssid}" is ${security} without a name` }
    }
  }
  // Until there is a way out, the check for internet finds none.
  if (story.screens.at(-1)?.screen.page !== 'connectivity') return undefined
  if (closedPorts.includes(80)) return { fact: 'network.closedPorts', text: 'the network closes the port 80' }
  return proxy && proxy.found !== 'wpad'
    ? { fact: 'network.proxy', text: `the proxy ${proxy.address} is not told by WPAD, and setup has no page for it` }
    : undefined
}
