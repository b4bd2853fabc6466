import type { LanguageId } from '../domain/languages.ts'
import { EN, ENGLISH, type RegionNames, type Texts, textsIn } from './en.ts'
import type { Translation } from './wording.ts'

interface Language {
  TEXTS: Translation<typeof EN>
  REGIONS: RegionNames
}

/** One file a language, loaded when a device has it: a run in English loads none. */
const FILES: Readonly<Record<Exclude<LanguageId, 'en'>, () => Promise<Language>>> = {
  de: () => import('./de/de.ts'),
  es: () => import('./es/es.ts'),
  fr: () => import('./fr/fr.ts'),
  'pt-BR': () => import('./pt-br/pt-br.ts'),
  ja: () => import('./ja/ja.ts'),
  'zh-Hans': () => import('./zh-hans/zh-hans.ts'),
  ar: () => import('./ar/ar.ts'),
}

interface Loaded {
  texts: Texts
  wordings: Translation<typeof EN>
}

const loaded = new Map<LanguageId, Loaded>([['en', { texts: ENGLISH, wordings: EN }]])

/** Loads the texts of languages, for {@link textsFor} and {@link wordingsFor}. */
export async function loadLanguages(ids: Iterable<LanguageId>): Promise<void> {
  for (const id of new Set(ids)) {
    if (id === 'en' || loaded.has(id)) continue
    const { TEXTS, REGIONS } = await FILES[id]()
    loaded.set(id, { texts: textsIn(TEXTS, REGIONS), wordings: TEXTS })
  }
}

const of = (id: LanguageId): Loaded => {
  const found = loaded.get(id)
  if (!found) throw new Error(`the texts of ${id} were not loaded`)
  return found
}

/** The texts of a language that was loaded, ready for screens. */
export const textsFor = (id: LanguageId): Texts => of(id).texts

/** The table of a language that was loaded: each text with the names of what is put in. */
export const wordingsFor = (id: LanguageId): Translation<typeof EN> => of(id).wordings
