/** What was looked at, and what it means for a device. */
export interface Finding {
  verdict: 'ok' | 'warning' | 'problem'
  what: string
  /** What helps; empty for what is in order. */
  hint: string
}

/** A warning about what servers may do, moot where this one is seen to do otherwise. */
export interface Guess extends Finding {
  isGuess: true
}

export const guess = (what: string, hint: string): Guess => ({ ...warning(what, hint), isGuess: true })

/** Guesses as they stand once the server has taken what they are about, or has not been seen to. */
export const settled = (findings: readonly (Finding | Guess)[], isTaken: boolean): Finding[] =>
  findings.map((finding) => {
    if (!('isGuess' in finding)) return finding
    const { verdict, what, hint } = finding
    return isTaken ? ok(`${what}; the server takes it`) : { verdict, what, hint }
  })

export const ok = (what: string): Finding => ({ verdict: 'ok', what, hint: '' })
export const problem = (what: string, hint = ''): Finding => ({ verdict: 'problem', what, hint })
export const warning = (what: string, hint: string): Finding => ({ verdict: 'warning', what, hint })

/** `2027-02-01`. Certificates may say what no calendar has. */
export const dayOf = (time: number): string => {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? 'a day that cannot be read' : date.toISOString().slice(0, 10)
}

/** `good until 2027-02-01 (90 days)`. */
export const goodUntil = (to: number, now: number): string => {
  const days = daysBetween(now, to)
  return `good until ${dayOf(to)}${Number.isNaN(days) ? '' : ` (${days} days)`}`
}

const DAY_MS = 86_400_000

/** Whole days from one time to another. */
export const daysBetween = (from: number, to: number): number => Math.floor((to - from) / DAY_MS)

/** How long a service has for one answer. */
export const ANSWER_MAX_MS = 30_000

/** Where a device looks at a service. */
export interface Visit {
  /** Unix milliseconds here. */
  now: number
  /** The server's clock less ours, in milliseconds, where it says what time it is. */
  skewMs: number | undefined
}
