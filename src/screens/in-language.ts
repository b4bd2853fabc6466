import type { LanguageId } from '../domain/languages.ts'
import type { Control, Screen } from '../domain/screen.ts'
import type { View } from '../domain/view.ts'
import { ENGLISH, type Texts } from '../texts/en.ts'
import { screenOf } from './screen-of.ts'

/**
 * A page in a language. Other than in English it says which one, and what its texts are in English: by these names a scenario can
 * press the controls in every language, and causes speak English. Why a page is shown is English on each page.
 */
export function screenIn(view: View, language: LanguageId, texts: Texts): Screen | null {
  const screen = screenOf(view, texts)
  if (language === 'en' || screen === null) return screen
  const { title, body, controls, failure, why } = screenOf(view, ENGLISH)!
  const { page, step, ...rest } = screen
  return {
    page,
    language,
    ...(step === undefined ? {} : { step }),
    ...rest,
    ...(title === screen.title ? {} : { english: title }),
    body: screen.body.map((line, index) => said(line, body[index])),
    controls: screen.controls.map((control, index) => withEnglish(control, controls[index])),
    ...(screen.failure ? { failure: said(screen.failure, failure) } : {}),
    why,
  }
}

/** Beside its text the English one, where that differs. */
const said = <One extends { text: string }>(one: One, english: { text: string } | undefined): One =>
  english === undefined || english.text === one.text ? one : { ...one, english: english.text }

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
