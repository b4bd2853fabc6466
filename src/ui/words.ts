import type { LanguageId } from '../domain/languages.ts'
import { type FrameWords, frameWords } from '../texts/frame-words.ts'
import type { SessionSnapshot } from './session.ts'

type Shown = Pick<SessionSnapshot, 'screen' | 'language'>

/** The language of the page; while the screen is dark that of the last one. Undefined: English. */
export const languageOf = ({ screen, language }: Shown): LanguageId | undefined => (screen ? screen.language : language)

/** What the frame around a page says, in the language of the page. */
export const wordsOf = (shown: Shown): FrameWords => frameWords(languageOf(shown))
