import ELK from 'elkjs/lib/elk.bundled.js'

/** About what a browser needs for a character of the labels, in units of the drawing. */
const STATE = { char: 6.4, padding: 24, height: 26 }
const EDGE = { char: 5, height: 11, max: 44 }
const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.json.edgeCoords': 'ROOT',
  'elk.json.shapeCoords': 'ROOT',
  'elk.edgeRouting': 'POLYLINE',
  'elk.spacing.nodeNode': '24',
  'elk.layered.spacing.nodeNodeBetweenLayers': '34',
  'elk.padding': '[top=28,left=14,bottom=14,right=14]',
  'elk.randomSeed': '1',
}

/** Every statechart with the places of its states and transitions: laid out here, so that no reader of a report has to. */
export async function drawCharts(charts) {
  const elk = new ELK()
  const drawn = []
  for (const chart of charts) drawn.push(drawnOf(chart, await elk.layout(graphOf(chart))))
  return drawn
}

const idOf = (path) => `/${path}`

function graphOf(chart) {
  const edges = []
  collectEdges(chart, edges)
  return { id: 'graph', layoutOptions: OPTIONS, children: [nodeOf(chart, chart.id)], edges }
}

function nodeOf(state, name) {
  return {
    id: idOf(state.path),
    name,
    state,
    layoutOptions: OPTIONS,
    ...(state.states.length > 0
      ? { children: state.states.map((child) => nodeOf(child, lastWord(child.path))) }
      : { width: name.length * STATE.char + STATE.padding, height: STATE.height }),
  }
}

const lastWord = (path) => path.slice(path.lastIndexOf('.') + 1)

function collectEdges(state, edges) {
  for (const { number, event, guard, targets } of state.transitions) {
    const whole = guard === undefined ? event : `${event} [${guard}]`
    const text = whole.length > EDGE.max ? `${whole.slice(0, EDGE.max - 1)}…` : whole
    for (const [index, target] of targets.entries()) {
      edges.push({
        id: `${number}/${index}`,
        number,
        text,
        sources: [idOf(state.path)],
        targets: [idOf(target)],
        labels: [{ text, width: text.length * EDGE.char, height: EDGE.height }],
      })
    }
  }
  for (const child of state.states) collectEdges(child, edges)
}

const round = (value) => Math.round(value * 10) / 10

function drawnOf(chart, graph) {
  const states = []
  collectStates(graph.children[0], undefined, states)
  const edges = graph.edges.flatMap(({ number, text, sections = [], labels }) =>
    sections.map(({ startPoint, bendPoints = [], endPoint }) => ({
      number,
      text,
      points: [startPoint, ...bendPoints, endPoint].flatMap(({ x, y }) => [round(x), round(y)]),
      x: round(labels[0].x),
      y: round(labels[0].y),
    })),
  )
  return { id: chart.id, width: Math.ceil(graph.width), height: Math.ceil(graph.height), states, edges }
}

function collectStates({ name, state, x, y, width, height, children = [] }, parent, states) {
  const { path, kind } = state
  const place = { x: round(x), y: round(y), width: round(width), height: round(height) }
  states.push({ path, name, kind, isInitial: parent?.initial === path, ...place })
  for (const child of children) collectStates(child, state, states)
}
