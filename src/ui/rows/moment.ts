import { isRightToLeft } from '../../domain/languages.ts'
import type { Screen } from '../../domain/screen.ts'
import type { FrameWords } from '../../texts/frame-words.ts'
import { isHex } from '../look/colour.ts'
import { onFill } from '../look/paint.ts'
import type { Fill, Ink } from '../look/roles.ts'
import type { SessionSnapshot } from '../session.ts'
import { cut, evenly, wrap } from '../text-width.ts'
import { THEME } from '../theme.ts'
import { languageOf, wordsOf } from '../words.ts'
import type { Area } from './card.ts'
import { spinner } from './progress.ts'
import { reversed } from './right-to-left.ts'
import { BLANK, indent, type Row, rowWidth, type SpanStyle, span } from './row.ts'

/** The four squares of Windows. */
const SQUARES: readonly string[] = ['█████ █████', '█████ █████', '▀▀▀▀▀ ▀▀▀▀▀', '█████ █████', '█████ █████']

/** Pages, and steps of pages, that fill the screen of Windows: nothing is asked, and no box is drawn. */
const MOMENTS: readonly string[] = ['powerOn', 'firstLogon', 'welcome/greeting']

const TEXT_WIDTH_MAX = 60
const LOGO_WIDTH_MAX = 40

/** Whether what is on the screen is drawn without a box; a dark screen is, too. */
export function isMoment({ screen, ended }: SessionSnapshot): boolean {
  if (ended !== null) return false
  if (screen === null) return true
  if (screen.controls.length > 0 || screen.failure) return false
  return MOMENTS.includes(screen.page) || MOMENTS.includes(`${screen.page}/${screen.step}`)
}

/** A quiet moment, on all rows of the area: its mark, what it says, and what turns. */
export function momentRows(snapshot: SessionSnapshot, tick: number, area: Area): Row[] {
  const { screen, dark } = snapshot
  const inOrder = (rows: Row[]) => (isRightToLeft(languageOf(snapshot)) ? rows.map(reversed) : rows)
  if (screen === null) return filled(inOrder(darkRows(dark, wordsOf(snapshot), tick, area)), area)
  const fill = fillOf(screen)
  const ink = inkOn(fill)
  const body = screen.body.flatMap(({ text }) => wrap(text, Math.min(TEXT_WIDTH_MAX, area.width - 4)))
  const mark = markOf(screen, ink)
  return filled([...mark, ...inOrder(saying(screen.title, body, tick, ink, area))], area, fill)
}

function darkRows(dark: SessionSnapshot['dark'], { frame }: FrameWords, tick: number, area: Area): Row[] {
  if (dark === 'off') return []
  return dark === 'restart' ? saying(frame.restarting, [], tick, {}, area) : SQUARES.map(squareRow)
}

const squareRow = (line: string): Row => [span(line, { color: THEME.accentLight })]

const fillOf = ({ brand }: Screen): Fill | undefined => (isHex(brand?.color) ? brand.color : undefined)

const inkOn = (fill: Fill | undefined): SpanStyle => (fill === undefined ? {} : { color: 'onBrand' satisfies Ink })

function markOf({ page, step, brand }: Screen, ink: SpanStyle): Row[] {
  if (brand) return [...logoOf(brand).map((line): Row => [{ ...span(line, ink), isLogo: true }]), BLANK]
  if (page !== 'powerOn' || step !== undefined) return []
  return [...SQUARES.map(squareRow), BLANK]
}

/** Rows of one width, so that each is as far from the middle. */
const logoOf = ({ logo = [] }: NonNullable<Screen['brand']>): string[] =>
  evenly(logo.map((line) => cut(line, LOGO_WIDTH_MAX)))

function saying(title: string, body: readonly string[], tick: number, ink: SpanStyle, { width }: Area): Row[] {
  const quiet: SpanStyle = ink.color === undefined ? { dim: true } : ink
  return [
    [span(cut(title, width - 2), { ...ink, bold: true })],
    ...body.map((line): Row => [span(line, quiet)]),
    BLANK,
    [span(spinner(tick), ink.color === undefined ? { color: THEME.accentLight } : ink)],
  ]
}

/** In the middle of the area, with its fill behind all of it. */
function filled(rows: Row[], { width, height }: Area, fill?: Fill): Row[] {
  const above = Math.max(0, Math.floor((height - rows.length) / 2))
  return Array.from({ length: height }, (_, index): Row => {
    const row = rows[index - above] ?? BLANK
    const room = Math.max(0, Math.floor((width - rowWidth(row)) / 2))
    const centred = row.length === 0 ? row : indent(row, room)
    if (fill === undefined) return centred
    return onFill([...centred, span(' '.repeat(Math.max(0, width - rowWidth(centred))), inkOn(fill))], fill).map(
      (one) => (one.color === undefined ? { ...one, ...inkOn(fill) } : one),
    )
  })
}
