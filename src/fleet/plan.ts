import { basename, dirname, isAbsolute, resolve } from 'node:path'
import * as v from 'valibot'
import type { DeviceDefinition } from '../domain/device.ts'
import type { Expectations } from '../domain/expectations.ts'
import type { Fault } from '../domain/faults/fault.ts'
import { FAULTS } from '../domain/faults/faults.ts'
import type { NetworkEnvironment } from '../domain/network.ts'
import type { Answers } from '../domain/person.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { UserError } from '../domain/trouble.ts'
import type { EventRule } from '../events/event-rules.ts'
import { digestOf } from '../run/seal.ts'
import { refuseUnknownState } from '../run/state-addresses.ts'
import { VERSION } from '../run/version.ts'
import { deviceUsed, networkUsed, personUsed, placed, tenantUsed } from '../scenario/by-name.ts'
import { environmentOf } from '../scenario/environment.ts'
import { eventRules, refuseUnknownEvent } from '../scenario/event-entries.ts'
import { withIds } from '../scenario/event-names.ts'
import { expectSchema } from '../scenario/expect/expectations.ts'
import { nearest } from '../scenario/nearest.ts'
import type { Origin } from '../scenario/override.ts'
import { readTextFile } from '../scenario/read-text-file.ts'
import type { Key } from '../scenario/schema-issues.ts'
import { workingFolder } from '../scenario/working-folder.ts'
import { placeIn, readYaml, SIZE_MAX } from '../scenario/yaml-file.ts'
import type { Arrival } from './arrival.ts'
import { type FaultEntry, type FleetFile, fleetSchema } from './plan-schema.ts'
import { parseThreshold, type Threshold, ThresholdError } from './threshold.ts'

/** One of several, drawn by weight. */
export interface Weighted<Value> {
  /** What reports call it. */
  name: string
  weight: number
  value: Value
}

export interface FaultChoice {
  fault?: Fault
  events: EventRule[]
}

/** A fleet, read and resolved: what it consists of is here, and nothing is looked up later. */
export interface FleetPlan {
  /** Names the fleet: everything that decides what its devices do is in it, the version of this program too. */
  id: string
  file: string
  title: string
  count: number
  seed: number
  batch: number
  devices: Weighted<DeviceDefinition>[]
  tenants: Weighted<TenantDefinition>[]
  persons: Weighted<Answers>[]
  networks: Weighted<NetworkEnvironment>[]
  /** Never empty. */
  faults: Weighted<FaultChoice>[]
  events: EventRule[]
  keys: 'shared' | 'own'
  arrival: Arrival
  /** Device time per real time; Infinity is as fast as possible. */
  speed: number
  /** What `--service` would say; left out for the mock. */
  service?: { target: string; trust?: string }
  startsAt: number
  expect: Expectations
  thresholds: Threshold[]
}

const WHAT_IS_EXPECTED = { outcome: 'desktop', managed: true } as const

/** What a command line says in the place of the plan: seen from the working folder. */
export interface OtherService {
  service?: string | undefined
  trust?: string | undefined
}

/** Reads a plan. Codes as the reader and the library; `ERR_FLEET_THRESHOLD`. */
export function loadPlan(file: string, other: OtherService = {}): FleetPlan {
  const path = isAbsolute(file) ? file : resolve(workingFolder(), file)
  return planOf(file, readTextFile(path, file, SIZE_MAX), dirname(path), other)
}

