import type { AdapterFacts } from '../domain/device.ts'
import { meansHost } from '../domain/host-pattern.ts'
import type { HttpRequest, HttpResponse } from '../domain/http.ts'
import type {
  ConnectAnswer,
  NetworkEnvironment,
  NetworkStatus,
  VisibleNetwork,
  WifiNetwork,
} from '../domain/network.ts'
import { safeText } from '../domain/safe-text.ts'
import { CODE } from '../domain/windows-codes.ts'
import type { Blocked, NetworkGate } from '../ports/http.ts'

/** Where the captive portal of the surroundings lives. The network answers for it; nothing leaves the process. */
export const PORTAL_URL = 'http://portal.wifi.test/accept'

/** What can be done to a network from outside: a cable pulled, a radio switched off, everything down. */
export type NetworkChange =
  | { cable: 'in' | 'out' }
  | { wifi: 'on' | 'off' }
  | { uplink: 'up' | 'down' }
  | { block: string }
  | { unblock: string }

const encoder = new TextEncoder()

/**
 * Adapters, links and what lies between them and the internet. Asked before each request leaves. A cellular adapter never
 * links: no source says what setup makes of one, so it is part of the hardware hash and nothing else.
 */
export class VirtualNetwork implements NetworkGate {
  readonly #environment: NetworkEnvironment
  readonly #hasEthernet: boolean
  readonly #hasWifi: boolean
  readonly #listeners = new Set<() => void>()
  /** Keys that the device has learned: they survive a restart. */
  readonly #profiles = new Map<string, string>()
  readonly #released = new Set<string>()
  readonly #blocked: Set<string>
  #hasCable: boolean
  #isRadioOn = true
  #isUplinkUp = true
  #ssid: string | undefined

  constructor(environment: NetworkEnvironment, adapters: readonly AdapterFacts[]) {
    this.#environment = environment
    this.#hasEthernet = adapters.some(({ kind }) => kind === 'ethernet')
    this.#hasWifi = adapters.some(({ kind }) => kind === 'wifi')
    this.#hasCable = environment.ethernet.link
    this.#blocked = new Set(environment.blockedHosts)
  }

  get status(): NetworkStatus {
    if (this.#hasEthernet && this.#hasCable) return { via: 'ethernet' }
    const wifi = this.#wifi()
    return wifi ? { via: 'wifi', ssid: wifi.ssid, bars: wifi.bars } : { via: 'none' }
  }

  get isOnline(): boolean {
    return this.status.via !== 'none' && this.#isUplinkUp
  }

  /** Other people chose the names, so they are untrusted text. */
  visible(): VisibleNetwork[] {
    if (!this.#hasWifi || !this.#isRadioOn) return []
    return this.#environment.wifi
      .map(({ ssid, security, bars }) => ({ ssid: safeText(ssid, 32), security, bars }))
      .sort((a, b) => b.bars - a.bars)
  }

  connect(ssid: string, key: string | undefined): ConnectAnswer {
    const wifi = this.#environment.wifi.find((network) => safeText(network.ssid, 32) === ssid)
    if (!wifi || !this.#hasWifi || !this.#isRadioOn) return { kind: 'outOfRange' }
    if (wifi.security === 'wpa2-enterprise') return { kind: 'unsupported' }
    if (wifi.security !== 'open') {
      const offered = key ?? this.#profiles.get(wifi.ssid)
      if (offered === undefined || offered !== wifi.key) return { kind: 'wrongKey' }
      this.#profiles.set(wifi.ssid, offered)
    }
    this.#ssid = wifi.ssid
    this.#changed()
    return { kind: 'connected' }
  }

  /** False when everything was so already. */
  change(change: NetworkChange): boolean {
    const before = this.#state
    if ('cable' in change) this.#hasCable = change.cable === 'in'
    if ('wifi' in change) this.#isRadioOn = change.wifi === 'on'
    if ('uplink' in change) this.#isUplinkUp = change.uplink === 'up'
    if ('block' in change) this.#blocked.add(change.block)
    if ('unblock' in change) this.#blocked.delete(change.unblock)
    this.#changed()
    return before !== this.#state
  }

  /** For a comparison. */
  get #state(): string {
    return JSON.stringify(this.switches)
  }

  /** What has been done to it from outside. */
  get switches(): { cable: boolean; radio: boolean; uplink: boolean; blocked: string[] } {
    return {
      cable: this.#hasCable,
      radio: this.#isRadioOn,
      uplink: this.#isUplinkUp,
      blocked: [...this.#blocked],
    }
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** A start of the device: links are down until something connects. */
  powerOn(): void {
    this.#ssid = undefined
  }

  forget(): void {
    this.#profiles.clear()
    this.#released.clear()
    this.#ssid = undefined
  }

  pass(
    request: HttpRequest,
  ): { kind: 'pass'; latencyMs: number } | { kind: 'answer'; response: HttpResponse } | Blocked {
    const { hostname, protocol } = new URL(request.url)
    if (!this.isOnline) {
      return {
        kind: 'blocked',
        code: CODE.nameNotResolved,
        text: `the name ${hostname} could not be resolved: no network`,
        afterMs: 1_000,
      }
    }
    if (this.#isBlocked(hostname)) {
      return {
        kind: 'blocked',
        code: CODE.cannotConnect,
        text: `${hostname} is blocked on this network`,
        afterMs: 21_000,
      }
    }
    const portal = this.#portal()
    if (portal !== undefined) return this.#askPortal(request, protocol, portal)
    return { kind: 'pass', latencyMs: this.#environment.latencyMs }
  }

  transferMs(bytes: number): number {
    return Math.ceil((bytes * 8) / (this.#environment.downloadMbps * 1_000))
  }

  #askPortal(
    request: HttpRequest,
    protocol: string,
    portal: string,
  ): { kind: 'answer'; response: HttpResponse } | Blocked {
    if (request.url === PORTAL_URL && request.method === 'POST') {
      this.#released.add(portal)
      return { kind: 'answer', response: { status: 200, headers: {}, body: encoder.encode('Welcome') } }
    }
    if (protocol === 'http:') {
      return { kind: 'answer', response: { status: 302, headers: { location: PORTAL_URL }, body: new Uint8Array(0) } }
    }
    return {
      kind: 'blocked',
      code: CODE.certificateInvalid,
      text: 'the captive portal answers with its own certificate',
      afterMs: 300,
    }
  }

  #portal(): string | undefined {
    const { via, ssid } = this.status
    const hasPortal = via === 'ethernet' ? this.#environment.ethernet.captivePortal : this.#wifi()?.captivePortal
    const name = ssid ?? 'ethernet'
    return hasPortal && !this.#released.has(name) ? name : undefined
  }

  #wifi(): WifiNetwork | undefined {
    if (!this.#hasWifi || !this.#isRadioOn || this.#ssid === undefined) return undefined
    return this.#environment.wifi.find(({ ssid }) => ssid === this.#ssid)
  }

  #isBlocked(host: string): boolean {
    return [...this.#blocked].some((rule) => meansHost(rule, host))
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
