import { expect, test } from 'vitest'
import { compareSourceOf } from '../../src/cli/compare/source.ts'
import { compareRuns } from '../../src/report/compared/compare-runs.ts'
import { frameRows } from '../../src/ui/frame.ts'
import { textOfRow } from '../../src/ui/frame-text.ts'
import type { Key } from '../../src/ui/keys.ts'
import { initialModel, type Size, type UiModel } from '../../src/ui/model.ts'
import { respond } from '../../src/ui/respond.ts'
import { rowWidth } from '../../src/ui/rows/row.ts'
import type { SessionSnapshot } from '../../src/ui/session.ts'
import { entriesOf, recordOf, sealedScenario } from '../run/recorded.ts'
import { SNAPSHOT } from './samples.ts'

const sealed = sealedScenario('surface-wifi-happy-path')
const entries = entriesOf((await recordOf(sealed)).text)
/** The other future: it broke off in the middle of the status page. */
const cut = entries.slice(0, Math.floor(entries.length * 0.6))
const run = (name: string, of: typeof entries) => ({
  name,
  spec: sealed.spec,
  entries: of,
  lines: of.map((entry) => JSON.stringify(entry)),
})
const runs = { left: run('one', entries), right: run('two', cut) }
const source = compareSourceOf(compareRuns(runs.left, runs.right), runs, { left: 'one', right: 'two' })
const snapshot: SessionSnapshot = { ...SNAPSHOT, screen: null, compare: source }

function play(keys: readonly Key[], size: Size = { columns: 80, rows: 24 }) {
  let model: UiModel = initialModel(snapshot, size)
  const effects = keys.flatMap((key) => {
    const reduced = respond({ snapshot, model, tick: 0 }, key)
    model = reduced.model
    return reduced.effects
  })
  const rows = frameRows({ snapshot, model, tick: 0 })
  return { model, effects, rows, text: rows.map(textOfRow).join('\n') }
}
const char = (text: string): Key => ({ type: 'char', text })

test('two runs are beside each other, from where they part', () => {
  const { text } = play([])
  expect(text).toMatch(/^1 one +│ 2 two/)
  expect(text).toContain('The two are different. They part by one of the two ends here.')
  expect(text).toContain(`${source.partsAt! + 1} of ${source.pairs.length}`)
  expect(source.pairs.slice(0, source.partsAt!).every((pair) => pair.left && pair.right)).toBe(true)
  expect(source.pairs.slice(source.partsAt!).some((pair) => pair.right)).toBe(false)
})

test('scrubbing moves in both, and shows both screens of the moment', () => {
  const home = play(['home']).text
  expect(home).toContain(`1 of ${source.pairs.length}`)
  const index = source.pairs.findIndex(({ left }) => left?.text.startsWith('[region]'))
  const region = play(['home', ...Array<Key>(index).fill('down')], { columns: 160, rows: 50 }).text
  expect(region.match(/\[region\] Is this the right country or/g)!.length).toBeGreaterThan(2)
  expect(play(['home', char('p')]).text).toBe(play([]).text)
  expect(play(['home', 'up', 'pageUp']).text).toBe(home)
  expect(play(['end', 'down']).text).toContain(`${source.pairs.length} of ${source.pairs.length}`)
})

test('a logo keeps the spaces that it is drawn with', () => {
  const index = source.pairs.findIndex(({ left }) => left?.text.startsWith('[signIn/email]'))
  const { text } = play(['home', ...Array<Key>(index).fill('down')], { columns: 160, rows: 50 })
  const [top, below] = text.split('\n').filter((row) => /^ *(?:▄▄▄|▀███▀)/.test(row))
  expect(top!.indexOf('▄▄▄') - below!.indexOf('▀███▀')).toBe(1)
})

test('1 and 2 open the cockpit of one of them at that moment, and Escape leads back', () => {
  const opened = play(['home', char('2')])
  expect(opened.text).toContain('[1 State]')
  expect(opened.text).toMatch(/entry #\d+ of \d+/)
  expect(play(['home', char('1'), 'escape']).text).toContain(`1 of ${source.pairs.length}`)
  // What is open in it is closed first.
  const searched = play(['home', char('2'), char('2'), char('/'), char('x'), 'enter', 'escape'])
  expect(searched.text).toContain('[2 Wire]')
  expect(play([char('q')]).effects).toEqual([{ kind: 'quit' }])
})

test.each([
  { columns: 80, rows: 24 },
  { columns: 100, rows: 32 },
  { columns: 160, rows: 50 },
])('it fills the terminal and no more: %o', (size) => {
  for (const keys of [[], ['home'], ['end'], [char('2')]] as Key[][]) {
    const { rows } = play(keys, size)
    expect(rows.length).toBe(size.rows)
    expect(rows.filter((row) => rowWidth(row) > size.columns)).toEqual([])
  }
})
