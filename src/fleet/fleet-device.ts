import { createHash } from 'node:crypto'
import type { DeviceDefinition } from '../domain/device.ts'
import type { Target } from '../domain/target.ts'
import { type Baseline, playBaseline } from '../explore/baseline.ts'
import { stepsOf } from '../explore/steps.ts'
import { withFault } from '../explore/with-fault.ts'
import type { Chance } from '../ports/chance.ts'
import { seededChance } from '../ports/seeded-chance.ts'
import { digestOf } from '../run/seal.ts'
import { withIds } from '../scenario/event-names.ts'
import { limitsOf, type Scenario } from '../scenario/scenario.ts'
import { type SealedRun, specOf } from '../scenario/spec-of.ts'
import { STATED_LIMITS } from './limits.ts'
import type { FleetPlan, Weighted } from './plan.ts'

/** What was drawn for a device: names of the plan. */
export interface FleetDevice {
  /** From 0 on. */
  index: number
  serial: string
  model: string
  tenant: string
  person: string
  network: string
  fault: string
  seed: number
}

export interface PreparedDevice {
  device: FleetDevice
  sealed: SealedRun
  /** Of the RunSpec: two of one fleet are never the same. */
  spec: string
}

const SEEDS = 2 ** 31
const DIGEST_LENGTH = 16

interface Drawn {
  device: FleetDevice
  scenario: Scenario
  chance: Chance
  choice: FleetPlan['faults'][number]['value']
}

/** The devices of a fleet: device `index` is the same in each process and in each order. */
export class FleetDevices {
  readonly #plan: FleetPlan
  readonly #target: Target | undefined
  readonly #baselines = new Map<string, Promise<Baseline>>()

  constructor(plan: FleetPlan, target?: Target) {
    this.#plan = plan
    this.#target = target
  }

  /** What it is, without its run. */
  describe(index: number): FleetDevice {
    return this.#draw(index).device
  }

  /** With its own serial number, UUID, addresses and keys. */
  definition(index: number): DeviceDefinition {
    return this.#draw(index).scenario.device
  }

  /** @param startsAt Unix milliseconds: when it is switched on, by its own clock */
  async prepare(index: number, startsAt = this.#plan.startsAt): Promise<PreparedDevice> {
    const { device, scenario, chance, choice } = this.#draw(index)
    const timed = { ...scenario, startsAt }
    const faulted = choice.fault ? await this.#withFault(timed, device, choice.fault, chance) : timed
    const sealed = specOf(faulted, device.seed, this.#target)
    return { device, sealed, spec: digestOf(JSON.stringify(sealed.spec)).slice(0, DIGEST_LENGTH) }
  }

  #draw(index: number): Drawn {
    const plan = this.#plan
    const chance = seededChance(plan.seed, 'fleet', String(index))
    const model = drawn(plan.devices, chance)
    const tenant = drawn(plan.tenants, chance)
    const person = drawn(plan.persons, chance)
    const network = drawn(plan.networks, chance)
    const fault = drawn(plan.faults, chance)
    const seed = chance.integer(SEEDS)
    const definition = withIdentity(model.value, plan, index)
    const device: FleetDevice = {
      index,
      serial: definition.smbios.serialNumber,
      model: model.name,
      tenant: tenant.name,
      person: person.name,
      network: network.name,
      fault: fault.name,
      seed,
    }
    // Each school has other ids for what events name.
    const said = [...plan.events, ...fault.value.events]
    const events = said.map((rule) => withIds(rule, said, tenant.value))
    const scenario: Scenario = {
      id: `fleet-${index}`,
      file: plan.file,
      path: plan.file,
      variant: [],
      title: plan.title,
      tags: [],
      device: definition,
      tenant: tenant.value,
      environment: network.value,
      person: person.value,
      events,
      people: {},
      cases: 1,
      varied: [],
      before: [],
      comingDevices: [],
      startsAt: plan.startsAt,
      clockSkewMs: 0,
      ...STATED_LIMITS,
      limits: limitsOf({ limits: STATED_LIMITS.limits, stuckAfter: STATED_LIMITS.stuckAfterMs }),
      seed,
      expect: plan.expect,
      choices: {},
      places: {},
    }
    return { device, scenario, chance, choice: fault.value }
  }

  /** Where a fault comes is drawn from the places at which it can bite in a run of this kind. */
  async #withFault(
    scenario: Scenario,
    { model, tenant, person, network }: FleetDevice,
    fault: NonNullable<FleetPlan['faults'][number]['value']['fault']>,
    chance: Chance,
  ): Promise<Scenario> {
    const plan = this.#plan
    const key = JSON.stringify([model, tenant, person, network])
    let baseline = this.#baselines.get(key)
    if (!baseline) {
      // The model itself, so that it does not depend on which device asked first.
      const own = plan.devices.find(({ name }) => name === model)!.value
      const common = scenario.events.slice(0, plan.events.length)
      baseline = playBaseline({ ...scenario, device: own, events: common, startsAt: plan.startsAt }, plan.seed)
      this.#baselines.set(key, baseline)
    }
    const steps = stepsOf(fault, await baseline)
    // It cannot bite there: the device has no trouble, as its end shows.
    if (steps.length === 0) return scenario
    return { ...withFault(scenario, fault, steps[chance.integer(steps.length)]!), expect: scenario.expect }
  }
}

function drawn<Value>(list: readonly Weighted<Value>[], chance: Chance): Weighted<Value> {
  const total = list.reduce((sum, { weight }) => sum + weight, 0)
  let left = chance.number() * total
  for (const one of list) {
    left -= one.weight
    if (left < 0) return one
  }
  return list.findLast(({ weight }) => weight > 0)!
}

/** Synthetic, and no two of a fleet are the same: the seed of the plan and the number of the device are in each. */
function withIdentity(model: DeviceDefinition, plan: FleetPlan, index: number): DeviceDefinition {
  const school = createHash('sha256').update(`fleet ${plan.seed}`).digest('hex').slice(0, 4)
  const number = index.toString(16).padStart(6, '0')
  const digits = String(index).padStart(8, '0')
  const mac = (adapter: number) =>
    ['02', school.slice(0, 2), ...number.match(/../g)!, adapter.toString(16).padStart(2, '0')].join(':').toUpperCase()
  return {
    ...model,
    smbios: {
      ...model.smbios,
      serialNumber: `SIM-${school.toUpperCase()}-${digits}`,
      uuid: `53494d00-${school}-4000-8000-${index.toString(16).padStart(12, '0')}`,
    },
    disk: { ...model.disk, serialNumber: `SIM-D${school.toUpperCase()}-${digits}` },
    adapters: model.adapters.map((adapter, place) => ({ ...adapter, mac: mac(place) })),
    ...(plan.keys === 'own' && model.tpm ? { tpm: { ...model.tpm, endorsementSeed: ownSeed(plan, index) } } : {}),
  }
}

const ownSeed = ({ seed }: FleetPlan, index: number): string =>
  createHash('sha256').update(`fleet ${seed} device ${index}`).digest('hex')
