import type { EventEffect } from '../../src/events/event-kinds.ts'
import type { EventCondition, EventRule } from '../../src/events/event-rules.ts'
import { SweepPerson } from '../../src/explore/sweep-person.ts'
import type { RunResult } from '../../src/run/run-options.ts'
import { prepareRun } from '../../src/scenario/run-scenario.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'

export const DISTURBANCES = {
  power: { kind: 'power', value: 'cut' },
  network: { kind: 'network', value: 'down' },
  cable: { kind: 'cable', value: 'out' },
  wifi: { kind: 'wifi', value: 'off' },
} satisfies Record<string, EventEffect>

export type Disturbance = keyof typeof DISTURBANCES

const NETWORK_AWAY_MS = 2 * 60_000

/** `deviceSetup.apps`, or a moment in virtual milliseconds. */
export type Place = string | number

export interface DisturbedRun extends RunResult {
  /** Ways out of failure pages that the person took, and how often. */
  waysOut: Readonly<Record<string, number>>
}

/** A scenario with one thing more that goes wrong, and a person who does not give up easily. */
export async function disturbed(scenario: Scenario, what?: Disturbance, place: Place = 0): Promise<DisturbedRun> {
  const person = new SweepPerson(scenario, ['tryAgain', 'skip', 'startOver', 'continueAnyway', 'reset'])
  const events = [...scenario.events, ...(what ? [ruleOf(what, place)] : [])]
  const { run, release } = await prepareRun(
    { ...scenario, expect: null, events },
    { seed: 1, transport: 'direct', person },
  )
  try {
    return { ...(await run.play()), waysOut: person.used }
  } finally {
    release()
  }
}

export const ruleOf = (what: Disturbance, place: Place): EventRule => ({
  when: conditionOf(place),
  does: DISTURBANCES[what],
  ...(what === 'power' ? {} : { forMs: NETWORK_AWAY_MS }),
  times: 1,
  from: 1,
})

function conditionOf(place: Place): EventCondition {
  if (typeof place === 'number') return { kind: 'time', atMs: place }
  const [machine, ...path] = place.split('.')
  return { kind: 'state', machine: machine!, state: path.join('.') }
}
