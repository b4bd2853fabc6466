import type { DrawnChart, DrawnEdge, DrawnState } from '../drawn-chart.ts'
import { h, s } from './dom.ts'
import type { Moment } from './moments.ts'

/** A statechart: where it is, where it has been, and by which transitions. */
export function chartOf(chart: DrawnChart, moment: Moment): SVGElement {
  const { id, width, height, states, edges } = chart
  const active = states.filter(({ path }) => isActive(id, path, moment.active)).map(({ path }) => path)
  const label = `Statechart ${id}; active: ${active.filter((path) => path !== '').join(', ') || 'none'}`
  return s(
    'svg',
    { class: 'chart', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': label },
    ...states.map((state) => stateOf(state, id, moment)),
    ...edges.map((edge) => edgeOf(edge, moment.taken.get(id)?.has(edge.number) === true)),
  )
}

const isActive = (id: string, path: string, active: ReadonlySet<string>): boolean =>
  [...active].some(
    (address) => address === `${id}.${path}` || address.startsWith(path === '' ? `${id}.` : `${id}.${path}.`),
  )

function stateOf(
  { path, name, kind, isInitial, x, y, width, height }: DrawnState,
  id: string,
  moment: Moment,
): SVGElement {
  const look = isActive(id, path, moment.active) ? 'active' : isActive(id, path, moment.visited) ? 'visited' : ''
  const isBox = kind === 'compound' || kind === 'parallel'
  return s(
    'g',
    { class: `state ${kind} ${look}` },
    s('rect', { x, y, width, height, rx: kind === 'final' ? height / 2 : 6 }),
    s(
      'text',
      {
        x: isBox ? x + 8 : x + width / 2,
        y: isBox ? y + 15 : y + height / 2 + 4,
        'text-anchor': isBox ? 'start' : 'middle',
      },
      name,
    ),
    ...(isInitial ? [s('circle', { class: 'initial', cx: x, cy: y, r: 4 })] : []),
  )
}

function edgeOf({ text, points, x, y }: DrawnEdge, isTaken: boolean): SVGElement {
  const path = points.reduce(
    (drawn, value, index) => `${drawn}${index === 0 ? 'M' : index % 2 === 0 ? ' L' : ','}${value}`,
    '',
  )
  return s(
    'g',
    { class: isTaken ? 'edge taken' : 'edge' },
    s('path', { d: path }),
    arrowAt(points),
    s('text', { x, y: y + 9 }, text),
  )
}

function arrowAt(points: readonly number[]): SVGElement {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points.slice(-4)
  const length = Math.hypot(x1 - x0, y1 - y0) || 1
  const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length]
  const at = (back: number, side: number) => `${x1 - dx * back - dy * side},${y1 - dy * back + dx * side}`
  return s('polygon', { points: `${at(0, 0)} ${at(7, 3.5)} ${at(7, -3.5)}` })
}

/** The same in words. */
export const stepsOf = ({ steps }: Moment): HTMLElement =>
  h('ol', { class: 'steps', 'aria-label': 'Last transitions' }, ...steps.map((step) => h('li', {}, step)))
