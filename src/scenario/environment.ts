import { DEFAULT_NETWORK, type InspectionFacts, type NetworkEnvironment, type PortalFacts } from '../domain/network.ts'
import type { NetworkFile } from './schema/network.ts'

type Portal = NetworkFile['wifi'][number]['captivePortal']

/** What surrounds a device, from `network:` of a scenario. What the file leaves out is left out here too. */
export function environmentOf(network: NetworkFile): NetworkEnvironment {
  const { latency, downloadMbps, blockedHosts, dns, closedPorts, proxy, loss, ipv6Only } = network
  const inspect = inspectionOf(network.inspect)
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
  }
}

function wiredOf(ethernet: NetworkFile['ethernet']): NetworkEnvironment['ethernet'] {
  if (typeof ethernet === 'boolean') return { link: ethernet, captivePortal: false }
  const { link, captivePortal, authentication, metered } = ethernet
  return {
    link,
    captivePortal: portalOf(captivePortal),
    ...(authentication === undefined ? {} : { authentication }),
    ...(metered ? { metered } : {}),
  }
}

function wifiOf(wifi: NetworkFile['wifi'][number]): NetworkEnvironment['wifi'][number] {
  const { ssid, security, key, user, bars, captivePortal, hidden, metered } = wifi
  return {
    ssid,
    security,
    bars,
    captivePortal: portalOf(captivePortal),
    ...(key === undefined ? {} : { key }),
    ...(user === undefined ? {} : { user }),
    ...(hidden ? { hidden } : {}),
    ...(metered ? { metered } : {}),
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
