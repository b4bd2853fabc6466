import { expect, test } from 'vitest'
import { delayMs } from '../../src/charts/delays.ts'
import type { JournalEntry } from '../../src/domain/journal.ts'
import type { CockpitSource, Offer } from '../../src/ui/cockpit/source.ts'
import { frameRows } from '../../src/ui/frame.ts'
import { textOfRow } from '../../src/ui/frame-text.ts'
import type { Key } from '../../src/ui/keys.ts'
import { followScreen, initialModel, type UiModel } from '../../src/ui/model.ts'
import { type Effect, reduce } from '../../src/ui/reduce.ts'
import { rowWidth } from '../../src/ui/rows/row.ts'
import type { SessionSnapshot } from '../../src/ui/session.ts'
import { JOURNAL, sourceOf } from './cockpit-journal.ts'
import { SNAPSHOT, WIFI } from './samples.ts'

const SMALL = { columns: 80, rows: 24 }
const WIDE = { columns: 120, rows: 40 }
const OFFER: Offer = {
  id: 'licence',
  group: 'administrator',
  label: 'takes the licence of carla',
  about: 'the enrolment then fails',
  stimuli: [{ kind: 'tenantChange', action: { kind: 'removeLicence', value: 'carla@a.example' } }],
}
const char = (text: string): Key => ({ type: 'char', text })
const F2: Key = { type: 'function', number: 2 }

/** A terminal with a cockpit, after some keys. */
function play(source: CockpitSource, keys: readonly Key[], size = SMALL) {
  const snapshot: SessionSnapshot = { ...SNAPSHOT, screen: WIFI, cockpit: source }
  let model: UiModel = initialModel(snapshot, size)
  const effects: Effect[] = []
  for (const key of keys) {
    const reduced = reduce(model, key, snapshot)
    model = followScreen(reduced.model, snapshot)
    effects.push(...reduced.effects)
  }
  const rows = frameRows({ snapshot, model, tick: 0 })
  return { model, effects, rows, text: rows.map(textOfRow).join('\n') }
}

const live = (keys: readonly Key[], size = SMALL) => play(sourceOf(JOURNAL, [OFFER]), [F2, ...keys], size)
const finished = (keys: readonly Key[], size = SMALL) => play(sourceOf(), keys, size)

test('a finished run opens in its cockpit, and a live one with F2 or Ctrl+O', () => {
  expect(finished([]).text).toContain('[1 State]')
  expect(play(sourceOf(JOURNAL, []), []).text).not.toContain('[1 State]')
  expect(live([]).text).toContain('[1 State]')
  expect(play(sourceOf(JOURNAL, []), [{ type: 'ctrl', letter: 'o' }]).text).toContain('[1 State]')
  expect(live([F2]).text).not.toContain('[1 State]')
})

test.each([SMALL, WIDE])('every tab fills the terminal and no row is too wide: %o', (size) => {
  for (const tab of ['1', '2', '3', '4', '5', '6']) {
    for (const inside of [[], ['enter']] as Key[][]) {
      const { rows } = finished([char(tab), ...inside], size)
      expect(rows).toHaveLength(size.rows)
      expect(Math.max(...rows.map(rowWidth))).toBeLessThanOrEqual(size.columns)
    }
  }
})

test('State shows the statechart of the page with its path lit, and what can happen next', () => {
  const { text } = finished([])
  expect(text).toMatch(/▹ ● oobe {2}network/)
  expect(text).toMatch(/▸ +● choosing {2}since 0:01:00 {2}page network, waits for a person/)
  expect(text).toContain('What can happen next')
})

test('Enter on what can happen gives it to a live run, and a finished run has none', () => {
  expect(live([char('n'), 'enter']).effects).toEqual([
    { kind: 'apply', stimuli: [expect.objectContaining({ kind: 'press', page: 'network', control: 'connect' })] },
  ])
  expect(finished([char('n'), 'enter']).effects).toEqual([])
})

