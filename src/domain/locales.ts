/** Entry of a list on the language, region and keyboard pages. */
export interface Named {
  id: string
  label: string
}

/** Why a text is no language as Windows names one, such as `en-US`; undefined when it is. */
export const whatIsWrongWithLanguage = (id: string): string | undefined =>
  /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/.test(id)
    ? undefined
    : `"${id}" is no language: it looks like en-US`

interface Language extends Named {
  /** The layout that the keyboard page preselects. Of those with an input method editor it is the layout below it. */
  keyboard: string
}

/** The languages of Windows 11 by their own names, with their default layouts: both are a choice, not a published list. */
export const LANGUAGES: readonly Language[] = [
  { id: 'ar-SA', label: 'العربية (المملكة العربية السعودية)', keyboard: '00000401' },
  { id: 'bg-BG', label: 'Български (България)', keyboard: '00030402' },
  { id: 'cs-CZ', label: 'Čeština (Česko)', keyboard: '00000405' },
  { id: 'da-DK', label: 'Dansk (Danmark)', keyboard: '00000406' },
  { id: 'de-DE', label: 'Deutsch (Deutschland)', keyboard: '00000407' },
  { id: 'el-GR', label: 'Ελληνικά (Ελλάδα)', keyboard: '00000408' },
  { id: 'en-GB', label: 'English (United Kingdom)', keyboard: '00000809' },
  { id: 'en-US', label: 'English (United States)', keyboard: '00000409' },
  { id: 'es-ES', label: 'Español (España)', keyboard: '0000040a' },
  { id: 'es-MX', label: 'Español (México)', keyboard: '0000080a' },
  { id: 'et-EE', label: 'Eesti (Eesti)', keyboard: '00000425' },
  { id: 'fi-FI', label: 'Suomi (Suomi)', keyboard: '0000040b' },
  { id: 'fr-CA', label: 'Français (Canada)', keyboard: '00001009' },
  { id: 'fr-FR', label: 'Français (France)', keyboard: '0000040c' },
  { id: 'he-IL', label: 'עברית (ישראל)', keyboard: '0002040d' },
  { id: 'hr-HR', label: 'Hrvatski (Hrvatska)', keyboard: '0000041a' },
  { id: 'hu-HU', label: 'Magyar (Magyarország)', keyboard: '0000040e' },
  { id: 'it-IT', label: 'Italiano (Italia)', keyboard: '00000410' },
  { id: 'ja-JP', label: '日本語 (日本)', keyboard: '00000411' },
  { id: 'ko-KR', label: '한국어 (대한민국)', keyboard: '00000412' },
  { id: 'lt-LT', label: 'Lietuvių (Lietuva)', keyboard: '00010427' },
  { id: 'lv-LV', label: 'Latviešu (Latvija)', keyboard: '00020426' },
  { id: 'nb-NO', label: 'Norsk bokmål (Norge)', keyboard: '00000414' },
  { id: 'nl-NL', label: 'Nederlands (Nederland)', keyboard: '00000413' },
  { id: 'pl-PL', label: 'Polski (Polska)', keyboard: '00000415' },
  { id: 'pt-BR', label: 'Português (Brasil)', keyboard: '00000416' },
  { id: 'pt-PT', label: 'Português (Portugal)', keyboard: '00000816' },
  { id: 'ro-RO', label: 'Română (România)', keyboard: '00010418' },
  { id: 'ru-RU', label: 'Русский (Россия)', keyboard: '00000419' },
  { id: 'sk-SK', label: 'Slovenčina (Slovensko)', keyboard: '0000041b' },
  { id: 'sl-SI', label: 'Slovenščina (Slovenija)', keyboard: '00000424' },
  { id: 'sr-Latn-RS', label: 'Srpski (Srbija)', keyboard: '0000081a' },
  { id: 'sv-SE', label: 'Svenska (Sverige)', keyboard: '0000041d' },
  { id: 'th-TH', label: 'ไทย (ไทย)', keyboard: '0000041e' },
  { id: 'tr-TR', label: 'Türkçe (Türkiye)', keyboard: '0000041f' },
  { id: 'uk-UA', label: 'Українська (Україна)', keyboard: '00020422' },
  { id: 'zh-CN', label: '中文(中国)', keyboard: '00000804' },
  { id: 'zh-TW', label: '中文(台灣)', keyboard: '00000404' },
]

/** The layout that the keyboard page preselects for a language. */
export const keyboardOf = (language: string): string =>
  (LANGUAGES.find(({ id }) => id === language) ?? sameLanguage(language))?.keyboard ?? '00000409'

/** Another region of the same language: `de-AT` types as `de-DE`. */
const sameLanguage = (language: string): Language | undefined =>
  LANGUAGES.find(({ id }) => id.split('-')[0] === language.split('-')[0])

/** The region that the region page preselects for a language: the last part of `sr-Latn-RS`. */
export const regionOf = (language: string): string => /-([A-Z]{2})$/.exec(language)?.[1] ?? 'US'

export const labelOf = (list: readonly Named[], id: string): string =>
  list.find((entry) => entry.id === id)?.label ?? id
