import { formatDuration } from '../../domain/duration.ts'
import { safeText } from '../../domain/safe-text.ts'
import type { Way, WayStep } from '../../report/compared/way.ts'
import { align } from '../../report/wire/align.ts'
import { pad, wrap } from '../../ui/text-width.ts'

/** Cells of a line from which the two are beside each other. */
const COLUMNS_FROM = 100
const TIME_WIDTH = 8

/** What a person calls the two runs. */
export interface Names {
  left: string
  right: string
}

/** How two runs went on: beside each other, the same steps in one row, where the line is wide enough for it. */
export function wayLines(ways: { left: Way; right: Way }, names: Names, width: number): string[] {
  const { left, right } = ways
  const isSame = textsOf(left) === textsOf(right)
  const first = isSame && left.steps.length > 0 ? ['On the screen the two are the same from there on.', ''] : []
  if (width >= COLUMNS_FROM) return [...first, ...columnLines(ways, names, width)]
  return [...first, ...alone('first', names.left, left, width), '', ...alone('second', names.right, right, width)]
}

const textsOf = ({ steps }: Way): string => steps.map(({ text }) => text).join('\n')

const alone = (which: string, name: string, way: Way, width: number): string[] => [
  `${which}: ${safeText(name)}`,
  ...way.steps.flatMap((step) => stepLines(step, width)),
  ...endLines(way).flatMap((line) => cell(line, width)),
]

function columnLines({ left, right }: { left: Way; right: Way }, names: Names, width: number): string[] {
  const room = Math.floor((width - 3) / 2)
  const rows: [string[], string[]][] = [[cell(`first: ${names.left}`, room), cell(`second: ${names.right}`, room)]]
  for (const pair of align(left.steps, right.steps, ({ kind, text }) => `${kind} ${text}`)) {
    rows.push(['left' in pair ? stepLines(pair.left, room) : [], 'right' in pair ? stepLines(pair.right, room) : []])
  }
  const [a, b] = [endLines(left), endLines(right)]
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    rows.push([cell(a[index] ?? '', room), cell(b[index] ?? '', room)])
  }
  return rows.flatMap(([first, second]) =>
    Array.from({ length: Math.max(first.length, second.length) }, (_, index) =>
      `${pad(first[index] ?? '', room)} │ ${second[index] ?? ''}`.trimEnd(),
    ),
  )
}

function endLines({ requests, starts, sessions, apps, endsAt, outcome, passed, cause }: Way): string[] {
  const mark = passed === null ? '' : passed ? '✓ ' : '✗ '
  return [
    `${mark}${outcome ?? 'the journal ends before the run did'}, at ${formatDuration(endsAt)}`,
    `from there: ${many(requests, 'request')}, ${many(starts, 'start')}, ${many(sessions, 'session')}, ` +
      `${many(apps.installed, 'app')} installed, ${apps.failed} failed`,
    ...cause.map((line) => `why: ${line}`),
  ]
}

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

function stepLines({ at, kind, text }: WayStep, width: number): string[] {
  const mark = kind === 'page' ? '' : kind === 'failure' ? '  ! ' : '  '
  const room = width - TIME_WIDTH - 2 - mark.length
  return wrap(safeText(text), room).map(
    (part, index) => `${(index === 0 ? formatDuration(at) : '').padStart(TIME_WIDTH)}  ${mark}${part}`,
  )
}

const cell = (text: string, width: number): string[] => wrap(safeText(text), width)
