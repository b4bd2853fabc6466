import type { LanguageId } from '../domain/languages.ts'
import type { Control, Screen } from '../domain/screen.ts'
import type { View } from '../domain/view.ts'
import { ENGLISH, type Texts } from '../texts/en.ts'
import { screenOf } from './screen-of.ts'

/**
 * A page in a language. Other than in English it says which one, and what its controls are called in English: by these names a
 * scenario can press them in every language. Why a page is shown stays English, as all diagnostics.
 */
export function screenIn(view: View, language: LanguageId, texts: Texts): Screen | null {
  const screen = screenOf(view, texts)
  if (language === 'en' || screen === null) return screen
  const { controls, why } = screenOf(view, ENGLISH)!
  const { page, ...rest } = screen
  return {
    page,
    language,
    ...rest,
    controls: screen.controls.map((control, index) => withEnglish(control, controls[index])),
    why,
  }
}

interface Named {
  id: string
  label: string
}

/** Beside its label the English one, where that differs. */
const named = <One extends Named>(one: One, english: Named | undefined): One =>
  english === undefined || english.id !== one.id || english.label === one.label
    ? one
    : { ...one, english: english.label }

function withEnglish(control: Control, english: Control | undefined): Control {
  if (control.kind !== 'choice' || english?.kind !== 'choice') return named(control, english)
  const known = new Map(english.options.map((option) => [option.id, option]))
  return { ...named(control, english), options: control.options.map((option) => named(option, known.get(option.id))) }
}
