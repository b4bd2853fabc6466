import type { Endpoints } from '../domain/endpoints.ts'
import { UserError } from '../domain/trouble.ts'
import type { TenantState } from '../mock-service/state/tenant-state.ts'
import type { KeySource } from '../ports/keys.ts'
import type { RunResult } from '../run/run-options.ts'
import type { EarlierRun, RunSpec } from '../run/run-spec.ts'
import { digestOf } from '../run/seal.ts'
import type { SealedRun } from './spec-of.ts'

/** What of a run is needed to know what it leaves in its school. */
export interface Played {
  result: RunResult
  left: TenantState | undefined
}

/** Plays a run, against its own mock. */
export type PlayEarlier = (sealed: SealedRun, begins: TenantState | undefined) => Promise<Played>

/** How many schools are kept for runs to come: a run is often played again with one fact changed. */
const KEPT_MAX = 4

const kept = new Map<string, Promise<TenantState | undefined>>()

/**
 * What the runs before this one have left in their school: they are played again, each with what the one before it left. They are
 * values, so that it is the same each time; undefined for the first run of a school, and where no device has asked it anything.
 *
 * @throws UserError `ERR_DEVICES_OVERLAP` for a run that had not ended when the next device was switched on
 */
export async function schoolBefore(
  { spec, vault }: SealedRun,
  about: { endpoints: Endpoints; keys: KeySource },
  play: PlayEarlier,
): Promise<TenantState | undefined> {
  const { before = [] } = spec
  if (before.length === 0) return undefined
  const name = digestOf(JSON.stringify([spec.seed, spec.tenant, spec.startsAt, before, vault, about.endpoints]))
  let left = kept.get(name)
  if (!left) {
    if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value!)
    left = playAll({ spec, vault }, before, play)
    kept.set(name, left)
    left.catch(() => kept.delete(name))
  }
  const state = await left
  return state && structuredClone(state)
}

async function playAll(
  { spec, vault }: SealedRun,
  before: readonly EarlierRun[],
  play: PlayEarlier,
): Promise<TenantState | undefined> {
  let state: TenantState | undefined
  for (const [index, earlier] of before.entries()) {
    const { result, left } = await play(
      { spec: specOfEarlier(spec, earlier, before.slice(0, index)), vault: { ...vault } },
      state,
    )
    refuseOverlap(earlier, result, before[index + 1] ?? spec)
    state = left ?? state
  }
  return state
}

function specOfEarlier(spec: RunSpec, earlier: EarlierRun, before: EarlierRun[]): RunSpec {
  const { version, product, seed, tenant } = spec
  return {
    ...{ version, product, seed, tenant, ...earlier, expect: null, places: {} },
    ...(before.length > 0 ? { before } : {}),
  }
}

/** A school's past is not rewritten. */
function refuseOverlap(earlier: EarlierRun, { durationMs }: RunResult, next: Pick<RunSpec, 'scenario' | 'startsAt'>) {
  const end = Date.parse(earlier.startsAt) + durationMs
  if (end <= Date.parse(next.startsAt)) return
  throw new UserError(
    'ERR_DEVICES_OVERLAP',
    `${next.scenario} is switched on at ${next.startsAt}, and ${earlier.scenario} was not done before ${new Date(end).toISOString()}`,
    ['Give the later device more time: later: 2d'],
  )
}
