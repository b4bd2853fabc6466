import type { Whereabouts } from '../domain/named-locations.ts'
import { DEFAULT_NETWORK, type InspectionFacts, type NetworkEnvironment, type PortalFacts } from '../domain/network.ts'
import type { NetworkFile } from './schema/network.ts'

type Portal = NetworkFile['wifi'][number]['captivePortal']

/** What surrounds a device, from `network:` of a scenario. What the file leaves out is left out here too. */
export function environmentOf(network: NetworkFile): NetworkEnvironment {
  const { latency, downloadMbps, blockedHosts, dns, closedPorts, proxy, loss, ipv6Only } = network
  const inspect = inspectionOf(network.inspect)
  const from = fromOf(network)
  return {
    ethernet: wiredOf(network.ethernet),
    wifi: network.wifi.map(wifiOf),
    latencyMs: latency === undefined ? DEFAULT_NETWORK.latencyMs : latency,
    downloadMbps: downloadMbps ?? DEFAULT_NETWORK.downloadMbps,
    blockedHosts: blockedHosts ?? [],
    ...(loss === undefined ? {} : { loss }),
    ...(dns === undefined ? {} : { dns }),
    ...(closedPorts === undefined ? {} : { closedPorts }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(inspect === undefined ? {} : { inspect }),
    ...(ipv6Only ? { ipv6Only } : {}),
    ...(from ? { from } : {}),
  }
}

function wiredOf(ethernet: NetworkFile['ethernet']): NetworkEnvironment['ethernet'] {
  if (typeof ethernet === 'boolean') return { link: ethernet, captivePortal: false }
  const { link, captivePortal, authentication, metered } = ethernet
  const from = fromOf(ethernet)
  return {
    link,
    captivePortal: portalOf(captivePortal),
    ...(authentication === undefined ? {} : { authentication }),
    ...(metered ? { metered } : {}),
    ...(from ? { from } : {}),
  }
}

function wifiOf(wifi: NetworkFile['wifi'][number]): NetworkEnvironment['wifi'][number] {
  const { ssid, security, key, user, bars, captivePortal, hidden, metered } = wifi
  const from = fromOf(wifi)
  return {
    ssid,
    security,
    bars,
    captivePortal: portalOf(captivePortal),
    ...(key === undefined ? {} : { key }),
    ...(user === undefined ? {} : { user }),
    ...(hidden ? { hidden } : {}),
    ...(metered ? { metered } : {}),
    ...(from ? { from } : {}),
  }
}

/** Where the internet sees a network; undefined where the file does not say. */
function fromOf({ publicAddress, country }: { publicAddress?: string; country?: string }): Whereabouts | undefined {
  if (publicAddress === undefined && country === undefined) return undefined
  return {
    ...(publicAddress === undefined ? {} : { address: publicAddress }),
    ...(country === undefined ? {} : { country }),
  }
}

function portalOf(portal: Portal): boolean | PortalFacts {
  if (typeof portal === 'boolean') return portal
  const { answers, lets, opensAfter, session } = portal
  return {
    answers,
    ...(lets === undefined ? {} : { lets }),
    ...(opensAfter === undefined ? {} : { opensAfterMs: opensAfter }),
    ...(session === undefined ? {} : { sessionMs: session }),
  }
}

function inspectionOf(inspect: NetworkFile['inspect']): InspectionFacts | undefined {
  if (inspect === undefined) return undefined
  const { hosts = ['*'], trusted } =
    inspect === true ? {} : Array.isArray(inspect) ? { hosts: inspect, trusted: undefined } : inspect
  return { hosts, ...(trusted ? { trusted } : {}) }
}
