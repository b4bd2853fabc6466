/** What was looked at, and what it means for a device. */
export interface Finding {
  verdict: 'ok' | 'warning' | 'problem'
  what: string
  /** What helps; empty for what is in order. */
  hint: string
}

export const ok = (what: string): Finding => ({ verdict: 'ok', what, hint: '' })
export const problem = (what: string, hint = ''): Finding => ({ verdict: 'problem', what, hint })
export const warning = (what: string, hint: string): Finding => ({ verdict: 'warning', what, hint })

/** `2027-02-01`. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

const DAY_MS = 86_400_000

/** Whole days from one time to another. */
export const daysBetween = (from: number, to: number): number => Math.floor((to - from) / DAY_MS)

/** Where a device looks at a service. */
export interface Visit {
  /** Unix milliseconds here. */
  now: number
  /** The server's clock less ours, in milliseconds, where it says what time it is. */
  skewMs: number | undefined
}