/** @param folder of the file: a target profile, an authority and a file of a disk are named as seen from there */
export function planOf(file: string, text: string, folder: string, other: OtherService = {}): FleetPlan {
  const said = readYaml(file, text, fleetSchema)
  const place: Origin = (key, wantsKey) => placeIn(file, text, key, wantsKey)
  const mix = <Value>(kind: keyof FleetFile, load: (used: Used, at: Origin) => Value): Weighted<Value>[] => {
    const list = said[kind] as FleetFile['devices']
    if (!list.some((one) => typeof one === 'string' || one.weight > 0)) refuseWeights(place, kind)
    return namedApart(list.map((one, index) => weighted(one, index, kind, place, load)))
  }
  const tenants = mix('tenants', (used, at) => tenantUsed(used, at).definition)
  const events = eventRules(said.events)
  checkEvents(events, [], tenants, place, ['events'])
  const faults = faultsOf(said, events, tenants, place)
  const plan = {
    file,
    title: said.title,
    count: said.count,
    seed: said.seed,
    batch: said.batch,
    devices: mix('devices', (used, at) => deviceUsed(used, at, folder).definition),
    tenants,
    persons: mix('persons', ({ name, changes }, at) => personUsed({ use: name, with: changes }, at).definition),
    networks: mix('networks', ({ name, changes }, at) =>
      environmentOf(networkUsed({ use: name, with: changes }, at).definition),
    ),
    faults,
    events,
    keys: said.keys,
    arrival: arrivalOf(said.arrival),
    speed: speedOf(said.speed),
    ...serviceOf(said, folder, other),
    startsAt: Date.parse(said.startsAt),
    expect: said.expect ?? v.parse(expectSchema, WHAT_IS_EXPECTED),
    thresholds: said.thresholds.map((one, index) => thresholdOf(one, index, text, place)),
  }
  if (plan.service === undefined && said.trust !== undefined) {
    const { at, frame } = place(['trust'])
    throw new UserError('ERR_FILE_INVALID', `${at}: trust goes with a service: the mock needs no TLS`, [...frame])
  }
  return { id: idOf(plan), ...plan }
}

/** Where files are decides nothing: another machine has them elsewhere. Infinity is no JSON. */
const idOf = ({ service, ...plan }: Omit<FleetPlan, 'id'>): string =>
  digestOf(
    JSON.stringify({
      product: VERSION,
      ...plan,
      file: undefined,
      speed: String(plan.speed),
      service: service && basename(service.target),
    }),
  ).slice(0, ID_LENGTH)

const ID_LENGTH = 16

interface Used {
  name: string
  path: Key[]
  changes: Record<string, unknown>
}

function weighted<Value>(
  one: FleetFile['devices'][number],
  index: number,
  kind: string,
  place: Origin,
  load: (used: Used, at: Origin) => Value,
): Weighted<Value> {
  const { use, with: changes, weight } = typeof one === 'string' ? { use: one, with: {}, weight: 1 } : one
  const path: Key[] = typeof one === 'string' ? [kind, index] : [kind, index, 'use']
  // The library's words for a place begin with what a scenario calls it.
  const at: Origin = (key, wantsKey) => {
    const [, ...rest] = key
    return key.length === 0 || key[0] === kind ? place(key, wantsKey) : place([kind, index, ...rest], wantsKey)
  }
  return { name: use, weight, value: load({ name: use, path, changes }, at) }
}

/** The same file twice, with other changes, is two things. */
function namedApart<Value>(list: Weighted<Value>[]): Weighted<Value>[] {
  const counts = new Map<string, number>()
  return list.map((one) => {
    const count = (counts.get(one.name) ?? 0) + 1
    counts.set(one.name, count)
    return count === 1 ? one : { ...one, name: `${one.name} (${count})` }
  })
}

function refuseWeights(place: Origin, kind: string): never {
  const { at, frame } = place([kind])
  throw new UserError('ERR_FILE_INVALID', `${at}: ${kind}: one weight at least has to be more than 0`, [...frame])
}

const WITHOUT_FAULT: Weighted<FaultChoice> = { name: 'none', weight: 1, value: { events: [] } }

