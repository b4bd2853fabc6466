import { isDeepStrictEqual } from 'node:util'
import { DecodeError } from '../../domain/trouble.ts'
import { PayloadReader } from './byte-cursor.ts'
import { CODEC_BY_TYPE, RECORD_CODECS, type RecordCodec } from './records.ts'
import type { HardwareReport, LayoutRecord, RawRecord } from './report.ts'

/** A record where it was found. */
export interface FoundRecord extends RawRecord {
  offset: number
}

/** A record that a report asks for: a value with its codec, or raw bytes. */
type Planned = { type: number; codec: RecordCodec; value: unknown } | { type: number; raw: Uint8Array }

/**
 * Puts records into a report. One that does not hold what its type says goes to `complain`, and is kept raw when that
 * returns.
 */
export function assembleReport(
  records: readonly FoundRecord[],
  complain: (error: DecodeError, record: FoundRecord) => void,
): HardwareReport {
  const report: HardwareReport = { adapters: [], unknown: [] }
  for (const record of records) {
    if (!readInto(report, record, complain)) report.unknown.push({ type: record.type, payload: record.payload })
  }
  return report
}

function readInto(
  report: HardwareReport,
  record: FoundRecord,
  complain: (error: DecodeError, record: FoundRecord) => void,
): boolean {
  const codec = CODEC_BY_TYPE.get(record.type)
  if (codec === undefined) return false
  const reader = new PayloadReader(record.payload, record)
  try {
    return codec.put(report, codec.read(reader))
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    complain(error, record)
    return false
  }
}

/** How the records stood, when the encoder would write the report in another way. */
export function layoutOf(report: HardwareReport, found: readonly RawRecord[]): LayoutRecord[] | undefined {
  const plan = planOf(report)
  const inOrder = plan.every(({ type }, index) => found[index]!.type === type)
  const next = queues(plan)
  let isUsual = inOrder
  const records = found.map(({ type, payload }): LayoutRecord => {
    if (sameBytes(usualPayload(next(type)!), payload)) return { type }
    isUsual = false
    return { type, payload }
  })
  return isUsual ? undefined : records
}

/** The records of a report as they are written: in its layout when it has one, what is not in there at the end. */
export function recordsOf(report: HardwareReport): RawRecord[] {
  const plan = planOf(report)
  if (report.layout?.records === undefined) return plan.map((item) => ({ type: item.type, payload: payloadOf(item) }))
  const next = queues(plan)
  const placed = new Set<Planned>()
  const records: RawRecord[] = []
  for (const entry of report.layout.records) {
    const item = next(entry.type)
    // A person has removed the value from the report.
    if (item === undefined) continue
    placed.add(item)
    records.push({ type: item.type, payload: stillMeans(entry, item) ? entry.payload! : payloadOf(item) })
  }
  const added = plan.filter((item) => !placed.has(item))
  return [...records, ...added.map((item) => ({ type: item.type, payload: payloadOf(item) }))]
}

/** In the tool's order, what is unknown behind what is known. */
const planOf = (report: HardwareReport): Planned[] => [
  ...RECORD_CODECS.flatMap((codec) => codec.valuesOf(report).map((value) => ({ type: codec.type, codec, value }))),
  ...report.unknown.map(({ type, payload }) => ({ type, raw: payload })),
]

/** Hands out the records of each type one after the other. */
function queues(plan: readonly Planned[]): (type: number) => Planned | undefined {
  const byType = new Map<number, Planned[]>()
  for (const item of plan) {
    const queue = byType.get(item.type)
    if (queue === undefined) byType.set(item.type, [item])
    else queue.push(item)
  }
  const taken = new Map<number, number>()
  return (type) => {
    const index = taken.get(type) ?? 0
    taken.set(type, index + 1)
    return byType.get(type)?.[index]
  }
}

const payloadOf = (item: Planned): Uint8Array => ('raw' in item ? item.raw : item.codec.write(item.value))

/** Undefined for a value that was read and that the encoder would refuse, such as a text in Latin-1. */
function usualPayload(item: Planned): Uint8Array | undefined {
  try {
    return payloadOf(item)
  } catch {
    return undefined
  }
}

function stillMeans({ payload }: LayoutRecord, item: Planned): boolean {
  if (payload === undefined || 'raw' in item) return false
  try {
    return isDeepStrictEqual(item.codec.read(new PayloadReader(payload, { type: item.type, offset: 0 })), item.value)
  } catch {
    return false
  }
}

const sameBytes = (one: Uint8Array | undefined, other: Uint8Array): boolean =>
  one !== undefined && Buffer.compare(one, other) === 0
