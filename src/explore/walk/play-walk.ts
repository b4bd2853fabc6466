import { UserError } from '../../domain/trouble.ts'
import type { RunResult } from '../../run/run-options.ts'
import { prepareRun } from '../../scenario/run-scenario.ts'
import { type Baseline, baselineOf } from '../baseline.ts'
import { coversOf } from '../covers.ts'
import { type Choice, scenarioOfChoice } from './factors.ts'
import { type MadeMove, type Move, makeMove } from './moves.ts'
import { bugOf, type Finding, findingOf, type WalkFacts } from './oracle.ts'
import { type Plain, scenarioOfWords, withMoves } from './written.ts'

/** One run of an exploration as plain data: a worker needs nothing else. */
export interface WalkJob {
  choice: Choice
  moves: readonly Move[]
  seed: number
  /** Of a finding that is made smaller: the scenario as it is written, in the place of choice and moves. */
  words?: Plain
  /** The same: what it was made of. */
  facts?: WalkFacts
}

/** How a walk ended: the kind of its outcome; `refused` where its parts do not go together, `bug` where it threw. */
export type WalkEnd = RunResult['outcome']['kind'] | 'refused' | 'bug'

export interface WalkResult {
  job: WalkJob
  end: WalkEnd
  /** As its file would say it; left out where the parts do not go together. */
  words?: Plain
  moves: readonly string[]
  facts: WalkFacts
  /** Numbers of moves that found no place in a run of this choice. */
  absent: readonly number[]
  /** `state network.choosing`, `edge network 4`. */
  covers: readonly string[]
  /** Entries of its journal. */
  length: number
  finding?: Finding
  /** Why its parts do not go together. */
  refusal?: string
}

/** One walk. What it throws is in the result: the others are played all the same. */
export async function playWalk(job: WalkJob): Promise<WalkResult> {
  const empty = { job, moves: [], facts: { mayHang: false, hasFault: false }, absent: [], covers: [], length: 0 }
  let made: readonly (MadeMove | undefined)[] = []
  let words = job.words
  try {
    if (!words) {
      const baseline = job.moves.length === 0 ? undefined : await baselineFor(job.choice, job.seed)
      made = baseline ? job.moves.map((move) => makeMove(move, baseline)) : []
      words = withMoves(scenarioOfChoice(job.choice, job.seed), present(made))
    }
  } catch (error) {
    if (error instanceof UserError) return { ...empty, end: 'refused', refusal: error.message }
    return { ...empty, end: 'bug', finding: bugOf(error) }
  }
  const facts = job.facts ?? {
    mayHang: present(made).some((move) => move.mayHang),
    hasFault: job.moves.some((move, index) => move.kind === 'fault' && made[index] !== undefined),
  }
  const known = {
    ...empty,
    words,
    moves: present(made).map(({ text }) => text),
    facts,
    absent: made.flatMap((move, index) => (move ? [] : [index])),
  }
  try {
    const result = await played(words, job.seed)
    const finding = findingOf(result, facts)
    return {
      ...known,
      end: result.outcome.kind,
      covers: coversOf(result.journal),
      length: result.journal.length,
      ...(finding ? { finding } : {}),
    }
  } catch (error) {
    if (error instanceof UserError) return { ...known, end: 'refused', refusal: error.message }
    return { ...known, end: 'bug', finding: bugOf(error) }
  }
}

const present = (made: readonly (MadeMove | undefined)[]): MadeMove[] => made.flatMap((move) => move ?? [])

/** A walk that has no end is not worth its time. */
const LIMITS = { entries: 20_000, requests: 2_000, deviceTimeMs: 14 * 86_400_000 }

async function played(words: Plain, seed: number): Promise<RunResult> {
  const scenario = scenarioOfWords(words)
  const limits = { ...scenario.limits, ...LIMITS }
  const { run, release } = await prepareRun({ ...scenario, limits, expect: null }, { seed, transport: 'direct' })
  try {
    return await run.play()
  } finally {
    release()
  }
}

const baselines = new Map<string, Promise<Baseline>>()

/** A run of a choice without its moves: the same one for all walks of a process. */
function baselineFor(choice: Choice, seed: number): Promise<Baseline> {
  const words = scenarioOfChoice(choice, seed)
  const key = JSON.stringify(words)
  const known = baselines.get(key)
  if (known) return known
  const baseline = played(words, seed).then((result) => baselineOf(scenarioOfWords(words), seed, result))
  baselines.set(key, baseline)
  return baseline
}
