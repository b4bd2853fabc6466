import type { Prerequisite, Reason } from '../../mock-service/prerequisites/prerequisite.ts'
import { wrap } from '../../ui/text-width.ts'

/** Cells of a line: the terminal of a server has 80. */
const WIDTH = 80
/** Of one prerequisite, so many reasons are shown. */
const REASONS_MAX = 5

const STATUS = { ready: 'ready', notReady: 'not ready', notKnown: 'not known' } as const
const INDENT = ' '.repeat(2)
const MARK = 11
const BELOW = ' '.repeat(INDENT.length + MARK)

/** The list of prerequisites as a screen shows it: what was found, and behind an arrow what to do. */
export function prerequisiteLines(prerequisites: readonly Prerequisite[], day: string): string[] {
  const counted = (status: Prerequisite['status']) =>
    `${prerequisites.filter((each) => each.status === status).length} ${STATUS[status]}`
  return [
    `Prerequisites on ${day}: ${counted('ready')}, ${counted('notReady')}, ${counted('notKnown')}`,
    ...prerequisites.flatMap(linesOf),
  ]
}

function linesOf({ title, status, reasons }: Prerequisite): string[] {
  const mark = INDENT + STATUS[status].padEnd(MARK)
  if (status === 'ready') {
    const [first, ...more] = wrap(`${title}: ${reasons.map(({ text }) => text).join('; ')}`, WIDTH - mark.length)
    return [mark + first, ...more.map((line) => BELOW + line)]
  }
  const shown = reasons.slice(0, REASONS_MAX)
  const left = reasons.length - shown.length
  return [
    mark + title,
    ...shown.flatMap((reason, index) => reasonLines(reason, shown[index + 1])),
    ...(left > 0 ? [`${BELOW}  and ${left} more: --json has all`] : []),
  ]
}

/** What to do is said once behind the reasons that have it in common. */
const reasonLines = ({ text, remedy }: Reason, next: Reason | undefined): string[] => [
  ...wrapped('  ', text),
  ...(remedy === '' || next?.remedy === remedy ? [] : wrapped('  → ', remedy)),
]

function wrapped(mark: string, text: string): string[] {
  const [first, ...more] = wrap(text, WIDTH - BELOW.length - mark.length)
  return [BELOW + mark + first, ...more.map((line) => BELOW + ' '.repeat(mark.length) + line)]
}
