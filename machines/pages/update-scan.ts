import type { Carried } from '../carried.ts'
import { answered } from '../outcomes.ts'

export interface Update {
  id: string
  title: string
  needsRestart: boolean
  /** What the service offered. */
  offer: Carried
}

/** `notServiced`: this version of Windows gets no updates any more. `windows` names it, `until` is the last day with them. */
export type UpdateScan =
  | { kind: 'found'; updates: Update[] }
  | { kind: 'none' }
  | { kind: 'notServiced'; windows: string; until: string }
  | { kind: 'unavailable'; code: string }

export type UpdateInstallation = { kind: 'installed'; needsRestart: boolean } | { kind: 'failed'; code: string }

/** What a page of updates knows once it has asked. */
export interface ScanContext {
  updates: Update[]
  /** Why this Windows gets no updates. */
  notServiced: string
}

/** The reason not to show the page that is known when the service has answered. */
export const isNotServiced = {
  when: ({ notServiced }: ScanContext) => notServiced !== '',
  fact: ({ notServiced }: ScanContext) => notServiced,
  effect: 'Windows Update has no updates for it',
  later: true,
} as const

export const scanGuards = {
  foundUpdates: (_: unknown, scan: UpdateScan) => scan.kind === 'found',
  gotNothing: (_: unknown, scan: UpdateScan) => scan.kind === 'notServiced',
}

export const updatesOf = (scan: UpdateScan): Update[] => (scan.kind === 'found' ? scan.updates : [])

/** Why there is nothing to find. */
export const notServicedText = (scan: UpdateScan): string =>
  scan.kind === 'notServiced' ? `the support of ${scan.windows} ended on ${scan.until}` : ''

/** The service has updates, or none for this Windows. */
export const ON_SCAN = [
  {
    guard: { type: 'foundUpdates', params: answered },
    actions: { type: 'noteUpdates', params: answered },
    target: 'installing',
  },
  {
    guard: { type: 'gotNothing', params: answered },
    actions: { type: 'noteNotServiced', params: answered },
    target: 'doesNotApply',
  },
] as const
