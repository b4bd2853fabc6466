import type { Fault, FaultFamily } from '../domain/faults/fault.ts'
import { FAULTS } from '../domain/faults/faults.ts'
import { UserError } from '../domain/trouble.ts'
import { loadScenarios } from '../scenario/scenario.ts'
import { type Baseline, playBaseline } from './baseline.ts'
import { judgeFault } from './judge-fault.ts'
import { playFault } from './play-fault.ts'
import { momentsOf, type Step, stepsOf } from './steps.ts'

/** One run of a sweep as plain data: a worker needs nothing else. */
export interface SweepJob {
  /** Of the shipped scenarios or the working folder, or a path. */
  scenario: string
  /** The case of its matrix. */
  id: string
  seed: number
  fault: string
  step: Step
}

/** What came of one job. */
export interface SweepResult {
  job: SweepJob
  /** What did not hold; empty when all did. */
  failures: readonly string[]
  /** A bug of ours, a broken invariant among them: its stack. */
  bug?: string
}

export interface SweepOptions {
  seed: number
  faults?: readonly Fault[]
  /** The power is cut at each moment too, not only at each state. */
  moments?: boolean
}

export interface SweepPlan {
  baseline: Baseline
  jobs: readonly SweepJob[]
  /** Faults that cannot bite in this scenario. */
  absent: readonly Fault[]
}

export interface FaultChoice {
  names?: readonly string[] | undefined
  family?: FaultFamily | undefined
  grep?: string | undefined
}

/** Faults by name, family and a part of their name or sentence. */
export const chosenFaults = ({ names, family, grep }: FaultChoice): Fault[] =>
  FAULTS.filter(
    (fault) =>
      (names === undefined || names.includes(fault.name)) &&
      (family === undefined || fault.family === family) &&
      (grep === undefined || `${fault.name} ${fault.about}`.toLowerCase().includes(grep.toLowerCase())),
  )

/** Plays the baseline of each case of a scenario, and plans a run for each fault at each step where it can bite. */
export async function planSweep(
  scenario: string,
  { seed, faults = FAULTS, moments }: SweepOptions,
): Promise<SweepPlan[]> {
  const plans: SweepPlan[] = []
  for (const { id } of loadScenarios(scenario)) {
    const baseline = await baselineOf(scenario, id, seed)
    const jobs = faults.flatMap((fault) => {
      const isCut = fault.does !== undefined && 'power' in fault.does
      const steps = [...stepsOf(fault, baseline), ...(moments && isCut ? momentsOf(baseline) : [])]
      return steps.map((step): SweepJob => ({ scenario, id, seed, fault: fault.name, step }))
    })
    const present = new Set(jobs.map(({ fault }) => fault))
    plans.push({ baseline, jobs, absent: faults.filter(({ name }) => !present.has(name)) })
  }
  return plans
}

/** One job. What a run of it throws is in the result: the others are played all the same. */
export async function playJob(job: SweepJob): Promise<SweepResult> {
  const fault = FAULTS.find(({ name }) => name === job.fault)
  if (!fault) throw new UserError('ERR_NOT_FOUND', `there is no fault "${job.fault}"`)
  const baseline = await baselineOf(job.scenario, job.id, job.seed)
  try {
    const run = await playFault(baseline.scenario, job.seed, fault, job.step)
    return { job, failures: judgeFault(fault, job.step, run, baseline) }
  } catch (error) {
    if (error instanceof UserError) return { job, failures: [`it cannot be injected here: ${error.message}`] }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { job, failures: [text.split('\n')[0]!], bug: text }
  }
}

const played = new Map<string, Promise<Baseline>>()

/** The same one for all jobs of a process. */
function baselineOf(scenario: string, id: string, seed: number): Promise<Baseline> {
  const key = JSON.stringify([scenario, id, seed])
  const known = played.get(key)
  if (known) return known
  const found = loadScenarios(scenario).find((one) => one.id === id)
  if (!found) throw new UserError('ERR_NOT_FOUND', `the scenario ${scenario} has no case "${id}"`)
  const baseline = playBaseline(found, seed)
  played.set(key, baseline)
  return baseline
}
