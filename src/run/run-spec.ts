import type { DeviceDefinition } from '../domain/device.ts'
import type { Endpoints } from '../domain/endpoints.ts'
import type { Expectations } from '../domain/expectations.ts'
import type { RecordedSpec } from '../domain/journal.ts'
import type { RunLimits } from '../domain/limits.ts'
import type { NetworkEnvironment } from '../domain/network.ts'
import type { Answers } from '../domain/person.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import type { EventRule } from '../events/event-rules.ts'
import type { Sealed } from './seal.ts'

export const SPEC_VERSION = 1

/** Facts of a device. Where they come from decides nothing in a run. */
export type RunDevice = Omit<DeviceDefinition, 'provenance'>

/**
 * Everything that a run is made of, resolved: plain JSON that plays the same run on any machine. Hashes and keys are derived from
 * it; secrets are named, and their values are in a vault beside it. It is entry 0 of the journal.
 */
export interface RunSpec extends RecordedSpec {
  version: typeof SPEC_VERSION
  device: Sealed<RunDevice>
  /** The device that the tenant knows by this one's serial number, when it has another board. */
  registeredAs?: Sealed<RunDevice>
  tenant: Sealed<TenantDefinition>
  /** Runs of other devices in the same school, in their order: this one begins with what they left there. Left out where there are none. */
  before?: EarlierRun[]
  /** Devices of runs to come that the school has registered too. Left out where there are none. */
  comingDevices?: Sealed<RunDevice>[]
  network: Sealed<NetworkEnvironment>
  /** Answers of the scripted person. */
  person: Sealed<Answers>
  /** Answers of others, by name. Left out where there are none. */
  people?: Sealed<Record<string, Answers>>
  /** How many cases the scenario's file has, where there is more than one: what one of them does not need is for another. */
  cases?: number
  /** Facts that other cases of the file have otherwise. Left out where there are none. */
  varied?: readonly string[]
  events: EventRule[]
  /** Answers to choices by their number, where the seed is not to answer. */
  choices: Record<string, number>
  clockSkewMs: number
  /** The person at the desktop may sign out and others in, until one ends it. Left out: the run ends there. */
  staysAtDesktop?: true
  limits: RunLimits
  /** Null: nothing is expected, and every end that is an end will do. */
  expect: Expectations | null
  /** A real service that the device talked to. Such a run cannot be played again from its record alone. */
  service?: { title: string; endpoints: Partial<Endpoints> }
  /** Lines of the files that the facts come from: file, then fact, then line. It decides nothing in the run. */
  places: Places
}

/** A run that was before another one in the same school: what decided in it. Seed, school and versions are the same. */
export type EarlierRun = Omit<
  RunSpec,
  'version' | 'product' | 'seed' | 'tenant' | 'cases' | 'varied' | 'expect' | 'service' | 'places' | 'before'
>

/** What a run draws its chances from: two devices of one scenario have the same seed, and not the same ids. */
export const chanceSeedOf = ({ seed, before = [] }: Pick<RunSpec, 'seed' | 'before'>): number | string =>
  before.length === 0 ? seed : `${seed} device ${before.length + 1}`

/** By file, relative to the working folder, and by the path of a fact in the RunSpec (`person.signIn`): a line, from 1. */
export type Places = Record<string, Record<string, number>>

/** The file of the scenario, and the lines of its facts: it alone says what is expected. */
export const ownFile = (places: Places): [file: string, facts: Record<string, number>] | undefined =>
  Object.entries(places).find(([, facts]) => facts.expect !== undefined)

/**
 * Whether a fact is for many stories, and no setting of this one: it is from a file that the scenario takes by name, or other cases of
 * the scenario have another value there.
 */
export function isShared({ places, varied = [] }: Pick<RunSpec, 'places' | 'varied'>, fact: string): boolean {
  if (varied.some((one) => isWithin(fact, one) || isWithin(one, fact))) return true
  const file = placeOf(places, fact)?.replace(/:\d+$/, '')
  return file !== undefined && file !== ownFile(places)?.[0]
}

export const isWithin = (fact: string, whole: string): boolean => fact === whole || fact.startsWith(`${whole}.`)

/** Where a fact was written: the place of its nearest parent when it has no own place. */
export function placeOf(places: Places, fact: string): string | undefined {
  for (let path = fact; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    for (const [file, facts] of Object.entries(places)) if (facts[path] !== undefined) return `${file}:${facts[path]}`
  }
  return undefined
}
