/** Something that may happen next. */
export interface Candidate {
  /** What it is: `arrive MS-MDE2 Discover`, `runNextJob`, `timer`. */
  what: string
  /** Virtual milliseconds: the earliest moment at which it can happen. */
  at: number
}

/** Answers what happens first where more than one thing can: two entries of one moment, or within the jitter of the network. */
export interface Choices {
  /** An index into `candidates`, which are at least two, in the order of their time. */
  pick(candidates: readonly Candidate[]): number
}
