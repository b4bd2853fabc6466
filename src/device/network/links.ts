import type { AdapterFacts } from '../../domain/device.ts'
import type { Whereabouts } from '../../domain/named-locations.ts'
import {
  type ConnectAnswer,
  type Credentials,
  isEnterprise,
  type NetworkEnvironment,
  type NetworkStatus,
  type PortalFacts,
  type VisibleNetwork,
  type WifiNetwork,
  type WiredNetwork,
} from '../../domain/network.ts'
import { safeText } from '../../domain/safe-text.ts'

const SSID_SHOWN_MAX = 32

/** Other people chose the names, so they are untrusted text. */
const shownName = ({ ssid }: WifiNetwork): string => safeText(ssid, SSID_SHOWN_MAX)

/** What carries the traffic: its name, and what is said of it. */
export interface Link {
  name: string
  captivePortal: boolean | PortalFacts
  isMetered: boolean
  from?: Whereabouts
}

/**
 * Adapters, the cable and the radio. A cellular adapter never links: no source says what setup makes of one, so it is part of
 * the hardware hash and nothing else.
 */
export class Links {
  readonly #environment: NetworkEnvironment
  readonly #hasEthernet: boolean
  readonly #hasWifi: boolean
  /** What the device has learned, by network: it survives a restart. */
  readonly #profiles = new Map<string, Credentials>()
  hasCable: boolean
  isRadioOn = true
  #ssid: string | undefined

  constructor(environment: NetworkEnvironment, adapters: readonly AdapterFacts[]) {
    this.#environment = environment
    this.#hasEthernet = adapters.some(({ kind }) => kind === 'ethernet')
    this.#hasWifi = adapters.some(({ kind }) => kind === 'wifi')
    this.hasCable = environment.ethernet.link
  }

  get status(): NetworkStatus {
    if (this.#hasWire && !this.isWireClosed) return { via: 'ethernet' }
    const wifi = this.#joined()
    return wifi ? { via: 'wifi', ssid: wifi.ssid, bars: wifi.bars } : { via: 'none' }
  }

  /** The switch waits for an authentication (802.1X), which setup does not support (reference: oobe-autopilot-esp.md, 1.4 [D]). */
  get isWireClosed(): boolean {
    return this.#hasWire && this.#environment.ethernet.authentication !== undefined
  }

  get link(): Link | undefined {
    const { ethernet } = this.#environment
    const { via } = this.status
    if (via === 'ethernet') {
      return { name: 'ethernet', ...this.#factsOf(ethernet) }
    }
    const wifi = this.#joined()
    return wifi && { name: wifi.ssid, ...this.#factsOf(wifi) }
  }

  /** A network that does not send its name is listed by it once the device knows it. */
  visible(): VisibleNetwork[] {
    return this.#inRange()
      .filter(({ hidden, ssid }) => !hidden || this.#profiles.has(ssid))
      .map((wifi) => ({ ssid: shownName(wifi), security: wifi.security, bars: wifi.bars }))
      .sort((a, b) => b.bars - a.bars)
  }

  /** Bars of the strongest network that does not send its name, and is not known; undefined where there is none. */
  get hiddenBars(): number | undefined {
    const bars = this.#inRange().flatMap(({ hidden, ssid, bars }) => (hidden && !this.#profiles.has(ssid) ? bars : []))
    return bars.length === 0 ? undefined : Math.max(...bars)
  }

  /** @param ssid as it is shown, or typed */
  connect(ssid: string, typed: Credentials): ConnectAnswer {
    const wifi = this.#inRange().find((network) => shownName(network) === ssid || network.ssid === ssid)
    if (!wifi) return { kind: 'outOfRange' }
    const offered = typed.key === undefined && typed.user === undefined ? this.#profiles.get(wifi.ssid) : typed
    const refusal = refusalOf(wifi, offered)
    if (refusal) return refusal
    if (offered || wifi.hidden) this.#profiles.set(wifi.ssid, offered ?? {})
    this.#ssid = wifi.ssid
    return wifi.security === 'open' ? { kind: 'connected', isOpen: true } : { kind: 'connected' }
  }

  /** A start of the device: links are down until something connects. */
  drop(): void {
    this.#ssid = undefined
  }

  forget(): void {
    this.#profiles.clear()
    this.#ssid = undefined
  }

  #factsOf({ captivePortal, metered, from = this.#environment.from }: WiredNetwork | WifiNetwork): Omit<Link, 'name'> {
    return { captivePortal, isMetered: metered === true, ...(from ? { from } : {}) }
  }

  get #hasWire(): boolean {
    return this.#hasEthernet && this.hasCable
  }

  #inRange(): readonly WifiNetwork[] {
    return this.#hasWifi && this.isRadioOn ? this.#environment.wifi : []
  }

  #joined(): WifiNetwork | undefined {
    return this.#ssid === undefined ? undefined : this.#inRange().find(({ ssid }) => ssid === this.#ssid)
  }
}

/** Why a network does not let the device in; undefined when it does. */
function refusalOf({ security, key, user }: WifiNetwork, offered: Credentials | undefined): ConnectAnswer | undefined {
  if (security === 'open') return undefined
  if (!isEnterprise(security)) {
    if (offered?.key === undefined) return { kind: 'keyNeeded' }
    return offered.key === key ? undefined : { kind: 'wrongKey' }
  }
  if (offered?.user === undefined) return { kind: 'credentialsNeeded' }
  // A network that takes certificates alone turns away a name with its password, whatever they are.
  if (user === undefined) return { kind: 'unsupported' }
  const isRight = offered.user.name === user.name && offered.user.password === user.password
  return isRight ? undefined : { kind: 'wrongCredentials' }
}
