import { meansHost } from '../domain/host-pattern.ts'
import type { JournalEntry } from '../domain/journal.ts'
import type { NetworkEnvironment, PortalFacts, SchoolNetworkChange } from '../domain/network.ts'
import { CODE } from '../domain/windows-codes.ts'
import type { RunSpec } from '../run/run-spec.ts'
import { portOf, type SeenExchange } from './seen-exchanges.ts'

type Network = RunSpec['network']

/** A fact of `network:` that changed nothing, and why. */
export interface IdleFact {
  fact: string
  text: string
}

const NO_REQUEST = 'no request met it'

/** What of a scenario's network changed nothing. Networks that the device never joins are the view, and no setting. */
export function idleNetworkFacts(
  { network, device }: RunSpec,
  journal: readonly JournalEntry[],
  exchanges: readonly SeenExchange[],
): IdleFact[] {
  const rows = [
    ...listed(network, exchanges),
    ...proxied(network, exchanges),
    ...links(
      network,
      journal,
      exchanges,
      device.adapters.some(({ kind }) => kind === 'ethernet'),
    ),
  ]
  return rows.flatMap(({ fact, text, isMet }) => (isMet ? [] : [{ fact, text: text ?? NO_REQUEST }]))
}

interface Row {
  fact: string
  isMet: boolean
  text?: string
}

function listed(
  { dns, closedPorts = [], inspect, ipv6Only, loss, proxy }: Network,
  all: readonly SeenExchange[],
): Row[] {
  const proxyHost = proxy && new URL(proxy.address).hostname
  const unresolved = (rule: string) => (one: SeenExchange) =>
    one.by === 'dns' && (meansHost(rule, one.host) || (proxyHost !== undefined && meansHost(rule, proxyHost)))
  const inspected = (rule: string) => (one: SeenExchange) =>
    (inspect?.trusted ? one.url.protocol === 'https:' : one.by === 'inspection') && meansHost(rule, one.host)
  return [
    ...(dns === 'down' ? [{ fact: 'network.dns', isMet: all.some(({ by }) => by === 'dns') }] : []),
    ...(Array.isArray(dns) ? dns : []).map((rule, index) => ({
      fact: `network.dns.${index}`,
      isMet: all.some(unresolved(rule)),
    })),
    ...closedPorts.map((port, index) => ({
      fact: `network.closedPorts.${index}`,
      isMet: all.some((one) => one.by === 'port' && portOf(one) === port),
    })),
    ...(inspect?.hosts ?? []).map((rule, index) => ({
      fact: `network.inspect.${index}`,
      isMet: all.some(inspected(rule)),
    })),
    ...(ipv6Only ? [{ fact: 'network.ipv6Only', isMet: all.some(({ by }) => by === 'ipv6') }] : []),
    ...(loss === undefined
      ? []
      : [{ fact: 'network.loss', isMet: all.some(({ by, isDownload }) => by === 'loss' || isDownload) }]),
  ]
}

function proxied({ proxy }: Network, all: readonly SeenExchange[]): Row[] {
  if (!proxy) return []
  const { signIn, free = [], direct = [] } = proxy
  const asked = (name: string, rules: readonly string[]) =>
    rules.map((rule, index) => ({
      fact: `network.proxy.${name}.${index}`,
      isMet: all.some(({ host, hasAnswer, by }) => hasAnswer && by !== 'proxy' && meansHost(rule, host)),
    }))
  return [
    { fact: 'network.proxy', isMet: all.some(({ by }) => by === 'proxy') },
    ...(signIn ? [{ fact: 'network.proxy.signIn', isMet: all.some(isRefusedSignIn) }] : []),
    ...asked('free', free),
    ...asked('direct', direct),
  ]
}

/** The answer to the request for a PAC file is the proxy's too, and no refusal. */
const isRefusedSignIn = ({ by, trouble, url }: SeenExchange): boolean =>
  by === 'proxy' &&
  (trouble === CODE.proxySignInNeeded || (trouble === undefined && !url.pathname.endsWith('/wpad.dat')))

