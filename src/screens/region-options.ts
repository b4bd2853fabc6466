import { REGIONS } from '../domain/regions.ts'
import type { ChoiceOption } from '../domain/screen.ts'
import type { Texts } from '../texts/en.ts'

const made = new WeakMap<Texts, ChoiceOption[]>()

/** Countries and regions by their names in the language of the page, in its order. One list for all devices. */
export function regionOptions(texts: Texts): ChoiceOption[] {
  const before = made.get(texts)
  if (before) return before
  const names = Object.entries(texts.regionNames)
  const options =
    names.length > 0 ? names.map(([id, label]) => ({ id, label })) : REGIONS.map(({ id, label }) => ({ id, label }))
  made.set(texts, options)
  return options
}
