import type { EspProgress, EspStatus, EspStep } from '../../domain/esp.ts'
import type { CategoryState } from '../../domain/screen.ts'

export interface EspOptions {
  /** Names of providers that have had their time. */
  overdue?: ReadonlySet<string>
  /** `DeviceBehaviour`. */
  waitsForSidecar?: boolean
  /** Whether a node that is there needs a restart, and has had none since. */
  needsRestart?: (uri: string) => boolean
}

/**
 * Progress of a category, computed from the tree and from nothing else (reference: oobe-autopilot-esp.md, 4). It keeps what
 * it has computed, and computes again what the tree says has changed.
 */
export interface ComputedProgress {
  /** @param changed keys of nodes that are other than they were */
  see(changed: readonly string[]): void
  now(): EspProgress
}

export const ROOT = { device: './Device/Vendor/MSFT', user: './User/Vendor/MSFT' } as const

const STATUS: Record<CategoryState, EspStatus> = {
  notStarted: { says: 'waiting' },
  inProgress: { says: 'working' },
  succeeded: { says: 'complete' },
  failed: { says: 'failed' },
  notRequired: { says: 'noSetup' },
}

export const statusOf = (state: CategoryState): EspStatus => STATUS[state]

export const isOver = ({ state }: EspStep): boolean => state === 'succeeded' || state === 'notRequired'
