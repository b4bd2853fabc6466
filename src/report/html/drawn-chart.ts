/** A statechart with places, in units of a picture: made when the program is built. */
export interface DrawnChart {
  id: string
  width: number
  height: number
  states: DrawnState[]
  edges: DrawnEdge[]
}

export interface DrawnState {
  /** As a journal names it; empty for the chart as a whole. */
  path: string
  name: string
  kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'history'
  isInitial: boolean
  x: number
  y: number
  width: number
  height: number
}

export interface DrawnEdge {
  /** As a journal counts it, in `taken`. */
  number: number
  text: string
  /** x and y of each bend, from the start to the end. */
  points: number[]
  /** Where the text is. */
  x: number
  y: number
}
