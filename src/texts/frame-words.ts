import type { LanguageId } from '../domain/languages.ts'
import { FRAME as AR } from './ar/frame.ts'
import { FRAME as DE } from './de/frame.ts'
import { FRAME } from './en-frame.ts'
import { FRAME as ES } from './es/frame.ts'
import { FRAME as FR } from './fr/frame.ts'
import { FRAME as JA } from './ja/frame.ts'
import { FRAME as PT_BR } from './pt-br/frame.ts'
import { type TextsOf, type Translation, textsOf } from './wording.ts'
import { FRAME as ZH_HANS } from './zh-hans/frame.ts'

/** What is said around the pages, ready to be drawn. */
export type FrameWords = TextsOf<typeof FRAME>

/** Each language: films and finished runs are drawn at once, and these are few words. */
export const FRAME_WORDINGS: Readonly<Record<LanguageId, Translation<typeof FRAME>>> = {
  en: FRAME,
  de: DE,
  es: ES,
  fr: FR,
  'pt-BR': PT_BR,
  ja: JA,
  'zh-Hans': ZH_HANS,
  ar: AR,
}

const ready = new Map<LanguageId, FrameWords>()

/** The words around a page in its language. @param language left out: English */
export function frameWords(language: LanguageId = 'en'): FrameWords {
  const known = ready.get(language)
  if (known) return known
  const words = textsOf(FRAME_WORDINGS[language]) as FrameWords
  ready.set(language, words)
  return words
}
