import type { EspCategoryId } from '../../domain/esp.ts'
import type { CategoryFact } from '../facts.ts'

type Plain = Readonly<Record<string, unknown>>

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Undefined for a text that is no JSON object. */
export function objectIn(text: string): Plain | undefined {
  const value = valueIn(text)
  return isPlain(value) ? value : undefined
}

export function valueIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** A member by its name, in whatever case; as text. */
export function member(object: Plain, ...names: string[]): string | undefined {
  for (const [key, value] of Object.entries(object)) {
    if (!names.some((name) => name.toLowerCase() === key.toLowerCase())) continue
    if (typeof value === 'string') return value
    if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  }
  return undefined
}

/** A category of the status page: newer builds have an object for each step, older ones a text (oobe-autopilot-esp.md, 4.4 [F]). */
export function categoryOf(name: string, json: Plain): CategoryFact {
  const id = `${name.charAt(0).toLowerCase()}${name.slice(1)}` as EspCategoryId
  const steps = Object.entries(json).flatMap(([key, value]) => {
    const [, step] = /^(?:\w+\.)?(\w+?)Subcategory$/.exec(key) ?? []
    if (step === undefined) return []
    if (!isPlain(value)) return [{ name: step, state: String(value), text: '' }]
    return [
      {
        name: step,
        state: member(value, 'subcategoryState') ?? '',
        text: member(value, 'subcategoryStatusText') ?? '',
      },
    ]
  })
  return { kind: 'category', id, state: member(json, 'categoryState') ?? '', steps }
}
