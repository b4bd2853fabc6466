import type { ReadFilter } from '../../protocols/odata/filter.ts'
import type { GraphCall } from './contract.ts'
import { badRequest } from './graph-error.ts'

/** All that compares a value with a literal. `eq` behind a function, as in `contains(…) eq true`, is part of that function. */
const COMPARING = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'in']

/**
 * Registered devices are found by `contains` alone: `eq` was 400 for the serial number, the id and all else that was tried, and the
 * service's own people answer with `contains` (field reports of 2020 to 2022, with the body [M]).
 * That the service refuses the other comparisons too, and that it takes `startswith`, is an assumption [A].
 * One report of 2023 has 400 for `contains` with hyphens in the serial number; it was never confirmed, and is not played.
 * Lists of managed devices take `eq`, and of the other collections of Intune no report says that they refuse it.
 *
 * @throws GraphError 400, with the sentence of the field reports
 */
export function checkComparisons(
  { refusesComparisons }: Pick<GraphCall, 'refusesComparisons'>,
  filter: ReadFilter | undefined,
): void {
  if (refusesComparisons && COMPARING.some((operator) => filter?.operators.has(operator))) {
    throw badRequest('An error has occurred')
  }
}
