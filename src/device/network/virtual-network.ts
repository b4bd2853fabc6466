import type { AdapterFacts } from '../../domain/device.ts'
import type { HttpRequest } from '../../domain/http.ts'
import { parseAddress } from '../../domain/ip-address.ts'
import type { Whereabouts } from '../../domain/named-locations.ts'
import type {
  ConnectAnswer,
  Credentials,
  NetworkChange,
  NetworkEnvironment,
  NetworkStatus,
  NetworkSwitches,
  VisibleNetworks,
} from '../../domain/network.ts'
import { hasIpv6 } from '../../domain/service-hosts.ts'
import { CODE } from '../../domain/windows-codes.ts'
import type { Chance } from '../../ports/chance.ts'
import type { NetworkGate, Sending } from '../../ports/http.ts'
import { HostRules } from './host-rules.ts'
import { Links } from './links.ts'
import { type Passage, passageOf, type Stop } from './passage.ts'
import { Portals } from './portals.ts'
import { ProxyWay, type Way } from './proxy-way.ts'
import { Quality } from './quality.ts'
import { clockTrouble, inspectionTrouble } from './tls-trouble.ts'

/** What the network knows of the run. */
export interface Senses {
  /** Virtual milliseconds. */
  now: () => number
  /** How far the device's clock is ahead. */
  skewMs: () => number
  /** Which packets are lost. */
  chance?: Chance
}

/** A resolver that nothing answers, after its tries: an assumption. A name that does not exist is known at once. */
const NO_DNS_MS = 12_000
const NO_NAME_MS = 300
/** A firewall that drops what it does not let through. */
const DROPPED_MS = 21_000

/** Links, and what lies between them and the internet. Asked before each request leaves. */
export class VirtualNetwork implements NetworkGate {
  readonly #environment: NetworkEnvironment
  readonly #links: Links
  readonly #listeners = new Set<() => void>()
  readonly #portals: Portals
  readonly #proxy: ProxyWay
  readonly #quality: Quality
  readonly #blocked: HostRules
  readonly #unresolved: HostRules
  readonly #inspected: HostRules
  readonly #closedPorts: Set<number>
  readonly #senses: Senses
  #isUplinkUp = true

  constructor(
    environment: NetworkEnvironment,
    adapters: readonly AdapterFacts[],
    senses: Senses = { now: () => 0, skewMs: () => 0 },
  ) {
    this.#environment = environment
    this.#senses = senses
    this.#links = new Links(environment, adapters)
    this.#portals = new Portals(senses.now)
    this.#proxy = new ProxyWay(environment.proxy)
    this.#quality = new Quality(environment, senses.chance)
    this.#blocked = new HostRules(environment.blockedHosts)
    this.#unresolved = new HostRules(environment.dns === 'down' ? ['*'] : environment.dns)
    this.#inspected = new HostRules(environment.inspect?.hosts)
    this.#closedPorts = new Set(environment.closedPorts)
  }

  get status(): NetworkStatus {
    return this.#links.status
  }

  get isOnline(): boolean {
    return this.status.via !== 'none' && this.#isUplinkUp
  }

  get isMetered(): boolean {
    return this.#links.link?.isMetered === true
  }

  /** Where the internet sees the device; undefined where the network does not say. */
  get whereabouts(): Whereabouts | undefined {
    return this.#links.link?.from
  }

  /** Where the network says that its PAC file is, for a device that does not have it yet. */
  get wpadUrl(): string | undefined {
    return this.isOnline ? this.#proxy.wpadUrl : undefined
  }

  learnProxy(): void {
    this.#proxy.learn()
  }

  lookAround(): VisibleNetworks {
    const { status, hiddenBars, isWireClosed } = this.#links
    return {
      status,
      networks: this.#links.visible(),
      ...(hiddenBars === undefined ? {} : { hiddenBars }),
      ...(isWireClosed ? { isWireClosed } : {}),
    }
  }

  connect(ssid: string, typed: Credentials = {}): ConnectAnswer {
    const answer = this.#links.connect(ssid, typed)
    if (answer.kind === 'connected') {
      this.#proxy.forget()
      this.#changed()
    }
    return answer
  }

  /** False when everything was so already. */
  change(change: NetworkChange): boolean {
    const before = JSON.stringify(this.switches)
    this.#make(change)
    this.#changed()
    return before !== JSON.stringify(this.switches)
  }

