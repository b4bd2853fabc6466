import { type Choice, type Factors, NO_FAULT } from './factors.ts'
import type { Finding } from './oracle.ts'
import { pairsIn } from './pairs.ts'
import type { WalkEnd, WalkJob, WalkResult } from './play-walk.ts'
import { shrunk } from './shrink.ts'
import type { Strategy } from './strategies.ts'
import type { Plain } from './written.ts'

export interface WalksOptions {
  factors: Factors
  strategy: Strategy
  /** Runs at most; those that make a finding smaller do not count. */
  runs: number
  /** So many runs without a new transition end it. */
  plateau: number
  /** Whether the time is up. */
  isOver(): boolean
  /** Whether it was stopped from outside: what was found so far counts. */
  isStopped(): boolean
  /** Side by side or one by one; fewer results when it was stopped. */
  play(jobs: readonly WalkJob[]): Promise<WalkResult[]>
  /** In the place of what a finding has, where it still fails then. */
  usual: Plain
  onProgress?(walks: Walks): void
}

/** Why it ended. */
export type WalksEnd = 'runs' | 'plateau' | 'time' | 'exhausted' | 'stopped'

export interface FoundWalk {
  finding: Finding
  /** The smallest scenario that fails in this way. */
  words: Plain
  choice: Choice
  moves: readonly string[]
  /** How often it came. */
  times: number
  /** What was left out, in so many runs. */
  steps: number
  runs: number
}

export interface Walks {
  runs: number
  ends: Partial<Record<WalkEnd, number>>
  pairs: Set<string>
  states: Set<string>
  edges: Set<string>
  /** Moves that found no place. */
  absent: number
  /** Why parts did not go together, and how often. */
  refusals: Map<string, number>
  findings: FoundWalk[]
  ended: WalksEnd
}

/** Jobs that are given to the players at once, however many these are: what is next depends on whole batches alone. */
const BATCH = 16

/** Plays walks until a stop condition holds. Each kind of finding is made smaller once. */
export async function exploreWalks(options: WalksOptions): Promise<Walks> {
  const { strategy, runs, plateau, play } = options
  const walks: Walks = {
    runs: 0,
    ends: {},
    pairs: new Set(),
    states: new Set(),
    edges: new Set(),
    absent: 0,
    refusals: new Map(),
    findings: [],
    ended: 'runs',
  }
  let lastNew = 0
  while (walks.runs < runs) {
    const batch = batchOf(strategy, Math.min(BATCH, runs - walks.runs))
    if (batch.length === 0) return { ...walks, ended: 'exhausted' }
    const results = await play(batch)
    for (const result of results) {
      strategy.hear(result)
      if (count(walks, result)) lastNew = walks.runs
      if (result.finding) await note(walks, result, options)
    }
    options.onProgress?.(walks)
    if (options.isStopped()) return { ...walks, ended: 'stopped' }
    if (options.isOver()) return { ...walks, ended: 'time' }
    if (walks.runs - lastNew >= plateau) return { ...walks, ended: 'plateau' }
  }
  return walks
}

function batchOf(strategy: Strategy, most: number): WalkJob[] {
  const batch: WalkJob[] = []
  while (batch.length < most) {
    const job = strategy.next()
    if (!job) break
    batch.push(job)
  }
  return batch
}

/** True where it has taken a transition that no run before it took. */
function count(walks: Walks, { job, end, covers, absent, refusal }: WalkResult): boolean {
  walks.runs++
  if (refusal !== undefined) walks.refusals.set(refusal, (walks.refusals.get(refusal) ?? 0) + 1)
  walks.ends[end] = (walks.ends[end] ?? 0) + 1
  walks.absent += absent.length
  const before = walks.edges.size
  for (const id of covers) (id.startsWith('edge ') ? walks.edges : walks.states).add(id)
  if (end !== 'refused') {
    // A fault that could not happen was no part of it.
    const isFault = absent.some((index) => job.moves[index]?.kind === 'fault')
    for (const pair of pairsIn(isFault ? { ...job.choice, fault: NO_FAULT } : job.choice)) walks.pairs.add(pair)
  }
  return walks.edges.size > before
}

async function note(walks: Walks, result: WalkResult, { play, usual, isStopped }: WalksOptions): Promise<void> {
  const finding = result.finding!
  const known = walks.findings.find((one) => one.finding.signature === finding.signature)
  if (known) {
    known.times++
    return
  }
  const { job, words, moves } = result
  const found = { finding, words: words ?? {}, choice: job.choice, moves, times: 1, steps: 0, runs: 0 }
  walks.findings.push(found)
  if (!words || isStopped()) return
  Object.assign(found, await shrunk(result, usual, async (smaller) => (await play([smaller]))[0]))
}
