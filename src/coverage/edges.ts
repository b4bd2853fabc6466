import { type Chart, statesFrom } from '../charts/chart.ts'
import { triggerText } from '../charts/words.ts'

/** A transition of a statechart: each guarded branch is one. */
export interface Edge {
  machine: string
  /** Path of the state that it leaves; empty for one of the whole chart. */
  from: string
  /** As a journal names it: `done(connect)`, `after(timeLimit)`; `always` for one that waits for nothing. */
  event: string
  guard?: string
  /** Paths; none where the chart stays as it is. */
  targets: readonly string[]
  /** As a journal counts it. */
  number: number
  /** Its name, which stays the same where other transitions come and go: `network.choosing: user.back → back`. */
  way: string
}

/** All transitions of a chart. Where two would have one name, the later ones have a number behind it. */
export function edgesOf(chart: Chart): Edge[] {
  const used = new Map<string, number>()
  return statesFrom(chart).flatMap(({ path, transitions }) =>
    transitions.map((transition) => {
      const place = path === '' ? chart.id : `${chart.id}.${path}`
      const target = transition.targets.length === 0 ? 'stays' : `→ ${transition.targets.join(', ')}`
      const name = `${place}: ${triggerText(transition)} ${target}`
      const count = (used.get(name) ?? 0) + 1
      used.set(name, count)
      const { number, event, guard, targets } = transition
      return {
        machine: chart.id,
        from: path,
        event,
        ...(guard === undefined ? {} : { guard }),
        targets,
        number,
        way: count === 1 ? name : `${name} (${count})`,
      }
    }),
  )
}

/** States of a chart by their paths, the chart itself left out. */
export const statePathsOf = (chart: Chart): string[] =>
  statesFrom(chart).flatMap(({ path }) => (path === '' ? [] : [path]))

/** A transition by its statechart and number, of all charts. */
export function edgesBy(charts: readonly Chart[]): (machine: string, number: number) => Edge | undefined {
  const edges = new Map(charts.flatMap(edgesOf).map((edge) => [`${edge.machine} ${edge.number}`, edge]))
  return (machine, number) => edges.get(`${machine} ${number}`)
}
