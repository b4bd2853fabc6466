import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { allCharts } from '../../src/charts/charts.ts'
import { countRun } from '../../src/coverage/count-run.ts'
import { Counters, readCoverage } from '../../src/coverage/counters.ts'
import { reportOf } from '../../src/coverage/coverage-report.ts'
import { edgesBy, edgesOf } from '../../src/coverage/edges.ts'
import { coverageGapsSchema } from '../../src/scenario/schema/coverage-gaps.ts'
import { readYaml } from '../../src/scenario/yaml-file.ts'
import { LAMP, line } from './lamp.ts'

const WHOLE = { charts: [LAMP], pages: ['region', 'keyboard'], events: ['wifi', 'power'], operations: ['OMA-DM'] }

const LINES = [
  line(0, { kind: 'run', spec: { events: [{ does: { kind: 'wifi' } }] } }),
  line(1, { kind: 'transition', machine: 'lamp', to: 'on.bright', event: 'init', taken: [0] }),
  line(2, { kind: 'screen', screen: { page: 'region' } }),
  line(3, { kind: 'stimulus', by: 'events.0', stimulus: { kind: 'radio', position: 'off' } }),
  line(4, { kind: 'stimulus', by: 'script', stimulus: { kind: 'push' } }),
  line(5, { kind: 'request', operation: 'OMA-DM session 7 message 2' }),
  line(6, { kind: 'transition', machine: 'lamp', from: 'on.bright', event: 'press', taken: [2] }),
  line(7, { kind: 'transition', machine: 'another', to: 'somewhere', event: 'x', taken: [9] }),
  '{"at":9,"seq":8,"kind":"transition","machi',
]

const counted = () => {
  const counters = new Counters()
  counters.add(countRun(LINES, edgesBy([LAMP])))
  return counters
}

test('each guarded branch is a transition, and those that look alike have numbers', () => {
  expect(edgesOf(LAMP).map(({ way }) => way)).toEqual([
    'lamp.deciding: always → on.bright',
    'lamp.on: press [isLate] → off',
    'lamp.on: press stays',
    'lamp.on: press stays (2)',
  ])
})

test('no two transitions of the first boot have one name, and each is found by its number', () => {
  const edges = allCharts().flatMap(edgesOf)
  expect(edges.length).toBeGreaterThan(500)
  expect(new Set(edges.map(({ way }) => way)).size).toBe(edges.length)
  const by = edgesBy(allCharts())
  expect(edges.every((edge) => by(edge.machine, edge.number)?.way === edge.way)).toBe(true)
})

test('counts what a journal tells: states around a state too, and a state that was left at once', () => {
  expect(countRun(LINES, edgesBy([LAMP]))).toEqual({
    'state lamp.on': 1,
    'state lamp.on.bright': 1,
    'transition lamp.deciding: always → on.bright': 1,
    'page region': 1,
    'event wifi': 1,
    'operation OMA-DM': 1,
    'transition lamp.on: press stays': 1,
    'state another.somewhere': 1,
    'state lamp.deciding': 1,
  })
})

test('tells what is covered, what is not, and what has a reason', () => {
  const reasons = new Map([
    ['transition lamp.on: press [isLate] → off', 'it is never late'],
    ['page region', 'not shown'],
    ['state lamp.broken', 'gone'],
  ])
  const report = reportOf(counted(), WHOLE, reasons)
  expect(report.metrics).toMatchObject({
    states: { covered: 3, total: 5, percent: 60, missing: ['state lamp.on.dim', 'state lamp.off'] },
    transitions: { covered: 2, total: 4, excused: 1, percent: 66.6, missing: ['transition lamp.on: press stays (2)'] },
    pages: { covered: 1, total: 2, percent: 50, missing: ['page keyboard'] },
    events: { covered: 1, total: 2 },
    operations: { covered: 1, total: 1, percent: 100 },
  })
  expect(report.stale).toEqual([
    { what: 'page region', why: 'covered' },
    { what: 'state lamp.broken', why: 'unknown' },
  ])
  expect(report.unknown).toBe(1)
})

test('100 % is all of it', () => {
  const counters = new Counters()
  const pages = Array.from({ length: 2_000 }, (_, index) => `p${index}`)
  counters.add(Object.fromEntries(pages.slice(1).map((page) => [`page ${page}`, 1])))
  expect(reportOf(counters, { ...WHOLE, pages }, new Map()).metrics.pages.percent).toBe(99.9)
})

test('sums are the same in any order, and are read again', () => {
  const [one, other] = [{ 'page region': 2 }, { 'page region': 1, 'event wifi': 4 }]
  const [first, second] = [new Counters(), new Counters()]
  first.add(one, 3)
  first.add(other)
  second.add(other)
  second.add(one, 3)
  expect(first.text('1.0.0')).toBe(second.text('1.0.0'))
  expect(readCoverage(first.text('1.0.0'), 'a.json')).toEqual({
    oobeCoverage: 1,
    product: '1.0.0',
    runs: 4,
    counts: { 'event wifi': 4, 'page region': 3 },
  })
})

test('what no shipped scenario comes to has one reason each', () => {
  const text = readFileSync(new URL('gaps.yaml', import.meta.url), 'utf8')
  const { gaps } = readYaml('gaps.yaml', text, coverageGapsSchema)
  const all = gaps.flatMap(({ what }) => what)
  expect(all.length).toBeGreaterThan(0)
  expect(new Set(all).size).toBe(all.length)
})

describe('refuses', () => {
  test.each<[string, string, RegExp]>([
    ['half of a file', '{"oobeCoverage":1,"prod', /a\.json: not JSON/],
    ['another file', '{"results":[]}', /a\.json: these are no counters/],
    ['null', 'null', /these are no counters/],
    ['another format', '{"oobeCoverage":2}', /format 2; this version reads format 1/],
    ['no counts', '{"oobeCoverage":1,"product":"1","runs":1}', /the counters were changed/],
    [
      'a count below 0',
      '{"oobeCoverage":1,"product":"1","runs":1,"counts":{"page x":-1}}',
      /the counter "page x" is no count/,
    ],
    ['a count that is text', '{"oobeCoverage":1,"product":"1","runs":1,"counts":{"page x":"1"}}', /is no count/],
  ])('%s', (_, text, message) => {
    expect(() => readCoverage(text, 'a.json')).toThrow(
      expect.objectContaining({ code: 'ERR_COVERAGE', message: expect.stringMatching(message) }),
    )
  })
})