  /** What has been done to it from outside. */
  get switches(): NetworkSwitches {
    const proxy = this.#proxy.state
    return {
      cable: this.#links.hasCable,
      radio: this.#links.isRadioOn,
      uplink: this.#isUplinkUp,
      blocked: this.#blocked.list,
      ...some('unresolved', this.#unresolved.list),
      ...some('closedPorts', [...this.#closedPorts]),
      ...some('inspected', this.#inspected.list),
      ...(proxy === undefined ? {} : { proxy }),
      ...(this.#portals.isForced ? { portal: true } : {}),
      ...this.#quality.state,
    }
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** A start of the device: links are down until something connects. */
  powerOn(): void {
    this.#links.drop()
    this.#proxy.forget()
  }

  forget(): void {
    this.#links.forget()
    this.#portals.forget()
    this.#proxy.forget()
  }

  pass(request: HttpRequest, sending: Sending = {}): ReturnType<NetworkGate['pass']> {
    const passage = passageOf(request, sending.hasCertificate === true)
    const stop = sending.isUnderWay ? this.#cut(passage) : this.#stop(passage)
    if (stop) return stop
    const { latencyMs } = this.#quality
    if (sending.isUnderWay || sending.isQuestion) return { kind: 'pass', latencyMs }
    const left = this.#quality.leave(passage.host)
    if ('kind' in left) return left
    return { kind: 'pass', latencyMs, ...(left.lateMs > 0 ? { lateMs: left.lateMs } : {}) }
  }

  /** Whether something on a network that is there stops a request, or answers it. Nothing leaves. */
  stops(request: HttpRequest): boolean {
    return this.isOnline && this.pass(request, { isQuestion: true }).kind !== 'pass'
  }

  transferMs(bytes: number): number {
    return this.#quality.transferMs(bytes)
  }

  #make(change: NetworkChange): void {
    if ('cable' in change) this.#links.hasCable = change.cable === 'in'
    else if ('wifi' in change) this.#links.isRadioOn = change.wifi === 'on'
    else if ('uplink' in change) this.#isUplinkUp = change.uplink === 'up'
    else if ('block' in change) this.#blocked.set(change.block, true)
    else if ('unblock' in change) this.#blocked.set(change.unblock, false)
    else if ('dns' in change) this.#unresolved.set(change.dns, !change.works)
    else if ('inspect' in change) this.#inspected.set(change.inspect, change.isOn)
    else if ('proxy' in change) this.#proxy.change(change.proxy)
    else if ('portal' in change) this.#portals.force(change.portal === 'on')
    else if ('slow' in change) this.#quality.slow = change.slow
    else if ('loss' in change) this.#quality.loss = change.loss
    else if (change.isOpen) this.#closedPorts.delete(change.port)
    else this.#closedPorts.add(change.port)
  }

  /** What stops a request that is to leave. */
  #stop(passage: Passage): Stop | undefined {
    if (!this.isOnline) return this.#offline(passage)
    const way = this.#proxy.wayOf(passage.host)
    return (
      this.#nameTrouble(passage, way) ??
      this.#proxy.pacFile(passage) ??
      this.#filtered(passage, way) ??
      this.#atPortal(passage) ??
      this.#proxy.stop(passage, way) ??
      (this.#inspected.mean(passage.host)
        ? inspectionTrouble(passage, this.#environment.inspect?.trusted === true)
        : undefined) ??
      clockTrouble(passage, this.#senses.skewMs())
    )
  }

  /** What cuts a request that is under way: its names are known, its server is trusted. */
  #cut(passage: Passage): Stop | undefined {
    if (!this.isOnline) return this.#offline(passage)
    return this.#filtered(passage, this.#proxy.wayOf(passage.host)) ?? this.#atPortal(passage)
  }

  #offline({ host }: Passage): Stop {
    return {
      kind: 'blocked',
      code: CODE.nameNotResolved,
      text: `the name ${host} could not be resolved: no network`,
      afterMs: 1_000,
      ...(this.#links.isWireClosed ? { by: 'authentication' } : {}),
    }
  }

  /** By a proxy its name is all that the device has to know. */
  #nameTrouble({ host }: Passage, way: Way): Stop | undefined {
    const name = way === 'proxy' ? this.#proxy.host : host
    if (parseAddress(name)) return undefined
    const code = CODE.nameNotResolved
    if (this.#unresolved.mean(name)) {
      const afterMs = this.#unresolved.list.includes('*') ? NO_DNS_MS : NO_NAME_MS
      return { kind: 'blocked', code, text: `DNS does not resolve the name ${name}`, afterMs, by: 'dns' }
    }
    if (!this.#environment.ipv6Only || way === 'proxy' || hasIpv6(name)) return undefined
    return {
      kind: 'blocked',
      code,
      text: `${name} has no IPv6 address, and the network no other`,
      afterMs: NO_NAME_MS,
      by: 'ipv6',
    }
  }

  /** What a firewall does not let through. */
  #filtered({ host, port }: Passage, way: Way): Stop | undefined {
    const code = CODE.cannotConnect
    if (this.#blocked.mean(host)) {
      return { kind: 'blocked', code, text: `${host} is blocked on this network`, afterMs: DROPPED_MS }
    }
    if (way === 'proxy' || !this.#closedPorts.has(port)) return undefined
    const text = `${host} does not answer: port ${port} is closed on this network`
    return { kind: 'blocked', code, text, afterMs: DROPPED_MS, by: 'port' }
  }

  #atPortal(passage: Passage): Stop | undefined {
    const { link } = this.#links
    return link && this.#portals.stop(passage, link)
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}

const some = <Name extends string, Value>(name: Name, list: Value[]): { [Key in Name]?: Value[] } =>
  (list.length === 0 ? {} : { [name]: list }) as { [Key in Name]?: Value[] }
