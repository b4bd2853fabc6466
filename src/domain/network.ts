import type { Whereabouts } from './named-locations.ts'

/** What surrounds a device: cables, radios, and what is between them and the internet. What is left out is as in any home. */
export interface NetworkEnvironment {
  ethernet: WiredNetwork
  wifi: WifiNetwork[]
  /** One way, in virtual milliseconds. */
  latencyMs: number
  /** Megabits per second; counts for declared downloads only. */
  downloadMbps: number
  /** Hosts that never answer, as firewall lists write them: see `meansHost`. */
  blockedHosts: string[]
  /** Of a hundred packets so many are lost. */
  loss?: number
  /** Names that the DNS of the school does not resolve: `down` for all. */
  dns?: 'down' | string[]
  /** TCP ports that nothing gets out to. */
  closedPorts?: number[]
  /** The only way out. */
  proxy?: ProxyFacts
  inspect?: InspectionFacts
  /** No IPv4, and nothing that translates: hosts without an IPv6 address cannot be reached. */
  ipv6Only?: true
  /** Where the internet sees it; a cable or a Wi-Fi network may say another place for itself. */
  from?: Whereabouts
}

/** A cable with a live link; it needs an Ethernet adapter to be of use. */
export interface WiredNetwork {
  link: boolean
  captivePortal: boolean | PortalFacts
  /** The switch lets nothing through before the device has authenticated, which setup cannot do. */
  authentication?: '802.1X'
  metered?: true
  from?: Whereabouts
}

export interface WifiNetwork {
  ssid: string
  security: WifiSecurity
  key?: string
  /** Whom an enterprise network lets in by name and password (PEAP). Without one it asks for a certificate. */
  user?: { name: string; password: string }
  /** Signal strength in bars, 0 to 4. */
  bars: number
  captivePortal: boolean | PortalFacts
  /** It does not send its name. */
  hidden?: true
  metered?: true
  from?: Whereabouts
}

export type WifiSecurity = 'open' | 'wpa2-psk' | 'wpa3-sae' | 'wpa2-enterprise' | 'wpa3-enterprise'

export const isEnterprise = (security: WifiSecurity): boolean => security.endsWith('-enterprise')

/** A page that stays between the device and the internet until a person has accepted its terms. */
export interface PortalFacts {
  /** It sends the device to its page, or answers with the page in the place of what was asked for. */
  answers: 'redirect' | 'page'
  /** Hosts that it lets through all the time. */
  lets?: string[]
  /** Virtual milliseconds from the acceptance until it opens. */
  opensAfterMs?: number
  /** Virtual milliseconds until it closes again. */
  sessionMs?: number
}

export interface ProxyFacts {
  /** `http://proxy.contoso.example:8080` */
  address: string
  /**
   * How a device would learn of it. `wpad`: the network says so. `pac` and `static`: a person types the address of a PAC file, or of
   * the proxy, into Settings, for which setup has no page (reference: oobe-autopilot-esp.md, 5.2 [D, B]).
   */
  found: 'wpad' | 'pac' | 'static'
  /** It asks for a name and a password, which setup does not have. */
  signIn?: true
  /** Hosts that need no sign-in. */
  free?: string[]
  /** Hosts that the firewall lets through past the proxy. */
  direct?: string[]
}

export interface InspectionFacts {
  hosts: string[]
  /** The root of the school is on the device, put there by its maker. */
  trusted?: true
}

/** How long the way is, and how wide. */
export interface Slowness {
  latencyMs?: number
  downloadMbps?: number
}

/** What can be done to a network from outside: a cable pulled, a radio switched off, everything down. */
export type NetworkChange =
  | { cable: 'in' | 'out' }
  | { wifi: 'on' | 'off' }
  | { uplink: 'up' | 'down' }
  | { block: string }
  | { unblock: string }
  | SchoolNetworkChange

