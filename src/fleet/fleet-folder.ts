import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../domain/trouble.ts'
import { VERSION } from '../run/version.ts'
import type { FleetShard } from './batches.ts'
import type { FleetPlan } from './plan.ts'

export const MANIFEST = 'fleet.json'
export const SEGMENTS = 'segments'
const FORMAT = 1

/** What a folder of a fleet says of itself: enough to merge it without the plan's library. */
export interface FleetManifest {
  format: typeof FORMAT
  product: string
  fleet: string
  title: string
  /** The file, as it was named. */
  plan: string
  count: number
  batch: number
  seed: number
  thresholds: string[]
  /** Devices start by the clock, and not when others have ended. */
  isOpen: boolean
  /** The service is another process: what it needs is not the generator's. */
  isReal: boolean
  shard?: FleetShard
  /** Unix milliseconds: the moment from which starts are counted. */
  startedAt: number
}

export const manifestOf = (plan: FleetPlan, startedAt: number, shard?: FleetShard): FleetManifest => ({
  format: FORMAT,
  product: VERSION,
  fleet: plan.id,
  title: plan.title,
  plan: plan.file,
  count: plan.count,
  batch: plan.batch,
  seed: plan.seed,
  thresholds: plan.thresholds.map(({ text }) => text),
  isOpen: plan.arrival.kind !== 'closed',
  isReal: plan.service !== undefined,
  ...(shard ? { shard } : {}),
  startedAt,
})

/** Undefined where the folder holds no fleet. Code `ERR_FLEET_FOLDER` for a file that is none of ours. */
export function readManifest(folder: string): FleetManifest | undefined {
  const path = join(folder, MANIFEST)
  if (!existsSync(path)) return undefined
  let read: Partial<FleetManifest>
  try {
    read = JSON.parse(readFileSync(path, 'utf8')) as Partial<FleetManifest>
  } catch (error) {
    throw new UserError('ERR_FLEET_FOLDER', `${path} cannot be read: ${(error as Error).message}`)
  }
  const isOurs =
    read.format === FORMAT &&
    typeof read.fleet === 'string' &&
    Number.isSafeInteger(read.count) &&
    read.count! > 0 &&
    Number.isSafeInteger(read.batch) &&
    read.batch! > 0 &&
    Array.isArray(read.thresholds)
  if (!isOurs) throw new UserError('ERR_FLEET_FOLDER', `${path} is no manifest of a fleet of this version`)
  return read as FleetManifest
}

/** The folders that hold a part of a fleet, in the given ones and directly below them. */
export function fleetFolders(operands: readonly string[]): string[] {
  return operands.flatMap((operand) => {
    if (!existsSync(operand)) throw new UserError('ERR_NOT_FOUND', `there is no folder ${operand}`)
    if (existsSync(join(operand, MANIFEST))) return [operand]
    const below = readdirSync(operand, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(operand, entry.name, MANIFEST)))
      .map((entry) => join(operand, entry.name))
      .sort()
    if (below.length > 0) return below
    throw new UserError('ERR_NOT_FOUND', `${operand} holds no fleet`, ['"oobe fleet PLAN.yaml --out DIR" makes one'])
  })
}
