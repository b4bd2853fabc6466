import { describe, expect, test } from 'vitest'
import type { AnyStateNode } from 'xstate'
import { oobeMachine } from '../../machines/oobe/oobe.ts'
import { overlayMachine } from '../../machines/overlay/overlay.ts'
import { actorsOf, pagesOf, statesFrom, waitingIn } from '../../src/charts/chart.ts'
import { chartOf } from '../../src/charts/chart-of.ts'
import { chartText } from '../../src/charts/chart-text.ts'
import { allCharts } from '../../src/charts/charts.ts'
import { mermaidOf } from '../../src/charts/mermaid.ts'
import { PAGE_IDS } from '../../src/domain/pages.ts'
import { stateAddresses } from '../../src/run/state-addresses.ts'
import { statechartsFrom } from '../../src/run/statecharts.ts'
import { transitionNumber } from '../../src/run/transition-index.ts'
import { problemsOf } from './mermaid-problems.ts'
import { sampleMachine } from './sample.ts'

const sample = chartOf(sampleMachine)

describe('a chart', () => {
  test('has its pages, actors and ends', () => {
    expect(sample).toMatchObject({ id: 'sample', path: '', kind: 'compound', initial: 'asking', endsIn: ['end'] })
    expect(pagesOf(sample)).toEqual(['network'])
    expect(actorsOf(sample)).toEqual(['watch', 'look'])
    expect(waitingIn(sample)).toEqual(['asking'])
  })

  test('is plain: JSON keeps all of it', () => {
    expect(JSON.parse(JSON.stringify(sample))).toEqual(sample)
  })

  test('reads as text', () => {
    expect(chartText(sample).split('\n')).toEqual([
      'sample: 10 states, 11 transitions',
      'shows    network',
      'runs     watch, look',
      'ends in  end',
      '',
      'in every state',
      '    runs watch',
      '    #0 told stays / note',
      '    #1 cut  → end',
      '',
      'asking  (the first; page network, waits for a person)',
      '    #2 user.next [isAt(home)]                  → working',
      '    #3 user.next [and(isKnown, not(isOnline))] → working.second',
      '    #4 user.back                               → end / conclude(kind: back)',
      '',
      'working',
      '    #5 user.next        → working',
      '    #6 after(timeLimit) → end',
      '    first  (the first; page network)',
      '        runs look',
      '        entry: note',
      '        #7 done(look)  → working.second',
      '        #8 error(look) → end',
      '    second',
      '        #9 always → both',
      '',
      'both  (its parts are active at once)',
      '    left',
      '        one  (the first)',
      '            #10 told → both.left.two',
      '        two',
      '    right',
      '',
      'end  (an end)',
    ])
  })

  test('is drawn, each arrow where Mermaid can draw it', () => {
    expect(mermaidOf(sample).split('\n')).toEqual([
      'stateDiagram-v2',
      '  [*] --> asking',
      '  state "in every state" as in_every_state',
      '  in_every_state : runs watch',
      '  in_every_state : stays on told',
      '  state "asking" as asking',
      '  asking : page network, waits for a person',
      '  state "working" as working {',
      '    [*] --> working_first',
      '    state "in every state" as working_in_every_state',
      '    state "first" as working_first',
      '    working_first : page network',
      '    working_first : runs look',
      '    state "second" as working_second',
      '    working_in_every_state --> working_first : user.next',
      '    working_first --> working_second : done(look)',
      '  }',
      '  state "both" as both {',
      '    state "left" as both_left {',
      '      [*] --> both_left_one',
      '      state "one" as both_left_one',
      '      state "two" as both_left_two',
      '      both_left_one --> both_left_two : told',
      '    }',
      '    --',
      '    state "right" as both_right',
      '  }',
      '  state "end" as end_',
      '  in_every_state --> end_ : cut',
      '  asking --> working : user.next [isAt(home)]',
      '  asking --> working_second : user.next [and(isKnown, not(isOnline))]',
      '  asking --> end_ : user.back',
      '  working_in_every_state --> end_ : after(timeLimit)',
      '  working_first --> end_ : error(look)',
      '  working_second --> both : always',
      '  end_ --> [*]',
    ])
  })
})

describe('the charts of the first boot', () => {
  const charts = allCharts()

  test('are those that a device can be in, each once', () => {
    expect(charts[0]!.id).toBe('oobe')
    expect(new Set(charts.map(({ id }) => id)).size).toBe(charts.length)
    const paths = charts.flatMap((chart) =>
      statesFrom(chart)
        .slice(1)
        .map(({ path }) => `${chart.id}.${path}`),
    )
    expect(paths).toEqual([...stateAddresses(oobeMachine), ...stateAddresses(overlayMachine)])
  })

  test('show every page', () => {
    expect(charts.flatMap(pagesOf).sort()).toEqual(expect.arrayContaining([...PAGE_IDS].sort()))
  })

  test('count transitions as a journal does', () => {
    for (const machine of statechartsFrom(oobeMachine)) {
      const root = machine.root as AnyStateNode
      const counted = nodesFrom(root).flatMap((node) => [
        ...[...node.transitions.values()].flat().map((transition) => transitionNumber(root, transition)),
        ...(node.always ?? []).map((transition) => transitionNumber(root, transition)),
      ])
      const numbers = statesFrom(chartOf(machine)).flatMap(({ transitions }) => transitions.map(({ number }) => number))
      expect(numbers, machine.id).toEqual([...new Set(counted)])
      expect(numbers, machine.id).toEqual(numbers.map((_, index) => index))
    }
  })

  test.each(charts.map((chart) => ({ id: chart.id, chart })))('$id can be drawn', ({ chart }) => {
    expect(problemsOf(mermaidOf(chart))).toEqual([])
  })

  test('have a name for each guard and action', () => {
    expect(charts.map(chartText).join('\n')).not.toMatch(/inline|undefined|\[object/)
  })
})

describe('the search for what Mermaid cannot draw', () => {
  test.each([
    ['a state that is not declared', '  [*] --> a\n  a --> b : go\n  state "a" as a'],
    ['a state that is declared twice', '  state "a" as a\n  state "a" as a'],
    ['an arrow to what is inside', '  state "a" as a {\n    state "b" as a_b\n  }\n  a --> a_b : go'],
    [
      'an arrow that is drawn too far out',
      '  state "a" as a {\n    state "b" as b\n    state "c" as c\n  }\n  b --> c : go',
    ],
    ['a line that is none', '  state "a" as a\n  a -> b'],
    ['a brace that is missing', '  state "a" as a {\n    state "b" as b'],
    ['parts outside of a state', '  state "a" as a\n  --\n  state "b" as b'],
  ])('finds %s', (_, lines) => {
    expect(problemsOf(`stateDiagram-v2\n${lines}`)).not.toEqual([])
  })
})

const nodesFrom = (node: AnyStateNode): AnyStateNode[] => [
  node,
  ...(Object.values(node.states) as AnyStateNode[]).flatMap(nodesFrom),
]
