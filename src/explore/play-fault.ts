import type { Fault, FaultPress } from '../domain/faults/fault.ts'
import type { RunResult } from '../run/run-options.ts'
import { prepareRun } from '../scenario/run-scenario.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Step } from './steps.ts'
import { SweepPerson } from './sweep-person.ts'
import { withFault } from './with-fault.ts'

export interface FaultedRun extends RunResult {
  /** Ways out of pages of trouble that the person took, and how often. */
  used: Readonly<Partial<Record<FaultPress, number>>>
}

export const waysOf = ({ recovery }: Fault): readonly FaultPress[] =>
  'press' in recovery ? [recovery.press ?? []].flat() : []

/** One run with one fault. @throws as `Run.play` */
export async function playFault(scenario: Scenario, seed: number, fault: Fault, step: Step): Promise<FaultedRun> {
  const faulted = withFault(scenario, fault, step)
  const person = new SweepPerson(faulted, waysOf(fault))
  const { run, release } = await prepareRun(faulted, { seed, transport: 'direct', person })
  try {
    return { ...(await run.play()), used: person.used }
  } finally {
    release()
  }
}
