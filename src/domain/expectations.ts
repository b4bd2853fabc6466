import type { Outcome } from './journal.ts'
import type { PageId } from './pages.ts'

export const APP_ENDS = ['installed', 'failed', 'skipped', 'uninstalled', 'absent'] as const
export type AppEnd = (typeof APP_ENDS)[number]

/** What a scenario expects of its run. */
export interface Expectations {
  outcome: Exclude<Outcome['kind'], 'stopped'>
  /** Windows code of a failure. */
  code?: string | undefined
  /** Of the sentence that says why it failed, or a part of it. */
  cause?: string | undefined
  /** Virtual milliseconds that the run may take. */
  within?: number | undefined
  /** In this order, gaps allowed. */
  pages: PageId[]
  never: PageId[]
  account?: 'standard' | 'administrator' | undefined
  autopilot?: boolean | undefined
  managed?: boolean | undefined
  /** Commands of the server that the tree answers so. */
  csp: { command: string; uri: string; status: number }[]
  /** What becomes of apps and scripts, by name: the last that the journal has of each; `absent`: nothing. */
  apps?: Record<string, AppEnd> | undefined
  /** Starts of the device. */
  boots?: number | undefined
}