/** What a school's network begins or ceases to do. `null`: as before. */
export type SchoolNetworkChange =
  /** A name, or `*` for all. */
  | { dns: string; works: boolean }
  | { port: number; isOpen: boolean }
  /** A host, or `*` for all. */
  | { inspect: string; isOn: boolean }
  | { proxy: 'down' | 'signIn' | ProxyFacts | null }
  | { portal: 'on' | 'off' }
  | { slow: Slowness | null }
  | { loss: number | null }

/** What of a network stopped a request, answered it, or held it up. */
export type NetworkCause =
  | 'dns'
  | 'port'
  | 'proxy'
  | 'inspection'
  | 'portal'
  | 'clock'
  | 'loss'
  | 'ipv6'
  | 'authentication'

/** What has been done to a network from outside, or is its way; what is as usual is left out. */
export interface NetworkSwitches {
  cable: boolean
  radio: boolean
  uplink: boolean
  /** Hosts that never answer. */
  blocked: string[]
  /** Names that do not resolve. */
  unresolved?: string[]
  closedPorts?: number[]
  /** Hosts whose TLS is inspected. */
  inspected?: string[]
  proxy?: string
  /** A portal came where there is none. */
  portal?: boolean
  slow?: Slowness
  /** Of a hundred packets so many are lost. */
  loss?: number
}

export const DEFAULT_NETWORK: NetworkEnvironment = {
  ethernet: { link: false, captivePortal: false },
  wifi: [],
  latencyMs: 25,
  downloadMbps: 80,
  blockedHosts: [],
}

/** A Wi-Fi network as the device sees it: never its key. */
export interface VisibleNetwork {
  ssid: string
  security: WifiSecurity
  bars: number
}

/** What the adapters see just now. */
export interface VisibleNetworks {
  status: NetworkStatus
  networks: VisibleNetwork[]
  /** One that does not send its name is in range: bars of the strongest. */
  hiddenBars?: number
  /** A cable is in, and its switch waits for an authentication. */
  isWireClosed?: true
}

/** What a person has typed. */
export interface Credentials {
  key?: string | undefined
  user?: { name: string; password: string } | undefined
}

export type ConnectAnswer =
  | { kind: 'connected'; isOpen?: true }
  | { kind: 'wrongKey' }
  /** Name or password of an enterprise network. */
  | { kind: 'wrongCredentials' }
  /** Nothing was typed yet, and nothing is remembered. */
  | { kind: 'keyNeeded' }
  | { kind: 'credentialsNeeded' }
  | { kind: 'outOfRange' }
  /** Smart-card and certificate authentication are not supported in OOBE. */
  | { kind: 'unsupported' }

/** What the connectivity probe found (reference: oobe-autopilot-esp.md, 1.4). */
export type ConnectivityAnswer = { kind: 'internet' } | { kind: 'portal'; url: string } | { kind: 'none'; code: string }

export interface NetworkStatus {
  /** The adapter that carries traffic. */
  via: 'ethernet' | 'wifi' | 'none'
  ssid?: string
  bars?: number
}

/** A change in a few words: `DNS down`. */
export function changeText(change: SchoolNetworkChange): string {
  if ('dns' in change) {
    return `${change.dns === '*' ? 'DNS' : `the name ${change.dns}`} ${change.works ? 'resolves again' : 'does not resolve'}`
  }
  if ('port' in change) return `port ${change.port} ${change.isOpen ? 'open again' : 'closed'}`
  if ('inspect' in change) {
    const what = change.inspect === '*' ? 'all hosts' : change.inspect
    return `TLS inspection of ${what} ${change.isOn ? 'on' : 'off'}`
  }
  if ('portal' in change) return `captive portal ${change.portal}`
  if ('loss' in change) return change.loss === null ? 'packet loss as before' : `${change.loss} % of packets lost`
  if ('slow' in change) return change.slow === null ? 'network as fast as before' : 'network slow'
  if (change.proxy === null) return 'proxy as before'
  if (change.proxy === 'down') return 'proxy down'
  return change.proxy === 'signIn' ? 'proxy asks for a sign-in' : `proxy ${change.proxy.address}`
}
