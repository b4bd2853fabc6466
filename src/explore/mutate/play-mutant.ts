import type { JournalEntry } from '../../domain/journal.ts'
import type { Mutant } from '../../run/mutation/mutants.ts'
import { mutate } from '../../run/mutation/mutate.ts'
import { playSealed } from '../../scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../scenario/scenario.ts'
import { specOf } from '../../scenario/spec-of.ts'
import { coversOf } from '../covers.ts'

/** A case of a scenario, as a worker loads it. */
export interface PlayedCase {
  path: string
  id: string
}

/** What a scenario covers without a mutant. */
export interface CoveredCase extends PlayedCase {
  /** `edge network 4`, `state network.choosing`. */
  covers: readonly string[]
  /** Entries of its journal: the fewer, the cheaper. */
  length: number
  /** Why it does not pass; such a scenario can judge no mutant. */
  failures: readonly string[]
}

/** One mutant, and the scenarios that cover it, the cheapest first. */
export interface MutantJob {
  mutant: Mutant
  cases: readonly PlayedCase[]
}

export interface MutantResult {
  mutant: Mutant
  /** Runs that were played with it. */
  runs: number
  /** The scenario that failed; left out for a mutant that survived. */
  killedBy?: string
  /** What did not hold. */
  why?: string
}

/** A change may make a run endless: it ends as stuck then. */
const LIMITS = { entries: 20_000, requests: 2_000, deviceTimeMs: 14 * 86_400_000 }
const PROCESSOR_MS_MAX = 30_000

const known = new Map<string, readonly Scenario[]>()

function scenarioOf({ path, id }: PlayedCase): Scenario {
  const all = known.get(path) ?? loadScenarios(path)
  known.set(path, all)
  return all.find((one) => one.id === id)!
}

async function play(one: PlayedCase): Promise<{ failures: readonly string[]; journal: readonly JournalEntry[] }> {
  const scenario = scenarioOf(one)
  const deviceTimeMs = Math.min(scenario.limits.deviceTimeMs, LIMITS.deviceTimeMs)
  const limits = { ...scenario.limits, ...LIMITS, deviceTimeMs }
  const sealed = specOf({ ...scenario, limits }, scenario.seed ?? 1)
  return playSealed(sealed, { transport: 'direct', processorMsMax: PROCESSOR_MS_MAX })
}

/** A scenario as it is. */
export async function playCovered(one: PlayedCase): Promise<CoveredCase> {
  try {
    const { failures, journal } = await play(one)
    return { ...one, failures, length: journal.length, covers: coversOf(journal) }
  } catch (error) {
    return { ...one, failures: [messageOf(error)], length: 0, covers: [] }
  }
}

/** A mutant with its scenarios, until one fails. What it throws kills it too. */
export async function playMutant({ mutant, cases }: MutantJob): Promise<MutantResult> {
  const undo = mutate(mutant)
  try {
    for (const [index, one] of cases.entries()) {
      const why = await whyFailed(one)
      if (why !== undefined) return { mutant, runs: index + 1, killedBy: one.id, why }
    }
    return { mutant, runs: cases.length }
  } finally {
    undo()
  }
}

async function whyFailed(one: PlayedCase): Promise<string | undefined> {
  try {
    return (await play(one)).failures[0]
  } catch (error) {
    return messageOf(error)
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0]!
