import type { NetworkEnvironment, Slowness } from '../../domain/network.ts'
import { CODE } from '../../domain/windows-codes.ts'
import type { Chance } from '../../ports/chance.ts'
import type { Blocked } from '../../ports/http.ts'

/** Windows tries a connection three times, and waits for this long each time: 21 s in all. */
const TRIES_MS = [3_000, 6_000, 12_000] as const
/** Bits of a full TCP segment. */
const SEGMENT_BITS = 1_460 * 8

/** How fast the way is, and how much of it gets lost. */
export class Quality {
  readonly #environment: NetworkEnvironment
  readonly #chance: Chance | undefined
  #slow: Slowness | null = null
  #loss: number | null = null

  /** @param chance which packets are lost; without one none is */
  constructor(environment: NetworkEnvironment, chance: Chance | undefined) {
    this.#environment = environment
    this.#chance = chance
  }

  set slow(slow: Slowness | null) {
    this.#slow = slow
  }

  set loss(loss: number | null) {
    this.#loss = loss
  }

  /** For the journal and for a comparison: what an event has made of it. */
  get state(): { slow?: Slowness; loss?: number } {
    return { ...(this.#slow ? { slow: this.#slow } : {}), ...(this.#loss === null ? {} : { loss: this.#loss }) }
  }

  /** One way, in virtual milliseconds. */
  get latencyMs(): number {
    return this.#slow?.latencyMs ?? this.#environment.latencyMs
  }

  get #lossShare(): number {
    return (this.#loss ?? this.#environment.loss ?? 0) / 100
  }

  /** What packet loss costs a request that leaves now: time, or the connection. */
  leave(host: string): { lateMs: number } | Blocked {
    const share = this.#lossShare
    if (share === 0 || !this.#chance) return { lateMs: 0 }
    // There and back: one lost packet of the two is enough.
    const lost = 1 - (1 - share) ** 2
    let lateMs = 0
    for (const waitMs of TRIES_MS) {
      if (this.#chance.number() >= lost) return { lateMs }
      lateMs += waitMs
    }
    const text = `${host} does not answer: too many packets are lost`
    return { kind: 'blocked', code: CODE.cannotConnect, text, afterMs: lateMs, by: 'loss' }
  }

  /**
   * Virtual milliseconds of a download. With loss TCP gets no faster than by the formula of Mathis and others: segment size over
   * round-trip time, times 1.22 over the root of the share that is lost.
   */
  transferMs(bytes: number): number {
    const wireBitsPerMs = (this.#slow?.downloadMbps ?? this.#environment.downloadMbps) * 1_000
    const share = this.#lossShare
    const roundTripMs = Math.max(1, 2 * this.latencyMs)
    const tcpBitsPerMs =
      share === 0 ? Number.POSITIVE_INFINITY : ((SEGMENT_BITS / roundTripMs) * 1.22) / Math.sqrt(share)
    return Math.ceil((bytes * 8) / Math.min(wireBitsPerMs, tcpBitsPerMs))
  }
}
