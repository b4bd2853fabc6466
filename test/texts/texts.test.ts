import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LANGUAGE_IDS, type LanguageId, languageOfTag } from '../../src/domain/languages.ts'
import { PRIVACY_SETTINGS } from '../../src/domain/privacy.ts'
import { REGIONS } from '../../src/domain/regions.ts'
import { EN, ENGLISH } from '../../src/texts/en.ts'
import { loadLanguages, textsFor, wordingsFor } from '../../src/texts/languages.ts'
import { said, textsOf, translationOf } from '../../src/texts/wording.ts'

const screens = readdirSync('src/screens').map((file) => readFileSync(`src/screens/${file}`, 'utf8'))
/** The names under which a screen has the texts of a page: `texts.network`, `network`, or `said` of `{ network: said }`. */
function namesOf(screen: string, page: string): string[] {
  const renamed = [...screen.matchAll(new RegExp(`\\b${page}: (\\w+)\\b`, 'g'))].map(([, name]) => name!)
  return [page, ...renamed]
}

/** Whether a screen reads `page.key`, by its name, or by taking the page apart. */
const reads = (screen: string, page: string, key: string): boolean =>
  namesOf(screen, page).some((name) =>
    new RegExp(`\\b${name}\\.${key}\\b|\\{[^}]*\\b${key}\\b[^}]*\\} = (?:texts\\.)?${name}\\b`).test(screen),
  )

/** Read by a value of the statechart and not by name. */
const BY_VALUE: Record<string, readonly string[]> = {
  network: [
    ...['wrongKey', 'wrongCredentials', 'outOfRange', 'unsupported'],
    ...['open', 'wpa2-psk', 'wpa3-sae', 'wpa2-enterprise', 'wpa3-enterprise'],
  ],
  // Steps by their ids, statuses by what they say.
  enrollmentStatus: [
    ...['devicePreparation', 'deviceSetup', 'accountSetup'],
    ...['securingHardware', 'joiningNetwork', 'registering', 'preparing'],
    ...['securityPolicies', 'certificates', 'networkConnections', 'apps'],
    ...['identifying', 'noSetup', 'applied', 'added', 'installed', 'error', 'code'],
  ],
  // By what is wrong with a PIN, and by kinds of characters.
  hello: [...['digits', 'uppercase', 'lowercase', 'special'], ...['differs', 'tooShort', 'tooLong', 'tooSimple']],
  // By the sentence of the code.
  errorPage: [
    ...['communication', 'authentication', 'notAuthorized', 'certificate', 'inProgress', 'alreadyEnrolled', 'tooMany'],
    ...['notSupported', 'notAccepted', 'maintenance', 'licence', 'wrongConfiguration', 'notTrusted', 'restartNeeded'],
    'invalidCertificate',
  ],
  // By the setting.
  privacy: [...PRIVACY_SETTINGS],
  // By what a device may be for.
  offers: ['entertainment', 'gaming', 'school', 'creativity', 'business', 'family'],
  // By the step that is under way.
  updateSteps: ['downloading', 'installing', 'preparingToRestart'],
  signIn: [
    ...['unknownAccount', 'wrongPassword', 'timedOut', 'differentPasswords', 'weakPassword'],
    // By the AADSTS number of the refusal.
    ...['50053', '50055', '50057', '50072', '50074', '50076', '50105', '50144', '53000', '53003', '90033'],
    ...['135010', '135016', 'wrongPin', 'heldKey', 'lockedKey', 'unfamiliarKey'],
  ],
}

test('every key is read by a screen of its page', () => {
  const unread = Object.entries(EN).flatMap(([page, wordings]) =>
    Object.keys(wordings)
      .filter((key) => !BY_VALUE[page]?.includes(key))
      .filter((key) => !screens.some((screen) => reads(screen, page, key)))
      .map((key) => `${page}.${key}`),
  )
  expect(unread).toEqual([])
})

