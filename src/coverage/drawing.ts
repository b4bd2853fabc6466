import { type Chart, type ChartState, nameOf } from '../charts/chart.ts'
import { htmlText } from '../domain/html-text.ts'
import { stateId, transitionId } from './count-run.ts'
import type { Counters } from './counters.ts'
import { type Edge, edgesOf } from './edges.ts'

const ROW = 24
const INDENT = 14
const LETTER = 7
const STEP = 9
const TEXT_MAX = 2_000

/** Names of a statechart, and what someone has written about them. */
export const text = (value: string): string => htmlText(value, TEXT_MAX)

interface Box {
  state: ChartState
  depth: number
  /** Rows, from the one with its name on. */
  from: number
  to: number
}

/**
 * A statechart as SVG: one state below the other, each a box around those that are inside of it, and each transition an arc from its
 * state to its target. Short arcs are inside of long ones. What was covered is green, with its count as the title.
 */
export function drawn(chart: Chart, counters: Counters): string {
  const boxes = boxesOf(chart.states, 0, 0)
  const names = boxes.map(({ state, depth }) => nameOf(state.path).length * LETTER + depth * INDENT * 2)
  const width = Math.max(160, ...names) + 40
  const rowOf = new Map(boxes.map(({ state, from }) => [state.path, from]))
  const arcs = edgesOf(chart).flatMap((edge) => arcsOf(edge, rowOf))
  const lanes = lanesOf(arcs)
  const height = boxes.length * ROW + 8
  return [
    `<svg viewBox="0 0 ${width + (lanes + 2) * STEP} ${height}" width="${width + (lanes + 2) * STEP}" height="${height}" role="img">`,
    ...boxes.map((box) => boxText(box, chart, width, counters.of(stateId(chart.id, box.state.path)))),
    ...arcs.map((arc) => arcText(arc, width, counters.of(transitionId(arc.edge.way)))),
    '</svg>',
  ].join('\n')
}

function boxesOf(states: readonly ChartState[], depth: number, first: number): Box[] {
  const boxes: Box[] = []
  let row = first
  for (const state of states) {
    const inner = boxesOf(state.states, depth + 1, row + 1)
    boxes.push({ state, depth, from: row, to: row + inner.length }, ...inner)
    row += inner.length + 1
  }
  return boxes
}

function boxText({ state, depth, from, to }: Box, chart: Chart, width: number, count: number): string {
  const x = 4 + depth * INDENT
  const kind = [count > 0 ? 'hit' : 'miss', state.kind === 'final' ? 'final' : ''].join(' ').trim()
  const first = state.path === chart.initial ? '▸ ' : ''
  return [
    `<g class="${kind}"><title>${text(`${chart.id}.${state.path}: ${times(count)}`)}</title>`,
    `<rect x="${x}" y="${from * ROW + 4}" width="${width - 2 * x + 4}" height="${(to - from + 1) * ROW - 5}" rx="4"/>`,
    `<text x="${x + 6}" y="${from * ROW + 19}">${text(first + nameOf(state.path))}</text></g>`,
  ].join('')
}

interface Arc {
  edge: Edge
  from: number
  to: number
  lane: number
}

/** One of the whole chart comes from above all states; one that stays has no arc, and is in the list alone. */
const arcsOf = (edge: Edge, rowOf: ReadonlyMap<string, number>): Arc[] =>
  edge.targets.flatMap((target) => {
    const to = rowOf.get(target)
    return to === undefined ? [] : [{ edge, from: rowOf.get(edge.from) ?? -0.4, to, lane: 0 }]
  })

/** Gives each arc the innermost lane that is free over its rows, the short ones first. @returns how many lanes there are */
function lanesOf(arcs: readonly Arc[]): number {
  const lanes: Arc[][] = []
  const length = ({ from, to }: Arc) => Math.abs(from - to)
  for (const arc of [...arcs].sort((one, other) => length(one) - length(other))) {
    const [top, end] = [Math.min(arc.from, arc.to), Math.max(arc.from, arc.to)]
    const isFree = (lane: readonly Arc[]) =>
      lane.every((one) => Math.max(one.from, one.to) <= top || Math.min(one.from, one.to) >= end)
    const found = lanes.findIndex(isFree)
    arc.lane = found < 0 ? lanes.length : found
    lanes[arc.lane] = [...(lanes[arc.lane] ?? []), arc]
  }
  return lanes.length
}

function arcText({ edge, from, to, lane }: Arc, width: number, count: number): string {
  // Arrows leave a little below the middle of a row, and come in a little above it.
  const [start, end] = [from * ROW + 19, to * ROW + 11]
  const out = width + (lane + 1) * STEP
  const title = text(`${edge.way}: ${times(count)}`)
  return [
    `<g class="${count > 0 ? 'hit' : 'miss'}"><title>${title}</title>`,
    `<path d="M${width - 2} ${start} H${out - 4} Q${out} ${start} ${out} ${start + Math.sign(end - start) * 4} V${end - Math.sign(end - start) * 4} Q${out} ${end} ${out - 4} ${end} H${width}"/>`,
    `<path class="tip" d="M${width - 2} ${end} l6 -3 v6 z"/></g>`,
  ].join('')
}

export const times = (count: number): string => (count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`)
