import { UserError } from '../domain/trouble.ts'
import type { Counts } from './count-run.ts'

export const COVERAGE_FORMAT = 1

/** What runs have covered, as a file: parts of one command are added up. */
export interface Coverage {
  oobeCoverage: typeof COVERAGE_FORMAT
  /** Of oobe-sim. */
  product: string
  runs: number
  counts: Counts
}

/** Sums are the same in any order. */
export class Counters {
  readonly #counts = new Map<string, number>()
  #runs = 0

  add(counts: Counts, runs = 1): void {
    this.#runs += runs
    for (const [id, count] of Object.entries(counts)) this.#counts.set(id, (this.#counts.get(id) ?? 0) + count)
  }

  get runs(): number {
    return this.#runs
  }

  of(id: string): number {
    return this.#counts.get(id) ?? 0
  }

  get ids(): string[] {
    return [...this.#counts.keys()].sort()
  }

  /**
   * @param product version of oobe-sim
   * @param all what there is to cover: what was not covered has the count 0, so that the file says what there was
   */
  text(product: string, all: readonly string[] = []): string {
    const ids = [...new Set([...this.ids, ...all])].sort()
    const counts = Object.fromEntries(ids.map((id) => [id, this.of(id)]))
    const coverage: Coverage = { oobeCoverage: COVERAGE_FORMAT, product, runs: this.#runs, counts }
    return `${JSON.stringify(coverage, null, 1)}\n`
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** Code `ERR_COVERAGE`, with the file. */
export function readCoverage(text: string, file: string): Coverage {
  const refuse = (what: string): never => {
    throw new UserError('ERR_COVERAGE', `${file}: ${what}`, ['"oobe run --coverage FILE" makes one'])
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return refuse(`not JSON: ${(error as Error).message.slice(0, 100)}`)
  }
  const { oobeCoverage, product, runs, counts } = (value ?? {}) as Partial<Record<keyof Coverage, unknown>>
  if (oobeCoverage === undefined) return refuse('these are no counters of "oobe run --coverage"')
  if (oobeCoverage !== COVERAGE_FORMAT) {
    return refuse(
      `these counters have format ${JSON.stringify(oobeCoverage)}; this version reads format ${COVERAGE_FORMAT}`,
    )
  }
  if (typeof product !== 'string' || !isCount(runs) || typeof counts !== 'object' || counts === null) {
    return refuse('the counters were changed')
  }
  const wrong = Object.entries(counts).find(([, count]) => !isCount(count))
  if (wrong) return refuse(`the counter "${wrong[0].slice(0, 80)}" is no count`)
  return value as Coverage
}