test('a wording that names a section names one of the reference', () => {
  const reference = readFileSync('docs/sources/oobe-autopilot-esp.md', 'utf8')
  const sections = new Set([...reference.matchAll(/^#+ (\d+(?:\.\d+)?)\.? /gm)].map(([, number]) => number))
  const wrong = Object.entries(EN).flatMap(([page, wordings]) =>
    Object.entries(wordings).flatMap(([key, { source, tag }]: [string, { source?: string; tag: string }]) =>
      (source === undefined && tag !== 'U' && tag !== 'own') || (source !== undefined && !sections.has(source))
        ? [`${page}.${key}`]
        : [],
    ),
  )
  expect(wrong).toEqual([])
})

test('values are put in where their names are, and a text without names is ready as it is', () => {
  expect(ENGLISH.network.connecting({ ssid: '{ssid} $&' })).toBe('Connecting to {ssid} $&')
  expect(ENGLISH.network.title).toBe("Let's connect you to a network")
})

test('a translation has every key', () => {
  const few = { page: { one: said('One', 'own'), other: said('{n} others', 'own') } } as const
  const german = translationOf<typeof few>()({ page: { one: 'Eins', other: '{n} andere' } })
  expect(german.page.other).toEqual(said('{n} andere', 'assumed'))
  expect(textsOf(german).page.other({ n: 2 })).toBe('2 andere')
  // @ts-expect-error a key that is missing does not compile
  expect(Object.keys(translationOf<typeof few>()({ page: { one: 'Eins' } }).page)).toEqual(['one'])
})

test('a translation puts in the same values, in any order', () => {
  const few = { page: { of: said('{done} of {all}', 'own'), none: said('None', 'own') } } as const
  const japanese = translationOf<typeof few>()({ page: { of: '{all} 個中 {done} 個', none: 'なし' } })
  expect(textsOf(japanese).page.of({ done: 1, all: 2 })).toBe('2 個中 1 個')
  // @ts-expect-error one is left out
  translationOf<typeof few>()({ page: { of: '{all} 個', none: 'なし' } })
  // @ts-expect-error there is no such value
  translationOf<typeof few>()({ page: { of: '{done} {all} {rest}', none: 'なし' } })
  // @ts-expect-error nothing is put in
  translationOf<typeof few>()({ page: { of: '{all} 個中 {done} 個', none: '{all}' } })
})

test('each language has the keys of English and no other, and all its texts are assumed', async () => {
  await loadLanguages(LANGUAGE_IDS)
  const keys = (table: object) =>
    Object.entries(table).flatMap(([page, texts]) => Object.keys(texts).map((key) => `${page}.${key}`))
  for (const id of LANGUAGE_IDS.filter((one) => one !== 'en')) {
    const table = wordingsFor(id)
    expect([id, keys(table).sort()]).toEqual([id, keys(EN).sort()])
    for (const texts of Object.values(table))
      for (const { tag, text } of Object.values(texts))
        expect([tag, text.trim() === text && text !== '']).toEqual(['assumed', true])
    expect(Object.keys(textsFor(id).regionNames).sort()).toEqual(REGIONS.map((region) => region.id).sort())
  }
})

test('the table of a language that was not loaded is no silent English', () => {
  expect(() => textsFor('tlh' as LanguageId)).toThrow('not loaded')
})

test.each([
  ['de-AT', 'de'],
  ['zh-CN', 'zh-Hans'],
  ['zh-TW', 'en'],
  ['zh-Hant-HK', 'en'],
  ['pt-PT', 'pt-BR'],
  ['sr-Latn-RS', 'en'],
  ['en-GB', 'en'],
])('pages of a device in %s are in %s', (tag, id) => {
  expect(languageOfTag(tag)).toBe(id)
})

test('a text without a tag does not compile, and neither does one with a tag that there is not', () => {
  // @ts-expect-error how sure it is has to be said
  expect(said('Hello').text).toBe('Hello')
  // @ts-expect-error X is no tag
  expect(said('Hello', 'X').text).toBe('Hello')
})
