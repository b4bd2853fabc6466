import { beforeAll, expect, test } from 'vitest'
import { Catalogue } from '../../src/cli/screens/catalogue.ts'
import { stillOf, stillSnapshot } from '../../src/cli/screens/still.ts'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { LANGUAGE_IDS } from '../../src/domain/languages.ts'
import { PAGE_IDS } from '../../src/domain/pages.ts'
import type { Screen } from '../../src/domain/screen.ts'
import { namesOf } from '../../src/scenario/library.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { plainText } from '../../src/screens/plain-text.ts'
import { loadLanguages } from '../../src/texts/languages.ts'
import { frameOf } from '../../src/ui/frame-text.ts'
import { rowWidth } from '../../src/ui/rows/row.ts'
import { cutTexts } from './cut-texts.ts'
import { pageStates } from './machines.ts'

const COLUMNS = 80
const ROWS = 24

/** Each screen that any shipped scenario shows, once. */
let screens: Screen[]
let visited: Set<string>
const catalogue = new Catalogue()

beforeAll(async () => {
  await loadLanguages(LANGUAGE_IDS)
  const journal: JournalEntry[] = []
  for (const scenario of namesOf('scenario').flatMap(loadScenarios)) journal.push(...(await catalogue.play(scenario)))
  const shown = journal.flatMap((entry) => (entry.kind === 'screen' && 'screen' in entry ? [entry.screen] : []))
  screens = [...new Map(shown.map((screen) => [JSON.stringify(screen), screen])).values()]
  visited = new Set(
    journal.flatMap((entry) =>
      entry.kind === 'transition' && entry.to !== undefined
        ? entry.to.split(',').map((to) => `${entry.machine}.${to}`)
        : [],
    ),
  )
}, 300_000)

test('every page is shown by some scenario', () => {
  expect(PAGE_IDS.filter((page) => !screens.some((screen) => screen.page === page))).toEqual([])
})

test('every state that shows a page is entered by some scenario', () => {
  const missed = pageStates().filter((address) => !visited.has(address))
  expect(missed.sort()).toEqual([
    // The mock's policy asks for no attestation of the key: test/simulation/key-policy.test.ts plays one that does.
    'enrollment.attestingKey',
    // The desktop between two users, and what comes after the page, are the same in each plan.
    'oobe.associated.atDesktop',
    'oobe.associated.usingDesktop',
    'oobe.autopilotReset.settlingKiosk.waiting',
    'oobe.autopilotReset.settlingSignInScreen.waiting',
    'oobe.autopilotReset.usingDesktop',
    'oobe.consumer.atDesktop',
    'oobe.consumer.usingDesktop',
    'oobe.devicePreparation.atDesktop',
    'oobe.hybrid.atDesktop',
    'oobe.hybrid.settling.waiting',
    'oobe.preProvisioned.atDesktop',
    'oobe.preProvisioned.settling.waiting',
    'oobe.preProvisioned.usingDesktop',
    'oobe.selfDeploying.atDesktop',
    'oobe.selfDeploying.settling.waiting',
    'oobe.selfDeploying.settlingKiosk.waiting',
  ])
})

test('every screen fills its frame, with its title, its focus and its buttons', () => {
  for (const screen of screens) {
    const frame = frameOf(stillSnapshot(screen), { columns: COLUMNS, rows: ROWS })
    const lines = frame.split('\n')
    const name = `${screen.page}/${screen.step ?? ''}`
    expect(lines.length, name).toBeLessThanOrEqual(ROWS)
    expect(Math.max(...lines.map((line) => line.length)), name).toBeLessThanOrEqual(COLUMNS)
    const words = screen.title.split(' ').slice(0, 3).join(' ')
    expect(frame, name).toContain(words)
    for (const control of screen.controls) if (control.kind === 'button') expect(frame, name).toContain(control.label)
    if (screen.controls.length > 0) expect(frame, name).toMatch(/[▸▹]/)
    if (screen.brand) expect(frame, name).toContain(screen.brand.name)
    if (screen.failure) expect(frame, name).toContain(screen.failure.code)
  }
})

test('every screen that a profile, a policy or a fact has shaped says so', () => {
  const pages = [
    'signIn',
    'enrollmentStatus',
    'enrollmentStatusFailure',
    'naming',
    'welcome',
    'qualityUpdates',
    'desktop',
    'signInScreen',
  ]
  for (const screen of screens.filter(
    ({ page, title }) => pages.includes(page) && title !== "Let's add your Microsoft account",
  )) {
    // The ordinary consumer way has no profile to name.
    if (screen.page === 'signIn' && !screen.brand) continue
    expect(screen.why.length, `${screen.page}/${screen.step ?? ''}`).toBeGreaterThan(0)
  }
})

test('ids of controls are unique on their screen, and one button at most is primary', () => {
  for (const { page, step, controls } of screens) {
    const ids = controls.map(({ id }) => id)
    expect(new Set(ids).size, `${page}/${step ?? ''}`).toBe(ids.length)
    const primaries = controls.filter((control) => control.kind === 'button' && control.primary)
    expect(primaries.length, `${page}/${step ?? ''}`).toBeLessThanOrEqual(1)
  }
})

test('plain text says the same: page id, title, body, code', () => {
  for (const screen of screens) {
    const text = plainText(screen).join('\n')
    expect(text.startsWith(`[${screen.page}`)).toBe(true)
    expect(text).toContain(screen.title)
    for (const { text: line } of screen.body) expect(text).toContain(line)
    if (screen.failure) expect(text).toContain(screen.failure.code)
  }
})

test.each(LANGUAGE_IDS)(
  'in %s nothing is cut that is not cut in English, and nothing leaves the terminal',
  (language) => {
    const cut: string[] = []
    for (const { name, view } of catalogue.entries) {
      const [english, still] = [stillOf(view, 'en')!, stillOf(view, language)!]
      expect(still.rows.length).toBe(ROWS)
      for (const row of still.rows) expect(rowWidth(row), name).toBeLessThanOrEqual(COLUMNS)
      const known = cutTexts(english).map(({ at }) => at)
      for (const { at, text } of cutTexts(still)) if (!known.includes(at)) cut.push(`${name} ${at}: ${text}`)
    }
    expect(cut).toEqual([])
  },
)

test('in English what is cut is a page with more than a terminal has, or the message of a server', () => {
  const cut = catalogue.entries.filter(({ view }) => cutTexts(stillOf(view, 'en')!).length > 0)
  expect([...new Set(cut.map(({ page }) => page))]).toEqual(['tpmAttestation', 'diagnostics', 'technicianStatus'])
})
