import type { ComparedRun, ComparedRuns } from '../../report/compared/compare-runs.ts'
import { stepsOf, type WayStep } from '../../report/compared/way.ts'
import { align } from '../../report/wire/align.ts'
import type { ComparedPair, ComparedStep, CompareSource } from '../../ui/compare/source.ts'
import { cockpitOf } from '../cockpit-source.ts'
import { REASONS, RESULTS } from './lines.ts'
import type { Names } from './ways.ts'

/** What the view of two runs reads: their steps laid beside each other, and both journals. */
export function compareSourceOf(
  { result, parting, common }: ComparedRuns,
  { left, right }: Readonly<Record<'left' | 'right', ComparedRun>>,
  names: Names,
): CompareSource {
  const before = pairsOf(left, right, 0, common.entries)
  const pairs = parting ? [...before, ...pairsOf(left, right, common.entries)] : before
  return {
    names: { left: names.left, right: names.right },
    result: RESULTS[result],
    partedBy: parting ? REASONS[parting.by] : '',
    pairs,
    partsAt: parting ? before.length : null,
    runs: { left: cockpitOf(left.spec, left.entries), right: cockpitOf(right.spec, right.entries) },
  }
}

/** Steps of a part of both journals, by the indices of its entries. */
function pairsOf(left: ComparedRun, right: ComparedRun, from: number, to?: number): ComparedPair[] {
  const [a, b] = [left, right].map(({ entries }) => stepsOf(entries.slice(0, to), from)) as [WayStep[], WayStep[]]
  return align(a, b, ({ kind, text }) => `${kind} ${text}`).map((pair) => ({
    ...('left' in pair ? { left: stepOf(pair.left) } : {}),
    ...('right' in pair ? { right: stepOf(pair.right) } : {}),
  }))
}

const stepOf = ({ at, kind, text }: WayStep): ComparedStep => ({
  at,
  text,
  isFailure: kind === 'failure' || kind === 'answer',
})
