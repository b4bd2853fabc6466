import type { HttpResponse } from '../../domain/http.ts'
import type { PortalFacts } from '../../domain/network.ts'
import { CODE } from '../../domain/windows-codes.ts'
import { HostRules } from './host-rules.ts'
import type { Link } from './links.ts'
import type { Passage, Stop } from './passage.ts'

/** Where the captive portal of the surroundings lives. The network answers for it; nothing leaves the process. */
export const PORTAL_URL = 'http://portal.wifi.test/accept'

const REDIRECT: PortalFacts = { answers: 'redirect' }
const PAGE = '<html><title>Welcome</title><form method="post">Accept the terms of this network</form></html>'

const encoder = new TextEncoder()
const html = (status: number, body: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: encoder.encode(body),
})

/** Portals between the device and the internet, each on its network. */
export class Portals {
  readonly #now: () => number
  /** By network, when its terms were accepted: virtual milliseconds. */
  readonly #accepted = new Map<string, number>()
  /** Whatever network it is on. */
  isForced = false

  constructor(now: () => number) {
    this.#now = now
  }

  /** From now on there is a portal, or there is none but those of the networks. False when it was so already. */
  force(isOn: boolean): boolean {
    const was = this.isForced
    this.isForced = isOn
    if (isOn) this.#accepted.clear()
    return was !== isOn
  }

  forget(): void {
    this.#accepted.clear()
  }

  stop({ request, host, isTls }: Passage, link: Link): Stop | undefined {
    const portal = this.#closed(link)
    if (!portal || new HostRules(portal.lets).mean(host)) return undefined
    if (isTls) {
      return {
        kind: 'blocked',
        code: CODE.certificateInvalid,
        text: 'the captive portal answers with its own certificate',
        afterMs: 300,
        by: 'portal',
      }
    }
    if (request.method === 'POST' && (portal.answers === 'page' || request.url === PORTAL_URL)) {
      this.#accepted.set(link.name, this.#now())
      return { kind: 'answer', by: 'portal', response: { status: 200, headers: {}, body: encoder.encode('Welcome') } }
    }
    const response =
      portal.answers === 'page' ? html(200, PAGE) : { status: 302, headers: { location: PORTAL_URL }, body: NOTHING }
    return { kind: 'answer', by: 'portal', response }
  }

  /** The portal of a network while it lets nothing through. */
  #closed({ name, captivePortal }: Link): PortalFacts | undefined {
    const own = typeof captivePortal === 'object' ? captivePortal : captivePortal ? REDIRECT : undefined
    const portal = own ?? (this.isForced ? REDIRECT : undefined)
    const acceptedAt = this.#accepted.get(name)
    if (!portal || acceptedAt === undefined) return portal
    const openMs = this.#now() - acceptedAt - (portal.opensAfterMs ?? 0)
    return openMs < 0 || openMs >= (portal.sessionMs ?? Number.POSITIVE_INFINITY) ? portal : undefined
  }
}

const NOTHING = new Uint8Array(0)
