import { beforeAll, expect, test } from 'vitest'
import type { JournalEntry, RecordedSpec } from '../../../src/domain/journal.ts'
import type { Screen } from '../../../src/domain/screen.ts'
import { specIn } from '../../../src/journal/story.ts'
import { parseXml, type XmlElement } from '../../../src/protocols/xml/read.ts'
import { filmOf } from '../../../src/report/film/film.ts'
import { timed } from '../../../src/report/film/pace.ts'
import { shotsOf } from '../../../src/report/film/shots.ts'
import { runScenario } from '../../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../../src/scenario/scenario.ts'
import { textOfRow } from '../../../src/ui/frame-text.ts'
import { HOSTILE } from '../../ui/hostile.ts'
import { FakeTerminal } from '../../ui/terminal.ts'

const SIZE = { columns: 80, rows: 24 }
const PACE = { speed: 60, leastMs: 700, mostMs: 2_500 }
const played = async () => {
  const { journal } = await runScenario(loadScenarios('wrong-password')[0]!, { seed: 1, transport: 'direct' })
  return { journal, spec: specIn(journal)! }
}

let journal: readonly JournalEntry[]
let spec: RecordedSpec
beforeAll(async () => {
  ;({ journal, spec } = await played())
})
const film = (options = {}) => filmOf(journal, spec, { size: SIZE, ...options })!

test('shows each page, in device time, and what the person filled in before the button was pressed', () => {
  const shots = shotsOf(journal, spec, SIZE)
  const pages = shots.map(({ page }) => page)
  expect(pages).toEqual(expect.arrayContaining(['region', 'network', 'signIn', 'enrollmentStatus', 'desktop']))
  expect(shots.map(({ at }) => at)).toEqual(shots.map(({ at }) => at).toSorted((a, b) => a - b))
  const texts = shots.map(({ rows }) => rows.map(textOfRow).join('\n'))
  const email = texts.findIndex((text) => text.includes('alice@contoso.example'))
  expect([pages[email], pages[email + 1]]).toEqual(['signIn', 'signIn'])
  expect(texts.some((text) => text.includes('▸ ●●●●●●●●') || text.includes('  ●●●●●●●●'))).toBe(true)
})

test('a secret of any length shows the same eight dots', () => {
  const shots = shotsOf(journal, spec, SIZE)
  const dots = shots.flatMap(({ rows }) => rows.map(textOfRow).join('\n').match(/●{3,}/g) ?? [])
  expect(new Set(dots)).toEqual(new Set(['●'.repeat(8)]))
})

test('the same seed gives the same bytes', async () => {
  const again = await played()
  const other = filmOf(again.journal, again.spec, { size: SIZE })!
  expect(other.cast()).toBe(film().cast())
  expect(other.animated(PACE)).toBe(film().animated(PACE))
  expect(other.still()).toBe(film().still())
})

test('a recording, played in a terminal, ends at what the run ended at', async () => {
  const lines = film().cast().trimEnd().split('\n')
  const [header, ...events] = lines.map((line) => JSON.parse(line))
  expect(header).toMatchObject({ version: 2, width: 80, height: 24, title: spec.title })
  expect(events.map(([at]) => at)).toEqual(events.map(([at]) => at).toSorted((a, b) => a - b))
  const markers = events.filter(([, kind]) => kind === 'm').map(([, , text]) => text.split(':')[0])
  expect(markers).toEqual(expect.arrayContaining(['region', 'signIn', 'desktop']))
  const terminal = new FakeTerminal()
  for (const [, kind, text] of events) if (kind === 'o') terminal.stdout.write(text)
  await terminal.settle()
  expect(terminal.rows().map((row) => row.trimEnd())).toEqual(film().shots.at(-1)!.rows.map(textOfRow))
})

test('one page, as a film and as a picture', () => {
  const all = film()
  const signIn = film({ page: 'signIn' })
  expect(signIn.shots.length).toBeLessThan(all.shots.length)
  expect(new Set(signIn.shots.map(({ page }) => page))).toEqual(new Set(['signIn']))
  expect(textIn(signIn.still())).toContain(signIn.shots.at(-1)!.title)
  expect(filmOf(journal, spec, { size: SIZE, page: 'licenseTerms' })).toBeUndefined()
})

test('nothing flashes by, and nothing is waited for', () => {
  const shots = timed(film().shots, PACE)
  expect(Math.min(...shots.map(({ forMs }) => forMs))).toBeGreaterThanOrEqual(PACE.leastMs)
  expect(Math.max(...shots.map(({ forMs }) => forMs))).toBe(PACE.mostMs)
  expect(shots.map(({ from }) => from)).toEqual(shots.map((_, i) => shots.slice(0, i).reduce((s, x) => s + x.forMs, 0)))
})

test.each([
  ...HOSTILE,
  '</text><script>alert(1)</script>',
  '" onload="alert(1)',
  '\u001b[2J\u0007 ]]> &amp; <a href="javascript:1">',
])('hostile text is text: %j', (text) => {
  const screen: Screen = {
    page: 'welcome',
    title: text,
    body: [{ text }],
    controls: [],
    brand: { name: text, color: text },
    why: [],
  }
  const hostile: JournalEntry[] = [{ at: 0, seq: 1, kind: 'screen', screen }]
  const made = filmOf(hostile, { ...spec, title: text }, { size: SIZE })!
  for (const svg of [made.still(), made.animated(PACE)]) {
    expect([...new Set(elementsOf(parseXml(svg)))].toSorted()).toEqual(expect.not.arrayContaining(['script', 'a']))
    expect(attributesOf(parseXml(svg)).filter((name) => name.startsWith('on'))).toEqual([])
  }
  expect(JSON.parse(made.cast().split('\n')[1]!)[2].replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')).not.toMatch(
    /[\u0000-\u001f\u007f-\u009f]/,
  )
})

const below = (element: XmlElement): XmlElement[] => [element, ...element.children.flatMap(below)]
const elementsOf = (root: XmlElement): string[] => below(root).map(({ local }) => local)
const attributesOf = (root: XmlElement): string[] =>
  below(root).flatMap(({ attributes }) => attributes.map(({ local }) => local))
const textIn = (svg: string): string => [...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text).join(' ')
