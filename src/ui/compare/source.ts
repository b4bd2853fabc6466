import type { CockpitSource } from '../cockpit/source.ts'

export type Side = 'left' | 'right'

/** A step of a run that a person would tell of. */
export interface ComparedStep {
  /** Virtual milliseconds. */
  at: number
  text: string
  isFailure: boolean
}

/** The same step of two runs, or one that only one of them has. */
export type ComparedPair = Readonly<Partial<Record<Side, ComparedStep>>>

/** Two finished runs beside each other. */
export interface CompareSource {
  names: Readonly<Record<Side, string>>
  /** How alike they are, in a sentence. */
  result: string
  /** What made them part; empty where nothing did. */
  partedBy: string
  pairs: readonly ComparedPair[]
  /** Index of the pair from which on they are different; null where they are not. */
  partsAt: number | null
  runs: Readonly<Record<Side, CockpitSource>>
}
