import { type Chart, type ChartState, type ChartTransition, nameOf, statesFrom } from './chart.ts'
import { runsText, seenText, triggerText } from './words.ts'

/** An arrow, and the innermost state that holds both its ends: only there Mermaid can draw it. */
interface Arrow {
  within: string
  line: string
}

/** Words of Mermaid's own, which cannot be ids. */
const RESERVED = /^(state|note|end|class|classDef|style|direction|default|click|href|as|hide|scale|accTitle|accDescr)$/i

/**
 * A chart as a `stateDiagram-v2`. Mermaid draws no arrow from a state to what is inside of it: what all states inside have in
 * common comes from a box beside them.
 */
export function mermaidOf(chart: Chart): string {
  const states = new Map(statesFrom(chart).map((state) => [state.path, state]))
  const arrows = [...states.values()].flatMap((state) => arrowsOf(state, states))
  const lines = inside(chart, arrows)
  // Mermaid draws parts that are active at once only inside of a state.
  const whole =
    chart.kind === 'parallel' ? [`state "${chart.id}" as ${idOf(chart.id)} {`, ...indented(lines), '}'] : lines
  return ['stateDiagram-v2', ...indented(whole)].join('\n')
}

function inside(state: ChartState, arrows: readonly Arrow[]): string[] {
  const common = commonOf(state)
  const parts = [...(common ? [declared(common)] : []), ...state.states.map((child) => drawn(child, arrows))]
  return [
    ...(state.initial === undefined ? [] : [`[*] --> ${idOf(state.initial)}`]),
    ...parts.flatMap((part, index) => (state.kind === 'parallel' && index > 0 ? ['--', ...part] : part)),
    ...new Set(arrows.filter(({ within }) => within === state.path).map(({ line }) => line)),
    ...state.states.filter(({ kind }) => kind === 'final').map(({ path }) => `${idOf(path)} --> [*]`),
  ]
}

function drawn(state: ChartState, arrows: readonly Arrow[]): string[] {
  if (state.states.length === 0) return declared(state)
  const id = idOf(state.path)
  return [`state "${nameOf(state.path)}" as ${id} {`, ...indented(inside(state, arrows)), '}']
}

/** A box with its name, and a line for each thing that is to be known of it. */
function declared(state: ChartState): string[] {
  const id = idOf(state.path)
  const stays = state.transitions.filter(({ targets }) => targets.length === 0).map(triggerText)
  const facts = [seenText(state), runsText(state), ...stays.map((trigger) => `stays on ${trigger}`)]
  return [
    `state "${nameOf(state.path)}" as ${id}`,
    ...facts.filter((fact) => fact !== '').map((fact) => `${id} : ${fact}`),
  ]
}

/** A box that is no state. */
const COMMON = 'in every state'

const commonPathOf = (path: string): string => (path === '' ? COMMON : `${path}.${COMMON}`)

/** What a state with states inside does and runs whichever of them is active; undefined where that is nothing. */
function commonOf(state: ChartState): ChartState | undefined {
  if (state.states.length === 0 || (state.invokes.length === 0 && state.transitions.length === 0)) return undefined
  return { ...state, path: commonPathOf(state.path), kind: 'atomic', states: [] }
}

function arrowsOf(state: ChartState, states: ReadonlyMap<string, ChartState>): Arrow[] {
  const from = state.states.length === 0 ? state.path : commonPathOf(state.path)
  return state.transitions.flatMap((transition) =>
    transition.targets.map((target) => arrow(from, beginningOf(target, from, states), transition)),
  )
}

function arrow(from: string, to: string, transition: ChartTransition): Arrow {
  return { within: holderOf(from, to), line: `${idOf(from)} --> ${idOf(to)} : ${triggerText(transition)}` }
}

/** No arrow leads to a state that holds its own beginning: it leads to the state with which that begins. */
function beginningOf(target: string, from: string, states: ReadonlyMap<string, ChartState>): string {
  let path = target
  while (from.startsWith(`${path}.`)) {
    const initial = states.get(path)!.initial
    if (initial === undefined) break
    path = initial
  }
  return path
}

/** The path of the innermost state that holds both, and is none of them. */
function holderOf(one: string, other: string): string {
  const [ones, others] = [one.split('.').slice(0, -1), other.split('.').slice(0, -1)]
  const differs = ones.findIndex((word, index) => word !== others[index])
  return (differs < 0 ? ones : ones.slice(0, differs)).join('.')
}

function idOf(path: string): string {
  const id = path.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_|_$/g, '')
  return RESERVED.test(id) ? `${id}_` : id
}

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`)
