import { beforeAll, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { PAGE_IDS } from '../../src/domain/pages.ts'
import type { Screen } from '../../src/domain/screen.ts'
import { namesOf } from '../../src/scenario/library.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { plainText } from '../../src/screens/plain-text.ts'
import { frameOf } from '../../src/ui/frame-text.ts'
import type { SessionSnapshot } from '../../src/ui/session.ts'
import { pageStates } from './machines.ts'

const COLUMNS = 80
const ROWS = 24

/** Each screen that any shipped scenario shows, once. */
let screens: Screen[]
let visited: Set<string>

beforeAll(async () => {
  const journal: JournalEntry[] = []
  for (const scenario of namesOf('scenario').flatMap(loadScenarios)) {
    journal.push(...(await runScenario(scenario, { seed: 1, transport: 'direct' })).journal)
  }
  const shown = journal.flatMap((entry) => (entry.kind === 'screen' && 'screen' in entry ? [entry.screen] : []))
  screens = [...new Map(shown.map((screen) => [JSON.stringify(screen), screen])).values()]
  visited = new Set(
    journal.flatMap((entry) =>
      entry.kind === 'transition' && entry.to !== undefined
        ? entry.to.split(',').map((to) => `${entry.machine}.${to}`)
        : [],
    ),
  )
})

const snapshotOf = (screen: Screen): SessionSnapshot => ({
  screen,
  now: 61_000,
  speed: 60,
  device: 'A virtual device',
  states: ['oobe.region'],
  transitions: [],
  requests: [],
  identity: [],
  network: { via: 'none', isOnline: false, hasEthernet: false, hasWifi: true, cable: false, radio: true },
  suggestion: null,
  note: null,
  ended: null,
})

test('every page is shown by some scenario', () => {
  expect(PAGE_IDS.filter((page) => !screens.some((screen) => screen.page === page))).toEqual([])
})

test('every state that shows a page is entered by some scenario', () => {
  const missed = pageStates().filter((address) => !visited.has(address))
  expect(missed.sort()).toEqual([
    // The mock's policy asks for no attestation of the key: test/simulation/key-policy.test.ts plays one that does.
    'enrollment.attestingKey',
    // The desktop between two users, and what comes after the page, are the same in each plan.
    'oobe.associated.usingDesktop',
    'oobe.autopilotReset.settlingKiosk.waiting',
    'oobe.autopilotReset.settlingSignInScreen.waiting',
    'oobe.autopilotReset.usingDesktop',
    'oobe.consumer.usingDesktop',
    'oobe.hybrid.settling.waiting',
    'oobe.preProvisioned.settling.waiting',
    'oobe.preProvisioned.usingDesktop',
    'oobe.selfDeploying.settling.waiting',
    'oobe.selfDeploying.settlingKiosk.waiting',
  ])
})

test('every screen fills its frame, with its title, its focus and its buttons', () => {
  for (const screen of screens) {
    const frame = frameOf(snapshotOf(screen), { columns: COLUMNS, rows: ROWS })
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
