import { expect, test } from 'vitest'
import type { Offer } from '../../src/ui/cockpit/source.ts'
import { frameRows } from '../../src/ui/frame.ts'
import { textOfRow } from '../../src/ui/frame-text.ts'
import type { Key } from '../../src/ui/keys.ts'
import { initialModel, type UiModel } from '../../src/ui/model.ts'
import { type Effect, reduce } from '../../src/ui/reduce.ts'
import { rowWidth } from '../../src/ui/rows/row.ts'
import { JOURNAL, sourceOf } from './cockpit-journal.ts'
import { SNAPSHOT, WIFI } from './samples.ts'

const offer = (label: string, group = 'network'): Offer => ({
  id: label,
  group,
  label,
  about: `what ${label} does`,
  stimuli: [{ kind: 'clockJump', ms: label.length }],
})
const OFFERS = [offer('cable out'), offer('DNS down'), offer('removeLicence alice@a.example', 'administrator')]
const snapshot = { ...SNAPSHOT, screen: WIFI, speed: 60, cockpit: sourceOf(JOURNAL, OFFERS) }
const char = (text: string): Key => ({ type: 'char', text })
const typed = (text: string): Key[] => [...text].map(char)
const ctrl = (letter: string): Key => ({ type: 'ctrl', letter })

function play(keys: readonly Key[], size = { columns: 80, rows: 24 }) {
  let model: UiModel = initialModel(snapshot, size)
  const effects: Effect[] = []
  for (const key of keys) {
    const reduced = reduce(model, key, snapshot)
    model = reduced.model
    effects.push(...reduced.effects)
  }
  const rows = frameRows({ snapshot, model, tick: 0 })
  return { model, effects, rows, text: rows.map(textOfRow).join('\n') }
}

test('the palette lists what can be done, explains it, and Enter does it', () => {
  const { text } = play([ctrl('p'), 'down'])
  expect(text).toContain('3 of 3')
  expect(text).toMatch(/▸ network +DNS down/)
  expect(text).toContain('what DNS down does')
  const { effects, model } = play([ctrl('p'), 'down', 'enter'])
  expect(effects).toEqual([{ kind: 'apply', stimuli: OFFERS[1]!.stimuli }])
  expect(model.menu).toBeNull()
})

test('typing filters by words in any order, in the group too', () => {
  expect(play([ctrl('p'), ...typed('alice admin')]).text).toContain('1 of 3')
  expect(play([ctrl('p'), ...typed('alice admin'), 'enter']).effects).toEqual([
    { kind: 'apply', stimuli: OFFERS[2]!.stimuli },
  ])
  const none = play([ctrl('p'), ...typed('nothing like it'), 'enter'])
  expect(none.effects).toEqual([])
  expect(none.text).toContain('Nothing that can be done now has these words.')
})

test('Enter after fast typing does what is shown', () => {
  expect(play([ctrl('p'), { type: 'paste', text: 'DNS' }, 'enter']).effects).toHaveLength(1)
})

test('the menu of time moves by a key, and stays for the next one', () => {
  expect(play([ctrl('g'), char('t'), char('d')]).effects).toEqual([
    { kind: 'travel', move: { to: 'nextTransition' } },
    { kind: 'travel', move: { to: 'nextDeadline' } },
  ])
  expect(play([ctrl('g'), char('b')]).effects).toEqual([{ kind: 'travel', move: { to: 'pageBefore' } }])
})

test('a number of minutes and Enter goes so far back', () => {
  expect(play([ctrl('g'), ...typed('30'), 'enter']).effects).toEqual([
    { kind: 'travel', move: { to: 'earlier', minutes: 30 } },
  ])
  expect(play([ctrl('g'), 'enter']).effects).toEqual([])
  expect(play([ctrl('g'), ...typed('30'), 'backspace', 'enter']).effects).toEqual([
    { kind: 'travel', move: { to: 'earlier', minutes: 3 } },
  ])
})

test('Space pauses, s and f save', () => {
  expect(play([ctrl('g'), char(' '), char('s'), char('f')]).effects).toEqual([
    { kind: 'speed', speed: 0 },
    { kind: 'save', what: 'scenario' },
    { kind: 'save', what: 'film' },
  ])
})

test.each(['p', 'g'])('Esc and Ctrl+%s close a menu, and no key of it reaches the page', (letter) => {
  expect(play([ctrl(letter), 'escape']).model.menu).toBeNull()
  expect(play([ctrl(letter), ctrl(letter)]).model.menu).toBeNull()
  const { effects, model } = play([ctrl(letter), 'tab', char('x'), 'left'])
  expect(effects).toEqual([])
  expect(model.menu).not.toBeNull()
})

test('a menu fits the smallest terminal', () => {
  for (const letter of ['p', 'g']) {
    const { rows } = play([ctrl(letter)])
    expect(rows).toHaveLength(24)
    expect(Math.max(...rows.map(rowWidth))).toBeLessThanOrEqual(80)
  }
})

test('without a way to act there is no menu', () => {
  const without = { ...snapshot, cockpit: sourceOf() }
  const model = initialModel(without, { columns: 80, rows: 24 })
  for (const letter of ['p', 'g']) expect(reduce(model, ctrl(letter), without).model.menu).toBeNull()
})

test('of what lasts the end is chosen: minutes, as long as the catalogue has it, or none', () => {
  const back = [{ kind: 'uplink', position: 'up' } as const]
  const lasting = { ...offer('network down'), back, lastsMs: 90_000 }
  const played = (...keys: Key[]) => {
    const shown = { ...snapshot, cockpit: sourceOf(JOURNAL, [lasting]) }
    let model: UiModel = initialModel(shown, { columns: 80, rows: 24 })
    const effects: Effect[] = []
    for (const key of [ctrl('p'), 'enter' as const, ...keys]) {
      const reduced = reduce(model, key, shown)
      model = reduced.model
      effects.push(...reduced.effects)
    }
    const text = frameRows({ snapshot: shown, model, tick: 0 }).map(textOfRow).join('\n')
    return { effects, text, isOpen: model.menu !== null }
  }
  const does = (ms?: number) => [
    { kind: 'apply', stimuli: lasting.stimuli, ...(ms === undefined ? {} : { end: { ms, stimuli: back } }) },
  ]
  expect(played().text).toContain('“network down” for __ minutes of device time')
  expect(played().text).toContain('Enter takes 1:30')
  expect(played('enter').effects).toEqual(does(90_000))
  expect(played(char('1'), char('2'), 'backspace', char('5'), 'enter').effects).toEqual(does(15 * 60_000))
  expect(played(char('u')).effects).toEqual(does())
  expect(played('escape')).toMatchObject({ effects: [], isOpen: true })
  expect(played('escape', 'escape')).toMatchObject({ effects: [], isOpen: false })
})
