import { type Conclusion, conclude } from './diff-conclusions.ts'
import { type Area, areaOf, IDENTITY_FIELDS } from './diff-tables.ts'
import { type FieldRow, fieldRows } from './field-rows.ts'
import type { HardwareReport } from './report.ts'

export interface FieldChange {
  record: number
  field: string
  area: Area
  /** Left out where only the second report has it; several values of a field are in one text. */
  before?: string
  after?: string
}

/**
 * `same`: nothing at all, or nothing but the time of the capture. `updated`: nothing that identifies the device.
 * `changed`: it is the device with other parts. `other`: the two have no unique value in common.
 */
export type DiffVerdict = 'same' | 'updated' | 'changed' | 'other'

export interface HardwareDiff {
  verdict: DiffVerdict
  changes: FieldChange[]
  conclusions: Conclusion[]
}

/** Two hardware reports field by field, and what the changes mean. */
export function diffHardwareReports(before: HardwareReport, after: HardwareReport): HardwareDiff {
  const changes = changesBetween(byField(before), byField(after))
  const verdict = verdictOf(before, after, changes)
  return { verdict, changes, conclusions: conclude({ before, after, changes, verdict }) }
}

function verdictOf(before: HardwareReport, after: HardwareReport, changes: readonly FieldChange[]): DiffVerdict {
  if (changes.every(({ area }) => area === 'time')) return 'same'
  const changed = new Set(changes.map(({ field }) => field))
  if (!IDENTITY_FIELDS.some(({ field }) => changed.has(field))) return 'updated'
  const isShared = IDENTITY_FIELDS.some(({ isUnique, values }) => {
    const old = new Set(values(before))
    return isUnique && values(after).some((value) => old.has(value))
  })
  return isShared ? 'changed' : 'other'
}

/** Values of each field, in the order of the fields. */
type Fields = Map<string, { record: number; values: string[] }>

function byField(report: HardwareReport): Fields {
  const fields: Fields = new Map()
  for (const { record, name, value } of fieldRows(report) satisfies FieldRow[]) {
    const known = fields.get(name)
    if (known === undefined) fields.set(name, { record, values: [value] })
    else known.values.push(value)
  }
  return fields
}

function changesBetween(before: Fields, after: Fields): FieldChange[] {
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].flatMap((field): FieldChange[] => {
    const [old, fresh] = [before.get(field), after.get(field)]
    const [was, is] = [textOf(old?.values), textOf(fresh?.values)]
    if (was === is) return []
    const { record } = (old ?? fresh)!
    const change: FieldChange = { record, field, area: areaOf(field) }
    if (was !== undefined) change.before = was
    if (is !== undefined) change.after = is
    return [change]
  })
}

/** The order of adapters says nothing. */
const textOf = (values: readonly string[] | undefined): string | undefined => values && [...values].sort().join(', ')
