import { DomHandler, Parser } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import type { Chart } from '../../src/charts/chart.ts'
import { fallen, newAndMissing } from '../../src/coverage/against-base.ts'
import { Counters, readCoverage } from '../../src/coverage/counters.ts'
import { idsOf, reportOf } from '../../src/coverage/coverage-report.ts'
import { edgesOf } from '../../src/coverage/edges.ts'
import { coverageHtml } from '../../src/coverage/html.ts'
import { lcovOf } from '../../src/coverage/lcov.ts'
import { LAMP, OVEN } from './lamp.ts'

const WHOLE = { charts: [LAMP, OVEN], pages: ['region'], events: [], operations: [] }

const counted = (counts: Record<string, number>) => {
  const counters = new Counters()
  counters.add(counts)
  return counters
}

describe('LCOV', () => {
  test('has a branch for each transition, and hits for each line', () => {
    const counters = counted({ 'transition lamp.on: press stays': 3, 'transition lamp.on: press [isLate] → off': 1 })
    const lineOf = ({ from }: { from: string }) => ({ file: 'lamp.ts', line: from === 'on' ? 9 : 4 })
    expect(lcovOf([LAMP], counters, lineOf).split('\n')).toEqual([
      'TN:oobe-sim',
      'SF:lamp.ts',
      'BRDA:4,0,0,-',
      'BRDA:9,0,0,1',
      'BRDA:9,0,1,3',
      'BRDA:9,0,2,0',
      'BRF:4',
      'BRH:2',
      'DA:4,0',
      'DA:9,4',
      'LF:2',
      'LH:1',
      'end_of_record',
      '',
    ])
  })
})

describe('HTML', () => {
  const html = (chart: Chart, reasons = new Map<string, string>()) => {
    const counters = counted({ 'transition lamp.on: press stays': 3, 'state lamp.on': 2 })
    const whole = { ...WHOLE, charts: [chart] }
    return coverageHtml(reportOf(counters, whole, reasons), whole.charts, counters)
  }
  const parsed = (text: string) => {
    const tags: { name: string; attributes: Record<string, string> }[] = []
    new Parser({ onopentag: (name, attributes) => tags.push({ name, attributes }) }).end(text)
    return tags
  }

  test('draws each state and each arc, with how often', () => {
    const text = html(LAMP)
    expect(text.match(/<rect /g)).toHaveLength(5)
    // Two of the four stay: they are in the list.
    expect(text.match(/class="tip"/g)).toHaveLength(2)
    expect(text).toContain('<title>lamp.on: 2 times</title>')
    expect(text).toContain('<title>lamp.on: press [isLate] → off: never</title>')
    expect(text).toMatch(/press stays<\/code><\/td><td class="number">3 times/)
  })

  test('loads nothing, runs nothing, and is whole', () => {
    const tags = parsed(html(LAMP))
    expect(tags.filter(({ name }) => /^(script|link|img|iframe|object|embed|base|form|a)$/.test(name))).toEqual([])
    expect(
      tags.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => /^(on|src|href|style$)/.test(name)),
    ).toEqual([])
    expect(html(LAMP)).toContain('default-src &#39;none&#39;')
    const handler = new DomHandler()
    new Parser(handler).end(html(LAMP))
    expect(html(LAMP).trimEnd().endsWith('</body></html>')).toBe(true)
  })

  test('hostile text is inert', () => {
    const bad = `</title></svg><script>alert(1)</script><img src=x onerror="a()">\u202e\u0000'"`
    const chart: Chart = {
      ...LAMP,
      id: bad,
      states: LAMP.states.map((state) => ({
        ...state,
        path: `${state.path}${bad}`,
        transitions: state.transitions.map((one) => ({ ...one, event: bad, guard: bad })),
      })),
    }
    const way = edgesOf(chart)[0]!.way
    const text = html(chart, new Map([[`transition ${way}`, bad]]))
    expect(text).not.toMatch(/[\u0000\u202e]/)
    expect(parsed(text).filter(({ name }) => name === 'script' || name === 'img')).toEqual([])
    expect(text).toContain('&lt;script&gt;')
  })
})

describe('against the base of a change', () => {
  const all = Object.values(idsOf(WHOLE)).flat()
  const report = (counts: Record<string, number>, reasons = new Map<string, string>()) =>
    reportOf(counted(counts), WHOLE, reasons)
  const base = (counts: Record<string, number>, left: string[] = []) => {
    const text = counted(counts).text(
      '1',
      all.filter((id) => !left.includes(id)),
    )
    return counted(readCoverage(text, 'base.json').counts)
  }
  const NEW = 'transition lamp.on: press stays (2)'

  test('a transition that is new has to be covered, or to have a reason', () => {
    expect(newAndMissing(report({}), base({}, [NEW]))).toEqual([NEW])
    expect(newAndMissing(report({ [NEW]: 1 }), base({}, [NEW]))).toEqual([])
    expect(newAndMissing(report({}, new Map([[NEW, 'why']])), base({}, [NEW]))).toEqual([])
    // It was not covered before either.
    expect(newAndMissing(report({}), base({}))).toEqual([])
  })

  test('a metric of which less is covered has fallen', () => {
    const was = base({ 'state lamp.on': 1, 'state lamp.off': 1, 'page region': 1 })
    expect(fallen(report({ 'state lamp.on': 1, 'page region': 1 }), was)).toEqual([
      { metric: 'states', was: 25, is: 12.5 },
    ])
    expect(fallen(report({ 'state lamp.on': 1, 'state lamp.off': 5, 'page region': 1 }), was)).toEqual([])
  })
})
