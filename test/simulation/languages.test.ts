import { expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { LANGUAGE_IDS, languageOfTag } from '../../src/domain/languages.ts'
import type { Screen } from '../../src/domain/screen.ts'
import { causeOf } from '../../src/journal/cause/cause-of.ts'
import { causeLines } from '../../src/journal/cause/lines.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'

const happyPath = loadScenarios('surface-wifi-happy-path')[0]!

const TAGS = ['de-DE', 'es-MX', 'fr-FR', 'pt-BR', 'ja-JP', 'zh-CN', 'ar-SA'] as const

const withLanguages = (
  languages: string[],
  person: Partial<Scenario['person']> = {},
  scenario = happyPath,
): Scenario => ({
  ...scenario,
  device: { ...scenario.device, windows: { ...scenario.device.windows, languages } },
  person: { ...scenario.person, ...person },
})

const screensOf = (journal: readonly JournalEntry[]): Screen[] =>
  journal.flatMap((entry) => (entry.kind === 'screen' && 'screen' in entry ? [entry.screen] : []))

const play = (scenario: Scenario) => runScenario(scenario, { seed: 1, transport: 'direct' })

test('each language that is not English has a tag here', () => {
  expect(TAGS.map(languageOfTag).sort()).toEqual(LANGUAGE_IDS.filter((id) => id !== 'en').sort())
})

test.each(TAGS)(
  'a device in %s is in it from power-on to the desktop, for a person who answers in English',
  async (tag) => {
    const run = await play(withLanguages([tag]))
    expect([run.outcome.kind, run.failures]).toEqual(['desktop', []])
    const screens = screensOf(run.journal)
    expect(new Set(screens.map(({ language }) => language))).toEqual(new Set([languageOfTag(tag)]))
    const english = screensOf((await play(happyPath)).journal)
    expect(screens.map(({ page, step }) => [page, step])).toEqual(english.map(({ page, step }) => [page, step]))
    const titles = screens.filter(({ title }, index) => title !== english[index]!.title)
    expect(titles.length).toBeGreaterThan(screens.length * 0.8)
  },
)

test('the language page is in the default language, and the pages behind it in the one that is chosen', async () => {
  const { journal } = await play(withLanguages(['de-DE', 'ja-JP', 'en-US'], { language: '日本語 (日本)' }))
  const pages = screensOf(journal).map(({ page, language }) => [page, language])
  expect(pages.slice(0, 3)).toEqual([
    ['powerOn', 'de'],
    ['language', 'de'],
    ['region', 'ja'],
  ])
  expect(pages.at(-1)).toEqual(['desktop', 'ja'])
})

test('a run in English says nothing of languages', async () => {
  const lines = JSON.stringify(screensOf((await play(happyPath)).journal))
  expect(lines).not.toContain('"language":"')
  expect(lines).not.toContain('"english":')
})

test('answers and expectations may be in the language of the page, in English, or ids', async () => {
  const person = {
    region: 'Deutschland',
    keyboard: '00000407',
    secondKeyboard: 'Überspringen',
    hello: happyPath.person.hello!,
  }
  const show = [
    { page: 'welcome', text: 'Willkommen bei Contoso School' },
    { page: 'welcome', wording: 'welcome.titleOf' },
    { page: 'region', control: 'Germany' },
    { page: 'network', control: 'Verbinden' },
    { page: 'network', control: 'Connect', without: 'Secured' },
  ] as const
  const scenario = withLanguages(['de-DE'], person)
  const run = await play({ ...scenario, expect: { ...scenario.expect!, show: [...show] } })
  expect(run.failures).toEqual([])
  const wrong = await play({
    ...scenario,
    expect: { ...scenario.expect!, show: [{ page: 'welcome', text: 'Welcome to' }] },
  })
  expect(wrong.failures).toEqual([
    'expected the page welcome with the text "Welcome to" to be shown; nearest: "Willkommen", "Kennwort", "Alice Park" (of 10)',
  ])
})

test('a region that there is not has a suggestion in English and in the language of the page', async () => {
  const fail = async (region: string) => (await play(withLanguages(['fr-FR'], { region }))).failures.join(' ')
  expect(await fail('Germny')).toContain('did you mean "Germany"?')
  expect(await fail('Allemange')).toContain('did you mean "Allemagne"?')
})

test('what went wrong is said in English, whatever the page says', async () => {
  const wrongKey = { network: { wifi: 'Contoso-Students', key: 'wrong-key' } }
  const run = await play(withLanguages(['fr-FR'], wrongKey))
  const shown = screensOf(run.journal).at(-1)!
  expect(shown.body.at(-1)).toEqual({
    text: "Connexion à ce réseau impossible : la clé de sécurité réseau n'est pas correcte.",
    english: "Can't connect to this network: the network security key is not correct.",
    tone: 'error',
  })
  expect(JSON.stringify(run.outcome)).toContain("Let's connect you to a network")
  expect(causeLines(causeOf(run.journal)!).join(' ')).toContain('the network security key is not correct')
})
