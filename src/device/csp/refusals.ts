import { matchesCommand } from '../../domain/text-pattern.ts'

/** Commands that the device answers with a status of a test, and does not carry out. They outlive a restart. */
export class Refusals {
  /** By pattern: `Replace *FirstSyncStatus*`. */
  readonly #statuses = new Map<string, number>()

  /** @param status undefined ends it. False when nothing is other than before */
  change(pattern: string, status: number | undefined): boolean {
    if (this.#statuses.get(pattern) === status) return false
    if (status === undefined) this.#statuses.delete(pattern)
    else this.#statuses.set(pattern, status)
    return true
  }

  statusOf(command: string, uri: string): number | undefined {
    for (const [pattern, status] of this.#statuses) if (matchesCommand(pattern, command, uri)) return status
    return undefined
  }
}
