import { REGIONS } from '../domain/regions.ts'
import type { ChoiceOption } from '../domain/screen.ts'
import type { Texts } from '../texts/en.ts'

/** Countries and regions by their names in the language of the page, in its order. */
export function regionOptions({ regionNames }: Texts): ChoiceOption[] {
  const names = Object.entries(regionNames)
  return names.length > 0
    ? names.map(([id, label]) => ({ id, label }))
    : REGIONS.map(({ id, label }) => ({ id, label }))
}
