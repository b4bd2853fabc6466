import * as v from 'valibot'
import { parseDuration } from '../domain/duration.ts'
import type { EventWords } from '../domain/event-words.ts'
import type { Fault, FaultEffect, FaultFacts } from '../domain/faults/fault.ts'
import { PAGES } from '../domain/pages.ts'
import { EVENT_KINDS, EVENTS, type EventEffect } from '../events/event-kinds.ts'
import type { EventCondition, EventRule } from '../events/event-rules.ts'
import { checked, override, unwritten } from '../scenario/override.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { deviceSchema } from '../scenario/schema/device.ts'
import { tenantSchema } from '../scenario/schema/tenant.ts'
import type { Step } from './steps.ts'

/** A scenario with one fault more, at one step; nothing is expected of it. */
export function withFault(scenario: Scenario, fault: Fault, step: Step): Scenario {
  const { facts } = fault
  return {
    ...scenario,
    ...(facts ? factsOf(scenario, fault, facts) : {}),
    expect: null,
    // First: what others of the scenario do must not change its number.
    events: [...rulesOf(fault, step), ...scenario.events],
  }
}

/** What a fault does at a step, and what an administrator does about it. */
export const rulesOf = (fault: Fault, step: Step): EventRule[] => [
  ...(fault.does ? [ruleOf(fault.does, conditionOf(step), step)] : []),
  ...(fault.recovery.by === 'administrator' ? [administratorOf(fault, fault.recovery.does)] : []),
]

function factsOf(
  { device, tenant, environment, person, clockSkewMs }: Scenario,
  { name }: Fault,
  facts: FaultFacts,
): Pick<Scenario, 'device' | 'tenant' | 'environment' | 'person' | 'clockSkewMs'> {
  const origin = unwritten(`fault ${name}`)
  const { id: deviceId, ...deviceFacts } = device
  const { id: tenantId, ...tenantFacts } = tenant
  const changedDevice = facts.device
    ? { id: deviceId, ...checked(deviceSchema, override(deviceFacts, facts.device, origin), origin) }
    : device
  const [first, ...others] = tenantFacts.apps
  const withApp = facts.app && first ? { ...tenantFacts, apps: [{ ...first, ...facts.app }, ...others] } : tenantFacts
  const changedTenant =
    facts.tenant || facts.app
      ? { id: tenantId, ...checked(tenantSchema, override(withApp, facts.tenant ?? {}, origin), origin) }
      : tenant
  return {
    device: changedDevice as Scenario['device'],
    tenant: changedTenant,
    environment: facts.network ? override(environment, facts.network, origin) : environment,
    person: { ...person, ...facts.person },
    clockSkewMs: clockSkewMs + (facts.clockSkewMs ?? 0),
  }
}

function conditionOf(step: Step): EventCondition {
  switch (step.kind) {
    case 'request':
      return { kind: 'request', ...step.pattern }
    case 'state': {
      const [machine, ...path] = step.state.split('.')
      return { kind: 'state', machine: machine!, state: path.join('.') }
    }
    case 'moment':
      return { kind: 'time', atMs: step.atMs }
    case 'start':
      return { kind: 'time', atMs: 0 }
  }
}

const ruleOf = ({ for: lasts, times = 1, ...effect }: FaultEffect, when: EventCondition, step: Step): EventRule => ({
  when,
  does: effectOf(effect),
  ...(lasts === undefined ? {} : { forMs: parseDuration(lasts)! }),
  times,
  from: step.kind === 'request' ? step.from : 1,
})

/** The words of a scenario file, as its schema reads them. */
export function effectOf(words: Partial<EventWords>): EventEffect {
  const kind = EVENT_KINDS.find((one) => words[one] !== undefined)!
  return { kind, value: v.parse(EVENTS[kind].schema as v.GenericSchema, words[kind]) } as EventEffect
}

/** As soon as the page of the fault says so. */
function administratorOf({ page, name }: Fault, does: NonNullable<EventWords['administrator']>): EventRule {
  if (page === undefined) throw new Error(`the fault ${name} has an administrator and no page`)
  const when: EventCondition =
    page === 'enrollmentStatusFailure'
      ? { kind: 'page', page }
      : { kind: 'state', machine: PAGES[page].machine, state: page === 'network' ? 'choosing' : 'failed' }
  return { when, does: effectOf({ administrator: does }), times: 1, from: 1 }
}
