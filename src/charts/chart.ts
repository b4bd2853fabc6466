/** A statechart as plain values, to be drawn or printed. */
export interface Chart extends ChartState {
  id: string
  /** Its final states: how it can end. */
  endsIn: string[]
}

export interface ChartState {
  /** `running.settingUp`; empty for the chart as a whole. */
  path: string
  kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'history'
  /** Path of the state that it begins with. */
  initial?: string
  page?: string
  waitsForPerson?: boolean
  sources?: string[]
  invokes: ChartInvoke[]
  entry: string[]
  exit: string[]
  transitions: ChartTransition[]
  states: ChartState[]
}

export interface ChartInvoke {
  id: string
  /** The name of the actor. */
  src: string
}

export interface ChartTransition {
  /** As a journal counts it, in `taken`. */
  number: number
  /** As a journal names it: `done(connect)`, `after(timeLimit)`; `always` for one that waits for nothing. */
  event: string
  guard?: string
  /** Paths; none where the chart stays as it is. */
  targets: string[]
  actions: string[]
}

/** A state and all below it, the outermost first. */
export const statesFrom = (state: ChartState): ChartState[] => [state, ...state.states.flatMap(statesFrom)]

/** The last word of a path. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

/** Names of all actors that a chart runs. */
export const actorsOf = (chart: ChartState): string[] => [
  ...new Set(statesFrom(chart).flatMap(({ invokes }) => invokes.map(({ src }) => src))),
]

/** Pages that a chart shows. */
export const pagesOf = (chart: ChartState): string[] => [
  ...new Set(statesFrom(chart).flatMap(({ page }) => (page === undefined ? [] : [page]))),
]

/** Paths of the states that wait for a person. */
export const waitingIn = (chart: ChartState): string[] =>
  statesFrom(chart).flatMap(({ path, waitsForPerson }) => (waitsForPerson ? [path] : []))