function faultsOf(
  { faults }: FleetFile,
  common: readonly EventRule[],
  tenants: readonly Weighted<TenantDefinition>[],
  place: Origin,
): Weighted<FaultChoice>[] {
  if (faults.length === 0) return [WITHOUT_FAULT]
  if (!faults.some(({ weight }) => weight > 0)) refuseWeights(place, 'faults')
  const names = new Set<string>()
  return faults.map((entry, index) => {
    const events = eventRules(entry.events)
    checkEvents(events, common, tenants, place, ['faults', index, 'events'])
    const name = entry.name ?? entry.fault ?? 'none'
    if (names.has(name)) {
      const { at, frame } = place(['faults', index])
      throw new UserError('ERR_FILE_INVALID', `${at}: two entries of faults are called "${name}"`, [...frame])
    }
    names.add(name)
    return { name, weight: entry.weight, value: { ...faultNamed(entry, index, place), events } }
  })
}

function faultNamed({ fault: name }: FaultEntry, index: number, place: Origin): { fault?: Fault } {
  if (name === undefined) return {}
  const fault = FAULTS.find((one) => one.name === name)
  if (fault) return { fault }
  const names = FAULTS.map((one) => one.name)
  const near = nearest(name, names)
  const { at, frame } = place(['faults', index, 'fault'])
  throw new UserError('ERR_NOT_FOUND', `${at}: there is no fault "${name}"`, [
    ...frame,
    near ? `Did you mean "${near}"?` : '"oobe faults" lists them',
  ])
}

function checkEvents(
  rules: readonly EventRule[],
  common: readonly EventRule[],
  tenants: readonly Weighted<TenantDefinition>[],
  place: Origin,
  path: Key[],
): void {
  for (const [index, rule] of rules.entries()) {
    placed(place, [...path, index, 'when', rule.when.kind], () => {
      refuseUnknownState(rule)
      refuseUnknownEvent(rule, [...common, ...rules])
    })
    for (const { value } of tenants) {
      placed(place, [...path, index, 'administrator'], () => withIds(rule, rules, value))
    }
  }
}

function arrivalOf({ closed, constant, ramp, burst, herd }: FleetFile['arrival']): Arrival {
  if (constant) return { kind: 'constant', rate: constant.rate }
  if (ramp) return { kind: 'ramp', from: ramp.from, to: ramp.to, overMs: ramp.over }
  if (burst) return { kind: 'burst', size: burst.size, everyMs: burst.every }
  if (herd) return { kind: 'herd', withinMs: herd.within }
  return { kind: 'closed', atOnce: closed!.atOnce }
}

function speedOf(said: FleetFile['speed']): number {
  if (said === 'instant') return Number.POSITIVE_INFINITY
  return said === 'real' ? 1 : said
}

/** A URL is what it is; a profile and an authority are files beside the plan. */
function serviceOf(said: FleetFile, folder: string, other: OtherService): Pick<FleetPlan, 'service'> {
  const isOther = other.service !== undefined
  const service = other.service ?? said.service
  if (service === 'mock') return {}
  const seenFrom = isOther ? workingFolder() : folder
  const trust =
    other.trust === undefined ? said.trust && resolve(folder, said.trust) : resolve(workingFolder(), other.trust)
  const target = /^https?:\/\//i.test(service) ? service : resolve(seenFrom, service)
  return { service: { target, ...(trust === undefined ? {} : { trust }) } }
}

/** Code `ERR_FLEET_THRESHOLD`, with the column of the first wrong character. */
function thresholdOf(said: string, index: number, text: string, place: Origin): Threshold {
  try {
    return parseThreshold(said)
  } catch (error) {
    if (!(error instanceof ThresholdError)) throw error
    const { at, frame } = place(['thresholds', index])
    const [, file, line, column] = /^(.*):(\d+):(\d+)$/s.exec(at)!
    const first = text.split('\n')[Number(line) - 1]?.[Number(column) - 1]
    const begin = Number(column) + (first === '"' || first === "'" ? 1 : 0) + error.at
    throw new UserError('ERR_FLEET_THRESHOLD', `${file}:${line}:${begin}: thresholds.${index}: ${error.message}`, [
      ...frame.slice(0, -1),
      frame.at(-1)!.replace(/\^+$/, `${' '.repeat(begin - Number(column))}^`),
    ])
  }
}
