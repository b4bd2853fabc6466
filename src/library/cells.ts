import type { PageId } from '../domain/pages.ts'
import type { Screen } from '../domain/screen.ts'
import { specIn } from '../journal/story.ts'
import { frameRows } from '../ui/frame.ts'
import { textOfRow } from '../ui/frame-text.ts'
import { initialModel } from '../ui/model.ts'
import type { Row, Span } from '../ui/rows/row.ts'
import type { SessionSnapshot } from '../ui/session.ts'
import { widthOf } from '../ui/text-width.ts'
import type { Run, ScreenSize } from './types.ts'

/** The last screen of a page, or of the run. */
function screenOf({ journal, pages }: Run, page: PageId | undefined): Screen {
  const entry = journal.findLast(
    (one) => one.kind === 'screen' && 'screen' in one && (page === undefined || one.screen.page === page),
  )
  if (entry?.kind === 'screen' && 'screen' in entry) return entry.screen
  throw new TypeError(`toMatchScreen: the page ${page} was never shown. Pages: ${pages.join(' → ')}`)
}

/** The device around a page is the same for all pages: a golden screen is about the page. */
const snapshotOf = (screen: Screen, device: string): SessionSnapshot => ({
  screen,
  now: 0,
  speed: 0,
  device,
  states: [],
  transitions: [],
  requests: [],
  identity: [],
  network: { isOnline: true, hasEthernet: false, hasWifi: false, cable: false, radio: false, via: 'none' } as never,
  suggestion: null,
  note: null,
  ended: null,
})

/** The screen as the terminal UI draws it: its cells as text, and below them the runs of cells with a style. */
export function cellsOf(run: Run, page: PageId | undefined, { columns = 80, rows = 24 }: ScreenSize): string {
  const screen = screenOf(run, page)
  const snapshot = snapshotOf(screen, specIn(run.journal)?.device.title ?? '')
  const frame = frameRows({ snapshot, model: initialModel(snapshot, { columns, rows }), tick: 0 })
  const styles = frame.flatMap((row, index) => stylesIn(row).map((one) => `${String(index + 1).padStart(2)}: ${one}`))
  return `${[`${screen.page} ${columns}×${rows}`, ...frame.map(textOfRow), 'styles', ...styles].join('\n')}\n`
}

/** `5-12 bold onAccent on accentFill`: the cells of a row that have a style. */
function stylesIn(row: Row): string[] {
  const runs: { from: number; to: number; style: string }[] = []
  let at = 0
  for (const span of row) {
    const from = at + 1
    at += widthOf(span.text)
    const style = styleText(span)
    const last = runs.at(-1)
    if (style === '' || at < from) continue
    if (last?.style === style && last.to === from - 1) last.to = at
    else runs.push({ from, to: at, style })
  }
  return runs.map(({ from, to, style }) => `${from}-${to} ${style}`)
}

const styleText = ({ bold, dim, underline, inverse, color, background }: Span): string =>
  [
    ...(bold ? ['bold'] : []),
    ...(dim ? ['dim'] : []),
    ...(underline ? ['underline'] : []),
    ...(inverse ? ['inverse'] : []),
    ...(color === undefined ? [] : [color]),
    // The card is behind all of a page.
    ...(background === undefined || background === 'card' ? [] : [`on ${background}`]),
  ].join(' ')