test('Wire opens an exchange, laid out for reading', () => {
  expect(finished([char('2')]).text).toMatch(/▸ #0 +0:01:30 500 MS-MDE2 Discover/)
  expect(finished([char('2'), 'enter']).text).toMatch(
    / {2}content-type: application\/soap\+xml\n[\s\S]*\n {6}<Discover>needle<\/Discover>/,
  )
})

test('a tab without an entry says so, and so does a search without a hit', () => {
  const before = sourceOf(JOURNAL.filter(({ kind }) => kind !== 'request' && kind !== 'response'))
  expect(play(before, [char('2')]).text).toContain('Nothing so far.')
  expect(finished([char('2'), char('/'), ...[...'zzz'].map(char), 'enter']).text).toContain('Nothing has these letters')
})

test('/ searches the bodies too, and Esc ends the search', () => {
  const typed = [...'needle'].map(char)
  expect(finished([char('2'), char('/'), ...typed, 'enter']).text).toContain('MS-MDE2 Discover')
  expect(finished([char('2'), char('/'), ...typed, char('x'), 'enter']).text).not.toContain('MS-MDE2 Discover')
  expect(finished([char('2'), char('/'), ...typed, char('x'), 'enter', 'escape']).text).toContain('MS-MDE2 Discover')
})

test('letters that are typed into a search are no keys', () => {
  const { effects, text } = finished([char('2'), char('/'), char('q'), char('1')])
  expect(effects).toEqual([])
  expect(text).toContain('/ q1')
})

test('Device marks a node that was changed', () => {
  const { text } = finished([char('3'), char('/'), ...[...'AllowCamera'].map(char), 'enter'])
  expect(text).toMatch(/~ Device\/Vendor\/MSFT\/Policy\/Config\/Camera\/AllowCamera = 0 {2}changed 2 times/)
})

test('Tenant shows what administrators changed, as of the moment that is looked at', () => {
  expect(finished([char('4')]).text).toContain('carla@a.example  licensed')
  expect(finished([char('4'), char('[')]).text).toContain('carla@a.example  no licence')
  expect(finished([char('4'), char('['), char('=')]).text).toContain('carla@a.example  licensed')
})

test('Tenant changes a fact of a live run', () => {
  const { effects } = live([char('4'), 'end', 'enter'])
  expect(effects).toEqual([{ kind: 'apply', stimuli: OFFER.stimuli }])
})

test('the timeline is scrubbed along its lanes, and the other tabs follow', () => {
  const pages: Key[] = [char('5'), 'down', 'left', 'left']
  expect(finished(pages).text).toMatch(/0:00:00 {2}entry #4 {2}region/)
  expect(finished([...pages, char('1')]).text).toContain('▹ ● oobe  region')
  expect(finished([...pages, 'enter']).text).toContain('Is this the right country or region?')
})

test('g goes back to the moment that is looked at, in a live run alone', () => {
  const keys: Key[] = [char('{'), char('{'), char('g')]
  expect(live(keys).effects).toEqual([{ kind: 'travel', move: { to: 'entry', seq: 4 } }])
  expect(finished(keys).effects).toEqual([])
})

test('each tab remembers its place', () => {
  const { text } = finished([char('3'), 'down', 'down', char('2'), char('3')])
  expect(text).toMatch(/▸ {3}Model/)
})

test('q leaves a finished run, and Esc closes the cockpit of a live one', () => {
  expect(finished([char('q')]).effects).toEqual([{ kind: 'quit' }])
  expect(live([char('q')]).effects).toEqual([])
  expect(live(['escape']).model.cockpit.isOpen).toBe(false)
})

test('a device that is off has no statecharts', () => {
  const off = [...JOURNAL, { at: 94_000, seq: JOURNAL.length, kind: 'power', event: 'off', boot: 1 } as const]
  expect(play(sourceOf(off), []).text).toContain('The device is off')
})

test('a journal of one entry has every tab', () => {
  for (const tab of ['1', '2', '3', '4', '5', '6']) {
    const keys: Key[] = [
      char(tab),
      'up',
      'down',
      'left',
      'right',
      'enter',
      'pageDown',
      'end',
      'home',
      'escape',
      char('['),
      char(']'),
    ]
    expect(play(sourceOf(JOURNAL.slice(0, 1)), keys).rows).toHaveLength(24)
  }
})

test('text from outside is inert', () => {
  const hostile = { ...JOURNAL[8]!, operation: 'a\u001b[2Jb' } as (typeof JOURNAL)[number]
  const { text } = play(sourceOf([...JOURNAL.slice(0, 8), hostile]), [char('2')])
  expect(text).not.toContain('\u001b')
  expect(text).toContain('a␛[2Jb')
})

test('Tenant marks what is not as the file of the school has it', () => {
  expect(finished([char('4'), char('[')]).text).not.toMatch(/Carla.* changed/)
  expect(finished([char('4')]).text).toMatch(/carla@a\.example {2}licensed {2}Carla {2}changed/)
})

const LOGO: JournalEntry[] = [
  ...JOURNAL.slice(0, 2),
  { at: 1_000, seq: 2, kind: 'transition', machine: 'oobe', to: 'starting', event: 'init' },
  { at: 1_000, seq: 3, kind: 'transition', machine: 'powerOn', to: 'showingLogo', event: 'init' },
]

test('State says when a delay is over: so long after its state was entered', () => {
  const timed = {
    ...sourceOf(LOGO, []),
    delayMs: (machine: string, name: string) => delayMs(machine, name),
  }
  const { text } = play(timed, [F2], WIDE)
  expect(text).toMatch(/powerOn: .* → started.* {2}due 0:00:05/)
  const detail = play(timed, [F2, char('n'), 'enter'], WIDE).text
  expect(detail).toMatch(/due +0:00:05, in 0:00:04/)
})

test('of a delay that is not known State says no time', () => {
  expect(play({ ...sourceOf(LOGO, []), delayMs: () => undefined }, [F2], WIDE).text).not.toContain('due ')
  expect(play(sourceOf(LOGO, []), [F2], WIDE).text).not.toContain('due ')
})
