import { inflateRawSync } from 'node:zlib'
import { parseDocument } from 'htmlparser2'
import { beforeAll, expect, test } from 'vitest'
import type { JournalEntry } from '../../../src/domain/journal.ts'
import { htmlReport, type ReportedRun } from '../../../src/report/html/report.ts'
import { runScenario } from '../../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../../src/scenario/scenario.ts'
import { broken, failed, HOSTILE, played } from '../finished-scene.ts'

const VIEWER = { script: 'alert("<!--</script><script>")', charts: [] }

let entries: readonly JournalEntry[]
beforeAll(async () => {
  const [scenario] = loadScenarios('not-registered')
  entries = (await runScenario(scenario!, { seed: 1, transport: 'direct' })).journal
})
const reportOf = (...runs: ReportedRun[]): string => htmlReport(runs, VIEWER, '1.2.3')
const dataIn = (html: string, id: string): string => new RegExp(`id="data-${id}">([^<]*)<`).exec(html)![1]!
const unpacked = (text: string): string => inflateRawSync(Buffer.from(text, 'base64')).toString()

test('says without scripts what each run did, and why', () => {
  const html = reportOf({ finished: played('one'), entries }, { finished: failed('two'), entries: [] })
  expect(html).toContain('1 passed, 1 failed')
  expect(html).toContain('[region] ')
  for (const text of failed('two').failures) expect(html).toContain(text.replaceAll('"', '&quot;'))
})

test('an entry that two runs have is kept once, and each run can be read back whole', () => {
  const one = reportOf({ finished: played('one'), entries })
  const two = reportOf({ finished: played('one'), entries }, { finished: played('two'), entries })
  expect(dataIn(two, 'lines')).toBe(dataIn(one, 'lines'))
  const lines = unpacked(dataIn(two, 'lines')).split('\n')
  const [, second] = dataIn(two, 'runs').split(' ')
  const read = unpacked(second!)
    .split('\n')
    .map((entry) => {
      const [at, seq, line] = entry.split(' ').map(Number)
      return { at, seq, ...JSON.parse(lines[line!]!) }
    })
  expect(read).toEqual(entries)
})

test('the same runs give the same bytes', () => {
  const runs = [{ finished: played('one'), entries }]
  expect(reportOf(...runs)).toBe(reportOf(...runs))
})

test('a run without a journal says why', () => {
  const html = reportOf({ finished: broken('gone'), entries: [], note: 'Its journal cannot be read: <nothing there>' })
  expect(html).toContain('Its journal cannot be read: &lt;nothing there&gt;')
  expect(html).toContain('0 passed, 1 failed')
})

test('hostile text, and the script itself, add no element', () => {
  const texts = { title: HOSTILE, file: HOSTILE, failures: [HOSTILE], reason: [HOSTILE], screen: [HOSTILE] }
  const hostile: JournalEntry[] = [
    { at: 0, seq: 0, kind: 'screen', screen: { page: 'region', title: HOSTILE, body: [], controls: [], why: [] } },
  ]
  const elements = (changes: object, shown: readonly JournalEntry[]) =>
    namesIn(parseDocument(reportOf({ finished: failed('x', changes), entries: shown })))
  const harmless = { title: 't', file: 'f', failures: ['f'], reason: ['r'], screen: ['s'] }
  const plain: JournalEntry[] = [
    { at: 0, seq: 0, kind: 'screen', screen: { page: 'region', title: 't', body: [], controls: [], why: [] } },
  ]
  expect(elements(texts, hostile)).toEqual(elements(harmless, plain))
})

test('hostile text in any field of a run or of its journal adds no element', () => {
  const finished = { ...failed('x', { reason: ['r'], screen: ['s'] }), id: 'x', variant: ['v'] }
  const runs = (text: string): ReportedRun[] => [
    { finished: everyText(finished, text), entries: entries.map((entry) => everyText(entry, text)), note: text },
    { finished: everyText(broken('y'), text), entries: [] },
  ]
  const named = (text: string): string[] => namesIn(parseDocument(reportOf(...runs(text))))
  const plain = named('t')
  expect(plain.length).toBeGreaterThan(20)
  expect(named(HOSTILE)).toEqual(plain)
  expect(named(`"><img src=x onerror=alert(1)> ' onload=alert(1) &quot;`)).toEqual(plain)
  expect(named(']]></style><style>*{}</style><!-- {{x}}')).toEqual(plain)
})

/** What decides which kind of thing it is: no text from outside. */
const DECIDES = ['kind', 'page', 'event', 'operation']

/** With a text behind each string of a value, however deep. */
function everyText<Value>(value: Value, text: string): Value {
  if (typeof value === 'string') return `${value}${text}` as Value
  if (Array.isArray(value)) return value.map((one) => everyText(one, text)) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, DECIDES.includes(key) ? inner : everyText(inner, text)]),
  ) as Value
}

interface Parsed {
  name?: string
  attribs?: Record<string, string>
  children?: Parsed[]
}
const namesIn = (node: unknown): string[] => {
  const { name, attribs = {}, children = [] } = node as Parsed
  return [...(name === undefined ? [] : [`${name} ${Object.keys(attribs).join(' ')}`]), ...children.flatMap(namesIn)]
}
