import { type BootState, FRESH_BOOT } from '../domain/boot.ts'
import type { DiskChange, LosableFact } from '../domain/conditions.ts'
import type { RecoveryState } from '../domain/reset.ts'

/** What the disk is like, besides what is on it. */
export class Storage {
  /** Nothing more can be written: downloads and installations fail. */
  isFull = false
  /** How many times as long an installation takes. */
  slowness = 1
  /** Windows RE: a partition of its own, which a reset leaves as it is. */
  recovery: RecoveryState
  readonly #lost = new Set<LosableFact>()

  constructor(recovery: RecoveryState = 'enabled') {
    this.recovery = recovery
  }

  /** @param disk what is on it now. False when nothing is other than before */
  change(change: DiskChange, disk: BootState): boolean {
    if ('full' in change) {
      const isOther = this.isFull !== change.full
      this.isFull = change.full
      return isOther
    }
    if ('slow' in change) {
      const isOther = this.slowness !== change.slow
      this.slowness = change.slow
      return isOther
    }
    if ('recovery' in change) {
      // Of an image that is gone, reagentc enables nothing.
      if (this.recovery === 'missing' || this.recovery === change.recovery) return false
      this.recovery = change.recovery
      return true
    }
    const { lost } = change
    if (disk[lost] === undefined || disk[lost] === false) return false
    this.#lost.add(lost)
    return true
  }

  /** What a start finds: all but what was lost since the last one. */
  found(disk: BootState): BootState {
    if (this.#lost.size === 0) return disk
    const fresh = Object.fromEntries([...this.#lost].map((fact) => [fact, (FRESH_BOOT as Partial<BootState>)[fact]]))
    this.#lost.clear()
    const left = Object.entries({ ...disk, ...fresh }).filter(([, value]) => value !== undefined)
    return Object.fromEntries(left) as unknown as BootState
  }

  /** A reset empties it. */
  wipe(): void {
    this.isFull = false
    this.#lost.clear()
  }
}
