import { type Chart, statesFrom } from '../../charts/chart.ts'
import { FAULTS } from '../../domain/faults/faults.ts'
import { UserError } from '../../domain/trouble.ts'
import type { EventRule } from '../../events/event-rules.ts'
import { stepsOf, stepText } from '../../explore/steps.ts'
import { HAPPENINGS, type Happening } from '../../explore/walk/happenings.ts'
import { effectOf, withFault } from '../../explore/with-fault.ts'
import { loadDeviceFile, loadTenantFile } from '../../scenario/library.ts'
import { checked, override, unwritten } from '../../scenario/override.ts'
import { changesOf } from '../../scenario/record/changes.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { deviceSchema } from '../../scenario/schema/device.ts'
import { tenantSchema } from '../../scenario/schema/tenant.ts'
import type { Edge } from '../edges.ts'
import { controlFor, type Played } from './pool.ts'

/** A scenario that may take the transition, and what was changed for it. */
export interface Candidate {
  scenario: Scenario
  changes: readonly string[]
}

/** What makes a run that comes to the state of a transition take it, the likeliest first. */
export function* changesFor(edge: Edge, chart: Chart, base: Played): Generator<Candidate> {
  const states = statesIn(edge, base)
  if (edge.event.startsWith('user.')) yield* pressing(edge, chart, base, states)
  yield* faulty(base, states)
  yield* happening(base, states)
}

/** The innermost states below that of the transition in which the run was. */
function statesIn({ machine, from }: Edge, { covers }: Played): string[] {
  const address = from === '' ? machine : `${machine}.${from}`
  const entered = [...covers].flatMap((id) => (id.startsWith('state ') ? [id.slice('state '.length)] : []))
  const inside = entered.filter((state) => state === address || state.startsWith(`${address}.`))
  const innermost = inside.filter((state) => !inside.some((other) => other.startsWith(`${state}.`)))
  return innermost.length > 0 ? innermost.slice(0, STATES_MAX) : [address]
}

const STATES_MAX = 6

function* pressing(edge: Edge, chart: Chart, base: Played, states: readonly string[]): Generator<Candidate> {
  const pages = statesFrom(chart).flatMap(({ path, page }) =>
    page !== undefined && states.includes(`${chart.id}.${path}`) ? [page] : [],
  )
  const control = pages.map((page) => controlFor(base, page, edge.event)).find((id) => id !== undefined)
  const names = [...new Set([control, edge.event.slice('user.'.length)])].filter((name) => name !== undefined)
  for (const state of states) for (const name of names) yield withEvent(base, state, { words: { person: name } })
  for (const state of states) yield withEvent(base, state, { words: { person: { wait: '20m' } } })
}

/** Faults where the state asks a service, then those that bite anywhere. */
function* faulty(base: Played, states: readonly string[]): Generator<Candidate> {
  const all = FAULTS.flatMap((fault) => stepsOf(fault, base.baseline).map((step) => ({ fault, step })))
  const isNear = ({ step }: (typeof all)[number]) =>
    step.kind === 'request' ? states.includes(step.place) : step.kind === 'state' && states.includes(step.state)
  for (const { fault, step } of [...all.filter(isNear), ...all.filter((one) => one.step.kind === 'start')]) {
    try {
      const scenario = withFault(base.scenario, fault, step)
      yield { scenario, changes: [...base.changes, `fault ${fault.name}, ${stepText(step)}`] }
    } catch (error) {
      // It does not go with the facts of this scenario.
      if (!(error instanceof UserError)) throw error
    }
  }
}

function* happening(base: Played, states: readonly string[]): Generator<Candidate> {
  for (const happening of HAPPENINGS) for (const state of states) yield withEvent(base, state, happening)
}

function withEvent(base: Played, state: string, { words, forMs }: Happening): Candidate {
  const [machine, ...path] = state.split('.')
  const rule: EventRule = {
    when: { kind: 'state', machine: machine!, state: path.join('.') },
    does: effectOf(words),
    ...(forMs === undefined ? {} : { forMs }),
    times: 1,
    from: 1,
  }
  const text = `${JSON.stringify(words)} in ${state}`
  return { scenario: { ...base.scenario, events: [...base.scenario.events, rule] }, changes: [...base.changes, text] }
}

/** What one scenario has besides the files that it uses, given to another one. Undefined where it does not fit. */
export function transplanted(from: Played, to: Played): Candidate | undefined {
  try {
    const { id: tenantId, ...tenantFacts } = from.scenario.tenant
    const { id: _, ...tenantFile } = loadTenantFile(tenantId)
    const { id: deviceId, ...deviceFacts } = from.scenario.device
    const { id: __, ...deviceFile } = loadDeviceFile(deviceId)
    const tenant = changesOf(tenantFile as never, tenantFacts as never)
    const device = changesOf(deviceFile as never, deviceFacts as never)
    if (!tenant || !device) return undefined
    const scenario: Scenario = {
      ...to.scenario,
      tenant: forAll(tenantWith(to.scenario.tenant, tenant), tenant),
      device: deviceWith(to.scenario.device, device),
      person: { ...to.scenario.person, ...own(from.scenario, to.scenario) },
      events: [...to.scenario.events, ...from.scenario.events],
      clockSkewMs: to.scenario.clockSkewMs + from.scenario.clockSkewMs,
    }
    return { scenario, changes: [...to.changes, `as ${from.scenario.id}`, ...from.changes] }
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

type Changes = Readonly<Record<string, unknown>>

const ORIGIN = unwritten('suggest')

/** Code as `override`, also for what a school or a device cannot be. */
function tenantWith({ id, ...facts }: Scenario['tenant'], changes: Changes): Scenario['tenant'] {
  return { id, ...checked(tenantSchema, override(facts, changes, ORIGIN), ORIGIN) }
}

function deviceWith({ id, ...facts }: Scenario['device'], changes: Changes): Scenario['device'] {
  return { id, ...checked(deviceSchema, override(facts, changes, ORIGIN), ORIGIN) } as Scenario['device']
}

/** The status pages of one way through the first boot are for all devices then: the other may be of another group. */
const forAll = (tenant: Scenario['tenant'], changes: Changes): Scenario['tenant'] =>
  'statusPages' in changes
    ? { ...tenant, statusPages: tenant.statusPages.map((page) => ({ ...page, assignedTo: ['allDevices'] })) }
    : tenant

/** Answers to pages that the other one does not answer, and to those of trouble. */
const own = (from: Scenario, to: Scenario): Partial<Scenario['person']> =>
  Object.fromEntries(Object.entries(from.person).filter(([page]) => !(page in to.person)))
