import { type Chart, type ChartState, nameOf, statesFrom } from '../../../charts/chart.ts'
import { runsText, seenText, triggerText } from '../../../charts/words.ts'
import type { JournalEntry } from '../../../domain/journal.ts'
import { PAGES } from '../../../domain/pages.ts'
import { ActiveStates } from '../../../journal/path.ts'
import { clock } from '../../rows/clock.ts'
import type { Row } from '../../rows/row.ts'
import { columns, type Item, Tree } from '../items.ts'
import type { Place } from '../model.ts'
import { oncePer, type Reading } from '../reading.ts'
import type { CockpitSource } from '../source.ts'
import { STYLE, told } from '../style.ts'
import { snapshotIn } from './device.ts'
import { type Way, whatCanHappen } from './next.ts'

/** What a journal says of one statechart. */
export interface Walked {
  /** Active leaves. */
  active: string[]
  /** States that were entered, and when for the last time. */
  entered: Map<string, number>
  /** How often each transition was taken, by its number. */
  taken: Map<number, number>
}

/** By statechart, the outermost first. */
const walkedIn = oncePer(({ entries }) => {
  const states = new ActiveStates()
  const walked = new Map<string, Walked>()
  const of = (machine: string): Walked => {
    const known = walked.get(machine)
    if (known) return known
    const made: Walked = { active: [], entered: new Map(), taken: new Map() }
    walked.set(machine, made)
    return made
  }
  for (const entry of entries) {
    states.take(entry)
    if (entry.kind === 'transition') note(of(entry.machine), entry)
  }
  const active = new Map<string, Walked>()
  for (const address of states.list()) {
    const [machine = '', ...path] = address.split('.')
    const one = of(machine)
    one.active.push(path.join('.'))
    active.set(machine, one)
  }
  return active
})

function note(walked: Walked, { at, from, to, taken = [] }: Extract<JournalEntry, { kind: 'transition' }>): void {
  // A state around the one that was left is still the same one. A state that leads to itself is entered anew.
  const stays = new Set(from === to ? [] : (from?.split(',') ?? []).flatMap(pathsTo))
  for (const path of (to?.split(',') ?? []).flatMap(pathsTo)) if (!stays.has(path)) walked.entered.set(path, at)
  for (const number of taken) walked.taken.set(number, (walked.taken.get(number) ?? 0) + 1)
}

/** A state and those around it: `a.b.c`, `a.b`, `a`. */
const pathsTo = (leaf: string): string[] => {
  const parts = leaf.split('.')
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('.'))
}

const isLit = ({ active }: Walked, path: string): boolean =>
  active.some((leaf) => leaf === path || leaf.startsWith(`${path}.`))

/** Statecharts as trees of states, the path of the device lit, and what can happen next. */
export function stateItems(reading: Reading, place: Place, source: CockpitSource, ways: readonly Way[]): Item[] {
  const tree = new Tree(place)
  const walked = walkedIn(reading)
  const charts = new Map(source.charts().map((chart) => [chart.id, chart]))
  if (walked.size === 0) {
    tree.leaf('off', [told('The device is off: no statechart runs.', STYLE.quiet)])
    return tree.items()
  }
  const { screen } = snapshotIn(reading)
  const owner = screen ? PAGES[screen.page].machine : undefined
  const innermost = owner !== undefined && walked.has(owner) ? owner : [...walked.keys()].at(-1)
  tree.title('Statecharts')
  for (const [id, one] of walked) {
    const chart = charts.get(id)
    const row = [
      told('● ', STYLE.lit),
      told(id, STYLE.key),
      told(`  ${one.active.join(', ')}`, STYLE.lit),
      told(chart ? `  ${statesFrom(chart).length - 1} states` : '', STYLE.quiet),
    ]
    if (!chart) tree.leaf(id, row)
    else tree.branch(id, row, id === innermost, () => addStates(tree, chart, chart, one))
  }
  tree.title('What can happen next')
  const found = [...walked].toReversed().flatMap(([id, one]) => {
    const chart = charts.get(id)
    const delayMs = (name: string) => source.delayMs?.(id, name, reading.isWhole && source.offers !== undefined)
    return chart ? whatCanHappen(chart, one, { ways, isOfPage: id === owner, delayMs, now: reading.at }) : []
  })
  for (const { id, row, offer, detail } of found.toSorted((a, b) => a.rank - b.rank))
    tree.leaf(id, row, { ...(offer ? { offer } : {}), detail })
  if (found.length === 0) tree.leaf('nothing', [told('Nothing: the run has ended here.', STYLE.quiet)])
  return tree.items()
}

function addStates(tree: Tree, chart: Chart, above: ChartState, walked: Walked): void {
  for (const state of above.states) {
    const id = `${chart.id}.${state.path}`
    const row = stateRow(state, walked)
    const detail = (width: number) => columns(stateFacts(state, walked), width)
    const isHere = walked.active.includes(state.path)
    if (state.states.length === 0) tree.leaf(id, row, { detail, ...(isHere ? { isHere: true as const } : {}) })
    else {
      tree.branch(id, row, isLit(walked, state.path), () => addStates(tree, chart, state, walked), { detail })
    }
  }
}

function stateRow(state: ChartState, walked: Walked): Row {
  const entered = walked.entered.get(state.path)
  const about = [seenText(state), runsText(state)].filter((text) => text !== '').join(', ')
  const since = entered === undefined ? '' : `  since ${clock(entered)}`
  if (isLit(walked, state.path)) {
    return [
      told('● ', STYLE.lit),
      told(nameOf(state.path), STYLE.lit),
      told(since, STYLE.quiet),
      told(`  ${about}`, STYLE.quiet),
    ]
  }
  const mark = entered === undefined ? told('○ ', STYLE.quiet) : told('✓ ', STYLE.good)
  return [mark, told(nameOf(state.path), entered === undefined ? STYLE.quiet : {}), told(`  ${about}`, STYLE.quiet)]
}

function stateFacts(state: ChartState, walked: Walked): [string, string][] {
  const entered = walked.entered.get(state.path)
  return [
    ['state', state.path],
    ['kind', state.kind],
    ...optional('entered last', entered === undefined ? 'not in this run' : clock(entered)),
    ...optional('page', state.page),
    ...optional('runs', state.invokes.map(({ src }) => src).join(', ')),
    ...optional('on entry', state.entry.join(', ')),
    ...optional('on exit', state.exit.join(', ')),
    ...optional('sources', state.sources?.join(', ')),
    ...state.transitions.map((one): [string, string] => [
      `#${one.number}${walked.taken.has(one.number) ? ` ✓${walked.taken.get(one.number)}` : ''}`,
      `${triggerText(one)} → ${one.targets.join(', ') || 'stays'}${one.actions.length ? ` / ${one.actions.join(', ')}` : ''}`,
    ]),
  ]
}

const optional = (name: string, value: string | undefined): [string, string][] =>
  value === undefined || value === '' ? [] : [[name, value]]
