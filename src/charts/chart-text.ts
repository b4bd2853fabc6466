import { actorsOf, type Chart, type ChartState, type ChartTransition, nameOf, pagesOf, statesFrom } from './chart.ts'
import { runsText, seenText, triggerText } from './words.ts'

/** A chart for reading: each state, the transitions out of it below, and what is inside of it further in. */
export function chartText(chart: Chart): string {
  const states = statesFrom(chart).slice(1)
  const transitions = statesFrom(chart).flatMap((state) => state.transitions)
  return [
    `${chart.id}: ${states.length} states, ${transitions.length} transitions${chart.kind === 'parallel' ? '; its parts are active at once' : ''}`,
    ...fact('shows', pagesOf(chart)),
    ...fact('runs', actorsOf(chart)),
    ...fact('ends in', chart.endsIn),
    ...(isSilent(chart) ? [] : ['', 'in every state', ...inside(chart, 1)]),
    ...chart.states.flatMap((state) => ['', ...lines(state, state.path === chart.initial, 0)]),
  ].join('\n')
}

const fact = (name: string, values: readonly string[]): string[] =>
  values.length === 0 ? [] : [`${name.padEnd(8)} ${values.join(', ')}`]

const isSilent = ({ transitions, invokes, entry, exit }: ChartState): boolean =>
  [transitions, invokes, entry, exit].every((list) => list.length === 0)

function lines(state: ChartState, isFirst: boolean, depth: number): string[] {
  const what = [
    isFirst ? 'the first' : '',
    state.kind === 'final' ? 'an end' : '',
    state.kind === 'parallel' ? 'its parts are active at once' : '',
    state.kind === 'history' ? 'where it was before' : '',
    seenText(state),
  ].filter((word) => word !== '')
  const name = nameOf(state.path)
  return [
    indented(depth, what.length === 0 ? name : `${name}  (${what.join('; ')})`),
    ...inside(state, depth + 1),
    ...state.states.flatMap((child) => lines(child, child.path === state.initial, depth + 1)),
  ]
}

function inside(state: ChartState, depth: number): string[] {
  const runs = runsText(state)
  const triggers = state.transitions.map((transition) => `#${transition.number} ${triggerText(transition)}`)
  const width = Math.max(0, ...triggers.map(({ length }) => length))
  return [
    ...(runs === '' ? [] : [runs]),
    ...(state.entry.length === 0 ? [] : [`entry: ${state.entry.join(', ')}`]),
    ...(state.exit.length === 0 ? [] : [`exit: ${state.exit.join(', ')}`]),
    ...state.transitions.map((one, index) => `${triggers[index]!.padEnd(width)} ${effectText(one)}`),
  ].map((line) => indented(depth, line))
}

function effectText({ targets, actions }: ChartTransition): string {
  const target = targets.length === 0 ? 'stays' : `→ ${targets.join(', ')}`
  return actions.length === 0 ? target : `${target} / ${actions.join(', ')}`
}

const indented = (depth: number, line: string): string => `${'    '.repeat(depth)}${line}`
