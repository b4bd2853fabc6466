/** What surrounds a device: cables, radios, and what is between them and the internet. */
export interface NetworkEnvironment {
  /** A cable with a live link; it needs an Ethernet adapter to be of use. */
  ethernet: { link: boolean; captivePortal: boolean }
  wifi: WifiNetwork[]
  /** One way, in virtual milliseconds. */
  latencyMs: number
  /** Megabits per second; counts for declared downloads only. */
  downloadMbps: number
  /** Hosts that never answer, as firewall lists write them: see `meansHost`. */
  blockedHosts: string[]
}

export interface WifiNetwork {
  ssid: string
  security: 'open' | 'wpa2-psk' | 'wpa3-sae' | 'wpa2-enterprise'
  key?: string
  /** Signal strength in bars, 0 to 4. */
  bars: number
  captivePortal: boolean
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
  security: WifiNetwork['security']
  bars: number
}

export type ConnectAnswer =
  | { kind: 'connected' }
  | { kind: 'wrongKey' }
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
