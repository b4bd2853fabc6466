import { readFileSync } from 'node:fs'
import { UserError } from '../domain/trouble.ts'
import type { Edge } from './edges.ts'

/** Where a transition is written. */
export interface ChartLine {
  /** From the folder of the project on. */
  file: string
  line: number
}

export type ChartLines = (edge: Edge) => ChartLine

/** Beside the bundle: the keys of the files of the statecharts with their lines. The build writes it. */
export const CHART_LINES = 'chart-lines.json'

/** A key with its line; a transition in a list has its guard and its target. */
type Place = readonly [path: string, line: number, guard?: string, target?: string]

type Table = Readonly<Record<string, readonly Place[]>>

/** Code `ERR_NOT_FOUND`, when the program does not run from its build. */
export function chartLines(): ChartLines {
  let text: string
  try {
    text = readFileSync(new URL(`./${CHART_LINES}`, import.meta.url), 'utf8')
  } catch {
    throw new UserError('ERR_NOT_FOUND', `there is no ${CHART_LINES} beside this program`, [
      '"npm run build" writes it',
    ])
  }
  return linesIn(JSON.parse(text) as Table)
}

/**
 * The nearest place that is written down: the branch, else the list of branches, else the state, else the statechart. Transitions
 * that several states share are at the state that takes them over.
 */
export function linesIn(table: Table): ChartLines {
  const files = Object.entries(table)
  return (edge) => {
    const found = edge.machine === 'oobe' ? inPlans(files, edge) : undefined
    return found ?? inChart(files, edge)
  }
}

type Files = readonly (readonly [file: string, places: readonly Place[]])[]

function inChart(files: Files, edge: Edge): ChartLine {
  const constant = `${edge.machine}Machine.@`
  const [file, places] = files.find(([, list]) => list.some(([path]) => path.startsWith(`${constant}.`)))!
  const states = edge.from === '' ? [] : edge.from.split('.')
  const state = [constant, ...states.flatMap((name) => ['states', name])].join('.')
  const branch = branchOf(places, `${state}.${keyOf(edge.event)}`, edge)
  if (branch) return { file, line: branch }
  for (let outer = state; outer.includes('.@'); outer = outer.replace(/\.states\.[^.]+$|\.@$/, '')) {
    const line = places.find(([path]) => path === outer || path === `${outer}.id`)?.[1]
    if (line !== undefined) return { file, line }
  }
  return { file, line: 1 }
}

const keyOf = (event: string): string => {
  if (event === 'always') return 'always'
  if (event === 'done') return 'onDone'
  if (event.startsWith('done(')) return 'invoke.onDone'
  const delay = /^after\((.*)\)$/.exec(event)?.[1]
  return delay === undefined ? `on.${event}` : `after.${delay}`
}

function branchOf(places: readonly Place[], key: string, { guard, targets }: Edge): number | undefined {
  const target = targets[0]?.split('.').at(-1) ?? ''
  const name = guard?.replace(/\(.*$/, '') ?? ''
  const list = places.filter(([path]) => path === `${key}.#`)
  const leadsThere = (to = '') => (to.split('.').at(-1) ?? '') === target
  const same = list.find(([, , by = '', to]) => by === name && leadsThere(to))
  return (same ?? places.find(([path]) => path === key))?.[1]
}

/** The plan of a mode: `userDriven.signIn` is a step of it, and may come from the steps that plans share. */
function inPlans(files: Files, { from, guard }: Edge): ChartLine | undefined {
  const names = from.split('.')
  const step = names.at(-1)!
  const plan = names.length > 1 ? names[0]! : 'START'
  const kind = /kind: (\w+)/.exec(guard ?? '')?.[1]
  const all = files
    .filter(([file]) => file.startsWith('machines/oobe/') && !/\/(oobe|charts)\.ts$/.test(file))
    .flatMap(([file, places]) => places.map(([path, line]) => ({ file, line, path })))
  const ends = [...(kind === undefined ? [] : [`.${step}.leads.${kind}`]), `.${step}.decides`, `.${step}`]
  for (const end of ends) {
    const known = all.filter(({ path }) => path.endsWith(end))
    const found =
      known.find(({ path }) => path.startsWith(`${plan}.`)) ??
      (names.length > 1 || plan === 'START' ? known[0] : undefined)
    if (found) return { file: found.file, line: found.line }
  }
  return undefined
}
