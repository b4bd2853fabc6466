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

export const LANGUAGES: readonly Named[] = [
  { id: 'en-US', label: 'English (United States)' },
  { id: 'en-GB', label: 'English (United Kingdom)' },
  { id: 'de-DE', label: 'Deutsch (Deutschland)' },
  { id: 'es-ES', label: 'Español (España)' },
  { id: 'es-MX', label: 'Español (México)' },
  { id: 'fr-CA', label: 'Français (Canada)' },
  { id: 'fr-FR', label: 'Français (France)' },
  { id: 'it-IT', label: 'Italiano (Italia)' },
  { id: 'ja-JP', label: '日本語 (日本)' },
  { id: 'nl-NL', label: 'Nederlands (Nederland)' },
  { id: 'pl-PL', label: 'Polski (Polska)' },
  { id: 'pt-BR', label: 'Português (Brasil)' },
]

/** ISO 3166-1 codes. A selection: Windows lists every country and region. */
export const REGIONS: readonly Named[] = [
  { id: 'AR', label: 'Argentina' },
  { id: 'AU', label: 'Australia' },
  { id: 'AT', label: 'Austria' },
  { id: 'BE', label: 'Belgium' },
  { id: 'BR', label: 'Brazil' },
  { id: 'CA', label: 'Canada' },
  { id: 'CL', label: 'Chile' },
  { id: 'CO', label: 'Colombia' },
  { id: 'CZ', label: 'Czechia' },
  { id: 'DK', label: 'Denmark' },
  { id: 'FI', label: 'Finland' },
  { id: 'FR', label: 'France' },
  { id: 'DE', label: 'Germany' },
  { id: 'IN', label: 'India' },
  { id: 'IE', label: 'Ireland' },
  { id: 'IT', label: 'Italy' },
  { id: 'JP', label: 'Japan' },
  { id: 'KE', label: 'Kenya' },
  { id: 'MX', label: 'Mexico' },
  { id: 'NL', label: 'Netherlands' },
  { id: 'NZ', label: 'New Zealand' },
  { id: 'NO', label: 'Norway' },
  { id: 'PH', label: 'Philippines' },
  { id: 'PL', label: 'Poland' },
  { id: 'PT', label: 'Portugal' },
  { id: 'ZA', label: 'South Africa' },
  { id: 'ES', label: 'Spain' },
  { id: 'SE', label: 'Sweden' },
  { id: 'CH', label: 'Switzerland' },
  { id: 'GB', label: 'United Kingdom' },
  { id: 'US', label: 'United States' },
]

/** Keyboard layout identifiers (KLID) as Windows numbers them. A selection. */
export const KEYBOARDS: readonly Named[] = [
  { id: '00000409', label: 'US' },
  { id: '00020409', label: 'United States-International' },
  { id: '00000809', label: 'United Kingdom' },
  { id: '00001009', label: 'Canadian French' },
  { id: '00011009', label: 'Canadian Multilingual Standard' },
  { id: '00000406', label: 'Danish' },
  { id: '00000413', label: 'Dutch' },
  { id: '0000040c', label: 'French (Legacy, AZERTY)' },
  { id: '00000407', label: 'German' },
  { id: '00001809', label: 'Irish' },
  { id: '00000410', label: 'Italian' },
  { id: '00000411', label: 'Japanese' },
  { id: '0000080a', label: 'Latin American' },
  { id: '00000414', label: 'Norwegian' },
  { id: '00000415', label: 'Polish (214)' },
  { id: '00000416', label: 'Portuguese (Brazil ABNT)' },
  { id: '0000040a', label: 'Spanish' },
  { id: '0000041d', label: 'Swedish' },
  { id: '00000807', label: 'Swiss German' },
]

const KEYBOARD_OF_LANGUAGE: Record<string, string> = {
  'en-US': '00000409',
  'en-GB': '00000809',
  'de-DE': '00000407',
  'es-ES': '0000040a',
  'es-MX': '0000080a',
  'fr-CA': '00001009',
  'fr-FR': '0000040c',
  'it-IT': '00000410',
  'ja-JP': '00000411',
  'nl-NL': '00000413',
  'pl-PL': '00000415',
  'pt-BR': '00000416',
}

/** The layout that the keyboard page preselects for a language. */
export const keyboardOf = (language: string): string => KEYBOARD_OF_LANGUAGE[language] ?? '00000409'

/** The region that the region page preselects for a language. */
export const regionOf = (language: string): string => language.split('-')[1] ?? 'US'

export const labelOf = (list: readonly Named[], id: string): string =>
  list.find((entry) => entry.id === id)?.label ?? id
