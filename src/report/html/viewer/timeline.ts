import { formatDuration } from '../../../domain/duration.ts'
import type { JournalEntry } from '../../../domain/journal.ts'
import { stimulusText } from '../../../journal/stimulus-text.ts'
import { s } from './dom.ts'

interface Mark {
  at: number
  /** Left out for a moment. */
  until?: number
  text: string
  isBad?: boolean
}

const WIDTH = 1_000
const LANE = 20
const NAMES = 90

/** Everything of a run in device time, a lane for each kind. */
export function timelineOf(entries: readonly JournalEntry[], go: (at: number) => void): SVGElement {
  const end = Math.max(1, entries.at(-1)?.at ?? 1)
  const lanes = Object.entries(lanesOf(entries, end)).filter(([, marks]) => marks.length > 0)
  const x = (at: number): number => NAMES + (at / end) * (WIDTH - NAMES)
  const height = lanes.length * LANE
  const drawing = s(
    'svg',
    {
      class: 'timeline',
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: 'img',
      'aria-label': `Timeline of ${formatDuration(end)}`,
    },
    ...lanes.flatMap(([name, marks], lane) => [
      s('text', { x: 0, y: lane * LANE + 14 }, name),
      s('line', { x1: NAMES, x2: WIDTH, y1: (lane + 1) * LANE, y2: (lane + 1) * LANE }),
      ...marks.map(({ at, until, text, isBad }) =>
        s(
          'rect',
          {
            class: isBad ? 'mark bad' : until === undefined ? 'mark' : 'mark long',
            x: x(at).toFixed(1),
            y: lane * LANE + 4,
            width: until === undefined ? 2 : Math.max(1, x(until) - x(at) - 0.5).toFixed(1),
            height: LANE - 8,
          },
          s('title', {}, `${formatDuration(at)}  ${text}`),
        ),
      ),
    ]),
    s('line', { class: 'cursor', x1: NAMES, x2: NAMES, y1: 0, y2: height }),
  )
  drawing.addEventListener('click', (event) => {
    const { left, width } = drawing.getBoundingClientRect()
    const at = ((((event.clientX - left) / width) * WIDTH - NAMES) / (WIDTH - NAMES)) * end
    go(Math.min(end, Math.max(0, at)))
  })
  return drawing
}

export function moveCursor(timeline: SVGElement, part: number): void {
  const cursor = timeline.querySelector('.cursor')
  for (const end of ['x1', 'x2']) cursor?.setAttribute(end, String(NAMES + part * (WIDTH - NAMES)))
}

function lanesOf(entries: readonly JournalEntry[], end: number): Record<string, Mark[]> {
  const lanes: Record<string, Mark[]> = {
    Pages: [],
    States: [],
    Inputs: [],
    Events: [],
    Power: [],
    Requests: [],
    Sessions: [],
    CSP: [],
    Apps: [],
    Logs: [],
  }
  const operations = new Map<number, string>()
  const sessions = new Map<number, Mark>()
  const add = (lane: string, mark: Mark): Mark => {
    lanes[lane]!.push(mark)
    return mark
  }
  let page: Mark | undefined
  for (const entry of entries) {
    const { at } = entry
    switch (entry.kind) {
      case 'screen':
        if ('skipped' in entry) break
        if (page?.text === entry.screen.page) break
        if (page) page.until = at
        page = add('Pages', { at, until: end, text: entry.screen.page, isBad: entry.screen.failure !== undefined })
        break
      case 'transition':
        add('States', { at, text: `${entry.machine}: ${entry.from ?? '·'} → ${entry.to ?? '·'}` })
        break
      case 'stimulus':
        add(entry.by.startsWith('events.') ? 'Events' : 'Inputs', { at, text: stimulusText(entry.stimulus) })
        break
      case 'power':
        add('Power', { at, text: `power ${entry.event}`, isBad: entry.event === 'cut' })
        break
      case 'request':
        operations.set(entry.id, entry.operation)
        break
      case 'response': {
        const result = entry.trouble ?? String(entry.status)
        const isBad = entry.trouble !== undefined || (entry.status ?? 0) >= 400
        add('Requests', { at, text: `${operations.get(entry.id)}: ${result}`, isBad })
        break
      }
      case 'session':
        if (entry.event === 'ended') {
          const begun = sessions.get(entry.session)
          if (begun) begun.until = at
          if (begun) begun.isBad = typeof entry.result === 'object'
        } else sessions.set(entry.session, add('Sessions', { at, until: end, text: `session ${entry.session}` }))
        break
      case 'csp':
        add('CSP', { at, text: `${entry.command} ${entry.uri}` })
        break
      case 'app':
        add('Apps', { at, text: JSON.stringify(entry) })
        break
      case 'log':
        if (entry.level !== 'information')
          add('Logs', { at, text: `${entry.id} ${entry.text}`, isBad: entry.level === 'error' })
        break
      default:
        break
    }
  }
  return lanes
}
