import type { Changes } from '../changes.ts'

/** Two synchronisations need ten minutes between them ("windowsAutopilotSettings: sync", reference device-identity.md, 2.3 [D]). */
const INTERVAL_MS = 600_000

export interface KeptSynchronisation {
  startedAt: number | undefined
  endedBefore: number | undefined
}

export type SyncAnswer = 'started' | 'running' | 'tooSoon'

/** `windowsAutopilotSettings`: the exchange of Intune with the deployment service. */
export class Synchronisation {
  readonly #durationMs: number
  readonly #changes: Changes
  /** Unix milliseconds; undefined before the first one that somebody started. */
  startedAt: number | undefined
  #endedBefore: number | undefined

  constructor(durationMs: number, changes: Changes) {
    this.#durationMs = durationMs
    this.#changes = changes
  }

  start(now: number): SyncAnswer {
    if (this.isRunning(now)) return 'running'
    if (this.startedAt !== undefined && now < this.startedAt + INTERVAL_MS) return 'tooSoon'
    this.#changes.note()
    this.#endedBefore = this.endedAt(now)
    this.startedAt = now
    return 'started'
  }

  isRunning = (now: number): boolean => this.startedAt !== undefined && now < this.startedAt + this.#durationMs

  /** When the last one ended; while one runs, the one before. */
  endedAt = (now: number): number | undefined =>
    this.startedAt === undefined || this.isRunning(now) ? this.#endedBefore : this.startedAt + this.#durationMs

  keep = (): KeptSynchronisation => ({ startedAt: this.startedAt, endedBefore: this.#endedBefore })

  restore({ startedAt, endedBefore }: KeptSynchronisation): void {
    this.startedAt = startedAt
    this.#endedBefore = endedBefore
  }

  /** Seconds until another may be started. */
  retryAfter = (now: number): number => Math.ceil(((this.startedAt ?? now) + INTERVAL_MS - now) / 1000)
}
