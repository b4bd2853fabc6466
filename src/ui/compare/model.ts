import type { ComparedPair, CompareSource, Side } from './source.ts'

/** The comparison as a person has left it. */
export interface CompareModel {
  /** The pair that is looked at; null where it begins: where the two part. */
  at: number | null
  /** The cockpit of one of them is open. */
  side: Side | null
}

export const COMPARE_START: CompareModel = { at: null, side: null }

/** Index of the pair that is looked at. */
export const pairAt = ({ at }: CompareModel, { pairs, partsAt }: CompareSource): number =>
  Math.max(0, Math.min(pairs.length - 1, at ?? partsAt ?? pairs.length - 1))

/** The moment of one of the two at a pair, in virtual milliseconds: that of its last step so far. */
export function momentOf(pairs: readonly ComparedPair[], index: number, side: Side): number {
  for (let at = index; at >= 0; at--) {
    const step = pairs[at]?.[side]
    if (step) return step.at
  }
  return 0
}
