import type { DeviceDefinition } from '../domain/device.ts'
import { buildParts, isServiced, servicedUntil, versionOf } from '../domain/windows-versions.ts'

/** What decides whether an update is for a device, as its applicability rules say. */
export interface Applicability {
  /** The third part of the builds that it is for; left out: for all. */
  version?: number | undefined
  /** The fourth part of the build after it; left out: the build stays. */
  revision?: number | undefined
}

export interface Installed extends Applicability {
  revisionId: number
  needsRestart: boolean
}

/** Windows on the disk. Its build rises with a cumulative update: after the restart, where that needs one. */
export class InstalledWindows {
  readonly edition: DeviceDefinition['windows']['edition']
  /** Revision ids, of updates that are there. */
  updates: number[] = []
  #build: string
  #next: string | undefined

  constructor({ edition, build }: DeviceDefinition['windows']) {
    this.edition = edition
    this.#build = build
  }

  /** Four-part build, for example `10.0.26100.4652`. */
  get build(): string {
    return this.#build
  }

  /** For example `Windows 11 SE 24H2`. */
  get name(): string {
    const version = versionOf(this.edition, this.#build)?.name ?? this.#build
    return `Windows 11 ${this.edition} ${version}`
  }

  /** The last day with updates, if it is over. @param now Unix milliseconds */
  serviceEnded(now: number): string | undefined {
    return isServiced(this.edition, this.#build, now) ? undefined : servicedUntil(this.edition, this.#build)
  }

  /** Whether an update is for this Windows, and newer. */
  lacks({ version, revision }: Applicability): boolean {
    const own = buildParts(this.#next ?? this.#build)
    if (version !== undefined && version !== own.number) return false
    return revision === undefined || revision > own.revision
  }

  install({ revisionId, revision, needsRestart }: Installed): void {
    this.updates.push(revisionId)
    if (revision === undefined) return
    this.#next = `10.0.${buildParts(this.#build).number}.${revision}`
    if (!needsRestart) this.started()
  }

  started(): void {
    this.#build = this.#next ?? this.#build
    this.#next = undefined
  }

  /** Reset this PC keeps the build, and forgets which packages brought it. */
  wiped(): void {
    this.updates = []
  }
}
