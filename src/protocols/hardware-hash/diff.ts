import { ARCHITECTURES, MEDIA } from './codes.ts'
import { type Conclusion, conclude } from './diff-conclusions.ts'
import { areaOf, type DiffVerdict, type FieldChange, IDENTITY_FIELDS, identityFate } from './diff-tables.ts'
import { type FieldRow, fieldRows } from './field-rows.ts'
import type { HardwareReport } from './report.ts'

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
  const fates = IDENTITY_FIELDS.map(({ field }) => identityFate(field, before, after))
  const isShared = IDENTITY_FIELDS.some(({ isUnique, values }) => {
    const old = new Set(values(before))
    return isUnique && values(after).some((value) => old.has(value))
  })
  if (isShared) return fates.every((fate) => fate === 'same' || fate === 'absent') ? 'updated' : 'changed'
  const isUnknown = ![before, after].every((report) =>
    IDENTITY_FIELDS.some((f) => f.isUnique && f.values(report).length),
  )
  return isUnknown ? 'unknown' : 'other'
}

/** Values of each field, in the order of the fields. */
type Fields = Map<string, { record: number; values: string[] }>

function byField(report: HardwareReport): Fields {
  const fields: Fields = new Map()
  for (const { record, name, value } of [...fieldRows(report), ...hiddenRows(report)]) {
    const known = fields.get(name)
    if (known === undefined) fields.set(name, { record, values: [value] })
    else known.values.push(value)
  }
  return fields
}

/** What other rows say by the way, or not at all. */
function hiddenRows({ cpu, adapters }: HardwareReport): FieldRow[] {
  const row = (record: number, name: string, value: string): FieldRow => ({ record, name, value })
  const architecture = cpu && (ARCHITECTURES[cpu.architecture] ?? String(cpu.architecture))
  return [
    ...(architecture === undefined ? [] : [row(2, 'ProcessorArchitecture', architecture)]),
    ...adapters.map(({ medium }) => row(8, 'NetworkMedium', MEDIA[medium] ?? `medium ${medium}`)),
    ...adapters.map(({ enumerator }) => row(8, 'NetworkEnumerator', enumerator)),
  ]
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
