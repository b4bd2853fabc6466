import type { Changes } from '../changes.ts'
import type { DirectoryPart } from './directory-part.ts'

/** Two synchronisations need ten minutes between them ("windowsAutopilotSettings: sync", reference device-identity.md, 2.3 [D]). */
const INTERVAL_MS = 600_000

export type SyncAnswer = 'started' | 'running' | 'tooSoon'

/** `windowsAutopilotSettings`: the exchange of Intune with the deployment service. */
export class Synchronisation {
  readonly #durationMs: number
  readonly #part: () => Pick<DirectoryPart, 'synchronisation'>
  readonly #changes: Changes

  constructor(part: () => Pick<DirectoryPart, 'synchronisation'>, durationMs: number, changes: Changes) {
    this.#part = part
    this.#durationMs = durationMs
    this.#changes = changes
  }

  get startedAt(): number | undefined {
    return this.#part().synchronisation.startedAt
  }

  start(now: number): SyncAnswer {
    if (this.isRunning(now)) return 'running'
    if (this.startedAt !== undefined && now < this.startedAt + INTERVAL_MS) return 'tooSoon'
    this.#changes.note()
    this.#part().synchronisation = { startedAt: now, endedBefore: this.endedAt(now) }
    return 'started'
  }

  isRunning = (now: number): boolean => this.startedAt !== undefined && now < this.startedAt + this.#durationMs

  /** When the last one ended; while one runs, the one before. */
  endedAt = (now: number): number | undefined =>
    this.startedAt === undefined || this.isRunning(now)
      ? this.#part().synchronisation.endedBefore
      : this.startedAt + this.#durationMs

  /** Seconds until another may be started. */
  retryAfter = (now: number): number => Math.ceil(((this.startedAt ?? now) + INTERVAL_MS - now) / 1000)
}
