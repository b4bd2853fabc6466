import type { ProxyFacts, SchoolNetworkChange } from '../../domain/network.ts'
import { CODE } from '../../domain/windows-codes.ts'
import { HostRules } from './host-rules.ts'
import type { Answered, Passage, Stop } from './passage.ts'

type ProxyChange = Extract<SchoolNetworkChange, { proxy: unknown }>['proxy']

/** How a request gets out: past any proxy, by it, or not at all. */
export type Way = 'direct' | 'proxy' | 'closed'

/** A connection that nothing takes: the same as at a firewall. */
const CONNECT_MS = 21_000
const REFUSAL_MS = 300

const encoder = new TextEncoder()

/** The proxy of the school, and whether the device knows of it. */
export class ProxyWay {
  readonly #own: ProxyFacts | undefined
  #facts: ProxyFacts | undefined
  #isDown = false
  #isKnown = false

  constructor(facts: ProxyFacts | undefined) {
    this.#own = facts
    this.#facts = facts
  }

  /** False where it changes nothing: there is no proxy that could be down, or ask for a sign-in. */
  change(change: ProxyChange): boolean {
    const before = this.state
    if (change === 'down') this.#isDown = this.#facts !== undefined
    else if (change === 'signIn') this.#facts = this.#facts && { ...this.#facts, signIn: true }
    else {
      this.#isDown = false
      this.#facts = change ?? this.#own
    }
    return this.state !== before
  }

  /** For the journal and for a comparison; undefined as long as there is no proxy. */
  get state(): string | undefined {
    if (!this.#facts) return undefined
    return `${this.#facts.address}${this.#isDown ? ', down' : ''}${this.#facts.signIn ? ', asks for a sign-in' : ''}`
  }

  get host(): string {
    return this.#facts ? new URL(this.#facts.address).hostname : ''
  }

  /** Where the network says that its PAC file is; undefined where it does not say so, or the device has it. */
  get wpadUrl(): string | undefined {
    if (this.#facts?.found !== 'wpad' || this.#isKnown) return undefined
    const domain = this.host.split('.').slice(1).join('.')
    return `http://wpad${domain ? `.${domain}` : ''}/wpad.dat`
  }

  /** The device has read the PAC file. */
  learn(): void {
    this.#isKnown = true
  }

  forget(): void {
    this.#isKnown = false
  }

  wayOf(host: string): Way {
    if (!this.#facts || new HostRules(this.#facts.direct).mean(host)) return 'direct'
    return this.#isKnown ? 'proxy' : 'closed'
  }

  /** The PAC file, where the request is for it. */
  pacFile({ request }: Passage): Answered | undefined {
    if (!this.#facts || request.url !== this.wpadUrl) return undefined
    const { direct = [], address } = this.#facts
    const rules = direct.map((rule) => `  if (shExpMatch(host, ${JSON.stringify(rule)})) return "DIRECT";\n`)
    const text = `function FindProxyForURL(url, host) {\n${rules.join('')}  return "PROXY ${new URL(address).host}";\n}\n`
    const headers = { 'content-type': 'application/x-ns-proxy-autoconfig' }
    return { kind: 'answer', by: 'proxy', response: { status: 200, headers, body: encoder.encode(text) } }
  }

  /** What a request meets that goes by the proxy, or would have to. */
  stop({ host, isTls }: Passage, way: Way): Stop | undefined {
    if (way === 'direct' || !this.#facts) return undefined
    const { free, signIn, address } = this.#facts
    if (way === 'closed') {
      const text = `${host} does not answer: only the proxy ${address} gets out, and the device does not know of it`
      return { kind: 'blocked', code: CODE.cannotConnect, text, afterMs: CONNECT_MS, by: 'proxy' }
    }
    if (this.#isDown) {
      const text = `the proxy ${address} does not answer`
      return { kind: 'blocked', code: CODE.cannotConnect, text, afterMs: CONNECT_MS, by: 'proxy' }
    }
    if (!signIn || new HostRules(free).mean(host)) return undefined
    const text = `the proxy ${address} asks for a sign-in, which setup does not have`
    if (isTls) return { kind: 'blocked', code: CODE.proxySignInNeeded, text, afterMs: REFUSAL_MS, by: 'proxy' }
    const headers = { 'proxy-authenticate': 'Basic realm="proxy"' }
    return { kind: 'answer', by: 'proxy', response: { status: 407, headers, body: new Uint8Array(0) } }
  }
}
