import type { UsageLimits } from '../../domain/limits.ts'
import { outcomeText } from '../../journal/outcome.ts'
import { type SeenRun, seenOf, VIEWS } from '../../journal/seen.ts'
import { type Mutant, STRETCHED_BY } from '../../run/mutation/mutants.ts'
import { mutate } from '../../run/mutation/mutate.ts'
import { type JudgedRun, playSealed } from '../../scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../scenario/scenario.ts'
import { specOf } from '../../scenario/spec-of.ts'
import { coversOf } from '../covers.ts'

/** A case of a scenario, as a worker loads it. */
export interface PlayedCase {
  path: string
  id: string
}

/** What a run of a scenario uses without a mutant. */
export interface Usage {
  entries: number
  requests: number
  /** Virtual milliseconds. */
  durationMs: number
}

/** What a scenario covers without a mutant. */
export interface CoveredCase extends PlayedCase {
  /** `edge network 4`, `state network.choosing`. */
  covers: readonly string[]
  usage: Usage
  /** How many things it expects. */
  expects: number
  /** How it ends, in words. */
  end: string
  /** What is seen of it. */
  seen?: SeenRun
  /** Why it does not pass; such a scenario can judge no mutant. */
  failures: readonly string[]
}

/** A case that judges a mutant: with `seen` also by that, as a golden file does. */
export type JudgingCase = PlayedCase & Pick<CoveredCase, 'usage' | 'seen'>

/** One mutant, and the scenarios that cover it, in the order in which they are played. */
export interface MutantJob {
  mutant: Mutant
  cases: readonly JudgingCase[]
}

export interface MutantResult {
  mutant: Mutant
  /** Runs that were played with it. */
  runs: number
  /** The scenario that failed; left out for a mutant that survived. */
  killedBy?: string
  /** What did not hold. */
  why?: string
  /** The run was ended: it used several times as much as without the mutant. */
  isEndless?: true
}

/** A change may make a run endless. One that takes so many times as long, and a little more, is ended. */
const TIMES = 3
const MORE: Usage = { entries: 1_000, requests: 100, durationMs: 3_600_000 }
const PROCESSOR_MS_MAX = 10_000

/** A delay that is stretched makes a run longer by as much, and no more. */
const timesOf = ({ kind }: Mutant): number => (kind === 'stretch' ? STRETCHED_BY : TIMES)

/** What a run with a mutant may use. */
export function limitsWith(mutant: Mutant, usage: Usage, limits: UsageLimits): UsageLimits {
  const times = timesOf(mutant)
  const most = (name: keyof Usage) => times * usage[name] + MORE[name]
  return {
    ...limits,
    entries: Math.min(limits.entries, most('entries')),
    requests: Math.min(limits.requests, most('requests')),
    deviceTimeMs: Math.min(limits.deviceTimeMs, most('durationMs')),
  }
}

const known = new Map<string, readonly Scenario[]>()

function scenarioOf({ path, id }: PlayedCase): Scenario {
  const all = known.get(path) ?? loadScenarios(path)
  known.set(path, all)
  return all.find((one) => one.id === id)!
}

const play = (scenario: Scenario, processorMsMax?: number): Promise<JudgedRun> =>
  playSealed(specOf(scenario, scenario.seed ?? 1), {
    transport: 'direct',
    ...(processorMsMax === undefined ? {} : { processorMsMax }),
  })

/** A scenario as it is. */
export async function playCovered(one: PlayedCase): Promise<CoveredCase> {
  const scenario = scenarioOf(one)
  try {
    const { failures, ...result } = await play(scenario)
    return { ...coveredCase(scenario, result), failures }
  } catch (error) {
    return notCovered(one, messageOf(error))
  }
}

/** One that could not be played to its end. */
export const notCovered = (one: PlayedCase, why: string): CoveredCase => ({
  ...one,
  failures: [why],
  usage: { entries: 0, requests: 0, durationMs: 0 },
  ...{ covers: [], expects: 0, end: '' },
})

/** The same of a run that was played already, and has passed. */
export const coveredCase = (
  { path, id, expect }: Scenario,
  { journal, outcome, durationMs, disks }: Omit<JudgedRun, 'failures' | 'passed'>,
): CoveredCase => ({
  ...{ path, id, failures: [] },
  covers: coversOf(journal),
  usage: { entries: journal.length, requests: journal.filter(({ kind }) => kind === 'request').length, durationMs },
  expects: expect === null ? 0 : leavesOf(expect),
  end: outcomeText(outcome),
  seen: seenOf({ journal, disks }),
})

const leavesOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, one) => sum + leavesOf(one), 0)
    : 1

/** A mutant with its scenarios, until one fails. What it throws kills it too. */
export async function playMutant({ mutant, cases }: MutantJob): Promise<MutantResult> {
  const undo = mutate(mutant)
  try {
    for (const [index, one] of cases.entries()) {
      const kill = await killOf(mutant, one)
      if (kill) return { mutant, runs: index + 1, killedBy: one.id, ...kill }
    }
    return { mutant, runs: cases.length }
  } finally {
    undo()
  }
}

type Kill = Pick<MutantResult, 'isEndless'> & { why: string }

async function killOf(mutant: Mutant, one: JudgingCase): Promise<Kill | undefined> {
  const scenario = scenarioOf(one)
  const limits = limitsWith(mutant, one.usage, scenario.limits)
  try {
    const { failures, outcome, ...played } = await play({ ...scenario, limits }, PROCESSOR_MS_MAX)
    const [why = unlike(one.seen, seenOf(played))] = failures
    if (why === undefined) return undefined
    const isEndless = outcome.kind === 'stuck' && outcome.reason !== undefined
    return isEndless ? { why, isEndless } : { why }
  } catch (error) {
    const isEndless = (error as { code?: unknown }).code === 'ERR_PROCESSOR_TIME'
    return { why: messageOf(error), ...(isEndless ? { isEndless } : {}) }
  }
}

/** What a golden file would say; undefined where all is seen as without the mutant. */
function unlike(before: SeenRun | undefined, now: SeenRun): string | undefined {
  if (!before) return undefined
  const views = VIEWS.filter((view) => now[view] !== before[view])
  return views.length === 0 ? undefined : `not the same is seen: ${views.join(', ')}`
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0]!
