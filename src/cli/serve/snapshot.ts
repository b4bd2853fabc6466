import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InfrastructureError } from '../../domain/trouble.ts'
import { packed, unpacked } from '../../mock-service/state/packed-state.ts'
import type { TenantState } from '../../mock-service/state/tenant-state.ts'
import { VERSION } from '../../run/version.ts'
import { damaged, replaceFile } from './folder-files.ts'
import { isAsWritten, summed, sumOf } from './sums.ts'
import { FORMAT, upgraded } from './upgrades.ts'
import { decodeValues, encodedValues } from './values.ts'

/** The tenant as it was after some of the requests. */
export interface State {
  tenant: TenantState
  /** Where the ids are. */
  chance: number[]
  /** Unix milliseconds. */
  now: number
}

export const SNAPSHOT = 'state.json'

interface Header {
  format: number
  /** Of the program that wrote it; for people. */
  version: string
  /** When the tenant began, in Unix milliseconds. */
  startedAt: number
  /** Requests that it has seen. */
  count: number
  /** CRC-32 of the second line. */
  state: string
}

export interface Snapshot {
  state: State
  count: number
  bytes: number
}

/** Two lines: what it is, and the state. Gives its length in bytes. */
export function writeSnapshot(folder: string, state: State, startedAt: number, count: number): number {
  const chunks = chunksOf(folder, state)
  const header: Header = { format: FORMAT, version: VERSION, startedAt, count, state: sumOf(...chunks) }
  const content = [Buffer.from(`${summed(header)}\n`), ...chunks, Buffer.from('\n')]
  replaceFile(folder, SNAPSHOT, content)
  return content.reduce((sum, { length }) => sum + length, 0)
}

/** Undefined where there is none. Code `ERR_DATA_FOLDER` for one that is not as it was written, or of another tenant. */
export function readSnapshot(folder: string, startedAt: number): Snapshot | undefined {
  const file = join(folder, SNAPSHOT)
  if (!existsSync(file)) return undefined
  const content = readFileSync(file, 'utf8')
  const [first = '', second = ''] = content.split('\n', 2)
  const header = headerIn(first)
  if (!header) throw damaged(`${file}:1`, 'it does not begin as a state of oobe-sim')
  if (header.format > FORMAT) {
    throw damaged(
      `${file}:1`,
      `version ${header.version} of oobe-sim has written it, which is newer than this one (${VERSION})`,
    )
  }
  if (header.startedAt !== startedAt) throw damaged(`${file}:1`, 'it is the state of another school')
  if (sumOf(second) !== header.state) throw damaged(`${file}:2`, 'it is not as it was written: its sum is another')
  const { tenant, ...others } = upgraded(decodeValues(second), header.format)
  return { state: { ...others, tenant: unpacked(tenant) }, count: header.count, bytes: Buffer.byteLength(content) }
}

/** A text has at most half a billion characters; the log then simply grows. */
function chunksOf(folder: string, state: State): Buffer[] {
  try {
    return encodedValues({ ...state, tenant: packed(state.tenant) })
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new InfrastructureError(
      'ERR_DATA_FOLDER',
      `${join(folder, SNAPSHOT)} cannot be written: the school is too large`,
    )
  }
}

function headerIn(text: string): Header | undefined {
  if (isAsWritten(text) !== true) return undefined
  const header = JSON.parse(text) as Partial<Header>
  const isOurs = Number.isSafeInteger(header.format) && header.format! >= 1 && Number.isSafeInteger(header.count)
  return isOurs ? (header as Header) : undefined
}
