/** Languages in which the pages can be shown. English is complete and comes first; the others are our own translations of it. */
export const LANGUAGE_IDS = ['en', 'de', 'es', 'fr', 'pt-BR', 'ja', 'zh-Hans', 'ar'] as const

export type LanguageId = (typeof LANGUAGE_IDS)[number]

/** Written from right to left. */
export const isRightToLeft = (id: LanguageId | undefined): boolean => id === 'ar'

const OF_PRIMARY: Readonly<Record<string, LanguageId>> = {
  de: 'de',
  es: 'es',
  fr: 'fr',
  pt: 'pt-BR',
  ja: 'ja',
  ar: 'ar',
}

/** Tags of Chinese in traditional characters: we have no texts in them. */
const TRADITIONAL = /-(Hant|TW|HK|MO)\b/

/** The language of the pages for a tag as Windows has it, such as `de-AT`; English where we have no translation. */
export function languageOfTag(tag: string): LanguageId {
  const primary = tag.split('-')[0]!.toLowerCase()
  if (primary === 'zh') return TRADITIONAL.test(tag) ? 'en' : 'zh-Hans'
  return OF_PRIMARY[primary] ?? 'en'
}