function links(
  { ethernet, wifi }: Network,
  journal: readonly JournalEntry[],
  all: readonly SeenExchange[],
  hasEthernet: boolean,
): Row[] {
  const used = new Set(journal.flatMap((entry) => (entry.kind === 'network' ? [nameOf(entry)] : [])))
  const isSkippedAsMetered = journal.some(
    (entry) =>
      entry.kind === 'screen' && 'skipped' in entry && entry.why.some(({ fact }) => fact === 'the network is metered'),
  )
  const rowsOf = (at: string, name: string, link: Pick<NetworkEnvironment['ethernet'], 'captivePortal' | 'metered'>) =>
    used.has(name)
      ? [
          ...portal(
            `${at}.captivePortal`,
            link.captivePortal,
            all.filter(({ ssid }) => `wifi ${ssid}` === name || (!ssid && name === WIRE)),
          ),
          ...(link.metered
            ? [{ fact: `${at}.metered`, isMet: isSkippedAsMetered, text: 'no quality updates were left out' }]
            : []),
        ]
      : []
  return [
    ...(ethernet.authentication
      ? [{ fact: 'network.ethernet.authentication', isMet: hasEthernet, text: 'the device has no Ethernet adapter' }]
      : []),
    ...rowsOf('network.ethernet', WIRE, ethernet),
    ...wifi.flatMap((network, index) => rowsOf(`network.wifi.${index}`, `wifi ${network.ssid}`, network)),
  ]
}

const WIRE = 'ethernet'
const nameOf = ({ via, ssid }: { via: string; ssid?: string }): string => (via === 'wifi' ? `wifi ${ssid}` : via)

function portal(fact: string, facts: boolean | PortalFacts, all: readonly SeenExchange[]): Row[] {
  if (facts === false) return []
  const stopped = all.filter(({ by }) => by === 'portal')
  const row = { fact, isMet: stopped.length > 0 }
  if (facts === true) return [row]
  const accepted = stopped.filter(({ method, hasAnswer }) => method === 'POST' && hasAnswer)
  const { lets = [], opensAfterMs = 0, sessionMs } = facts
  const isStoppedAfter = (ms: number) =>
    accepted.some(({ at, sent }) => stopped.some((one) => one.sent > sent && one.at >= at + ms))
  return [
    row,
    ...lets.map((rule, index) => ({
      fact: `${fact}.lets.${index}`,
      isMet: all.some(({ host, by, hasAnswer }) => hasAnswer && by !== 'portal' && meansHost(rule, host)),
    })),
    ...(opensAfterMs > 0 ? [{ fact: `${fact}.opensAfter`, isMet: isStoppedAfter(0) }] : []),
    ...(sessionMs === undefined ? [] : [{ fact: `${fact}.session`, isMet: isStoppedAfter(opensAfterMs + sessionMs) }]),
  ]
}

/** Whether a change begins something; else it ends it. */
export const isBeginning = (change: SchoolNetworkChange): boolean => {
  if ('dns' in change) return !change.works
  if ('port' in change) return !change.isOpen
  if ('inspect' in change) return change.isOn
  if ('portal' in change) return change.portal === 'on'
  if ('slow' in change) return change.slow !== null
  return 'loss' in change ? change.loss !== null : change.proxy !== null
}

/** Whether a request met what a change began. */
export function meets(one: SeenExchange, change: SchoolNetworkChange): boolean {
  if ('dns' in change) return one.by === 'dns' && meansHost(change.dns, one.host)
  if ('port' in change) return one.by === 'port' && portOf(one) === change.port
  if ('inspect' in change) return one.by === 'inspection' && meansHost(change.inspect, one.host)
  if ('portal' in change) return one.by === 'portal'
  if ('loss' in change) return one.by === 'loss' || one.isDownload
  return 'slow' in change || one.by === 'proxy'
}
