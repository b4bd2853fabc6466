import { expect, test } from 'vitest'
import { CHORDS } from '../../src/domain/key-chords.ts'
import { LANGUAGE_IDS } from '../../src/domain/languages.ts'
import { frameWords } from '../../src/texts/frame-words.ts'
import { frameRows } from '../../src/ui/frame.ts'
import { textOfRow } from '../../src/ui/frame-text.ts'
import { HANDS } from '../../src/ui/hands.ts'
import { type Key, keyOf } from '../../src/ui/keys.ts'
import { initialModel } from '../../src/ui/model.ts'
import { reduce } from '../../src/ui/reduce.ts'
import { handRows } from '../../src/ui/rows/hands.ts'
import { hintRow } from '../../src/ui/rows/status.ts'
import { widthOf } from '../../src/ui/text-width.ts'
import { JOURNAL, sourceOf } from './cockpit-journal.ts'
import { EMAIL, SNAPSHOT } from './samples.ts'

const snapshot = { ...SNAPSHOT, screen: EMAIL }
const timed = { ...snapshot, cockpit: sourceOf(JOURNAL, []) }
const F9: Key = { type: 'function', number: 9 }

function play(...keys: Key[]) {
  let model = initialModel(snapshot, { columns: 80, rows: 24 })
  const effects = keys.flatMap((key) => {
    const reduced = reduce(model, key, snapshot)
    model = reduced.model
    return reduced.effects
  })
  return { effects, isOpen: model.isHandsOpen, drafts: model.drafts }
}

test('F9 opens the menu over any page, and a number does what its line says', () => {
  expect(play(F9)).toMatchObject({ effects: [], isOpen: true })
  for (const { key, hand } of HANDS) {
    expect(play(F9, { type: 'char', text: key })).toEqual({ effects: [hand], isOpen: false, drafts: {} })
  }
})

test('the menu has each key chord, the lid and the power button, each under its own key', () => {
  expect(HANDS.map(({ hand }) => (hand.kind === 'chord' ? hand.keys : hand.kind))).toEqual([
    ...CHORDS,
    'toggleLid',
    'togglePower',
  ])
  expect(HANDS.every(({ key }) => /^[1-9]$/.test(key))).toBe(true)
  expect(new Set(HANDS.map(({ key }) => key)).size).toBe(HANDS.length)
})

test('Esc and F9 close the menu, and other keys do not reach the page below', () => {
  expect(play(F9, 'escape').isOpen).toBe(false)
  expect(play(F9, F9).isOpen).toBe(false)
  expect(play(F9, { type: 'char', text: 'x' }, 'enter')).toEqual({ effects: [], isOpen: true, drafts: {} })
})

test.each([
  [{ name: 'f10', shift: true }, 'Shift+F10'],
  [{ name: 'f3', ctrl: true, shift: true }, 'Ctrl+Shift+F3'],
])('what the terminal does send is the same: %j', (press, keys) => {
  const key = keyOf(undefined, press)
  expect(key).toEqual({ type: 'chord', keys })
  expect(play(key!).effects).toEqual([{ kind: 'chord', keys }])
})

test.each(LANGUAGE_IDS)('the menu fits the card of the smallest terminal: %s', (language) => {
  const widths = handRows(frameWords(language)).map((row) => row.reduce((sum, { text }) => sum + widthOf(text), 0))
  expect(Math.max(...widths)).toBeLessThanOrEqual(72)
  expect(handRows(frameWords(language)).length).toBeLessThanOrEqual(19)
})

test('why nothing came of a key is said in the place of the suggestion', () => {
  const note = 'it works on the first page, and this is signIn'
  expect(
    hintRow({ ...snapshot, note }, initialModel(snapshot, { columns: 80, rows: 24 })).map(({ text }) => text),
  ).toEqual([note])
})

test('how often the Windows key is pressed is said in the language, beside its own column', () => {
  for (const language of LANGUAGE_IDS) {
    const words = frameWords(language)
    const row = handRows(words).find((parts) => parts.some(({ text }) => text.trim() === words.hands.windowsKey))
    expect(row, language).toBeDefined()
    expect(widthOf(words.hands.windowsKey), language).toBeLessThan(24)
  }
  expect(frameWords('de').hands.windowsKey).toBe('Windows-Taste, fünfmal')
})

test('no line of the menu of time is cut at 80 columns', () => {
  const open = initialModel(snapshot, { columns: 80, rows: 24 })
  const model = reduce(open, { type: 'ctrl', letter: 'g' }, timed).model
  const rows = frameRows({ snapshot: timed, model, tick: 0 }).map(textOfRow)
  const keys = rows.filter((row) => /│ {2}\S+ {2,}\S/.test(row))
  expect(keys.length).toBeGreaterThan(7)
  for (const row of keys) expect(row).not.toContain('…')
})
