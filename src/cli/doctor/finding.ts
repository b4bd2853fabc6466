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
