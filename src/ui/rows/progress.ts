import type { CategoryProgress, Progress, StepProgress } from '../../domain/screen.ts'
import type { FrameWords } from '../../texts/frame-words.ts'
import { cut, pad, widthOf } from '../text-width.ts'
import { GLYPHS, SPINNER, STATES, THEME } from '../theme.ts'
import { clock } from './clock.ts'
import { cutRow, type Row, span, spread } from './row.ts'
import type { Section } from './section.ts'

export interface Moment {
  /** Counts the spinner on. */
  tick: number
  /** How long the page has been there, in device time; undefined where that is not known. */
  elapsedMs: number | undefined
}

/** From here on the time that work has taken is shown, in device milliseconds. */
const LONG_MS = 10_000

/** A bar when the progress is known, else a spinner; below, the categories with as many steps as fit. */
export function progressSection(progress: Progress, moment: Moment, words: FrameWords, width: number): Section {
  const head = headRows(progress, moment, words, width)
  const categories = progress.categories ?? []
  const steps = categories.reduce((sum, category) => sum + stepRows(category, width), 0)
  const min = head.length + categories.length
  return {
    min,
    max: min + steps,
    priority: 1,
    draw(height) {
      const shown = unfold(categories, height - min, width)
      const labelWidth = Math.min(30, Math.max(0, ...categories.map(({ label }) => widthOf(label))))
      const tree = categories.flatMap((category) => drawCategory(category, shown.has(category.id), labelWidth, width))
      return [...head, ...tree]
    },
  }
}

export const spinner = (tick: number): string => SPINNER[tick % SPINNER.length]!

function headRows(
  { fraction, label, categories }: Progress,
  { tick, elapsedMs = 0 }: Moment,
  { frame }: FrameWords,
  width: number,
): Row[] {
  const text = label ?? ''
  // Something moves on each page that works, also where no share of the work is known.
  const taken: Row = elapsedMs < LONG_MS ? [] : [span(clock(elapsedMs), { dim: true })]
  if (fraction === undefined) {
    // A category that failed ends the work, and those behind it never begin.
    const isOver = categories?.length && !categories.some(({ state }) => state === 'inProgress')
    if (isOver) return text === '' ? [] : [[span(cut(text, width))]]
    const spins: Row = [span(`${spinner(tick)} `, { color: THEME.accentLight }), span(text || frame.working)]
    return [taken.length > 0 ? spread(spins, taken, width) : cutRow(spins, width)]
  }
  const known = Math.max(0, Math.min(1, fraction))
  const percent = `${Math.floor(known * 100)}%`.padStart(5)
  const cells = width - percent.length
  const done = Math.round(known * cells)
  const bar: Row = [
    span(GLYPHS.barDone.repeat(done), { color: THEME.accentLight }),
    span(GLYPHS.barLeft.repeat(cells - done), { dim: true }),
    span(percent),
  ]
  return text === '' && taken.length === 0 ? [bar] : [spread([span(text)], taken, width), bar]
}

/** Which categories show their steps: those at work or in trouble first, then in order, while there is room. */
function unfold(categories: CategoryProgress[], room: number, width: number): Set<string> {
  const rank = ({ state }: CategoryProgress) => (state === 'failed' ? 0 : state === 'inProgress' ? 1 : 2)
  const shown = new Set<string>()
  let left = room
  for (const category of [...categories].sort((a, b) => rank(a) - rank(b))) {
    const rows = stepRows(category, width)
    if (rows > left) continue
    left -= rows
    shown.add(category.id)
  }
  return shown
}

function drawCategory(category: CategoryProgress, isOpen: boolean, labelWidth: number, width: number): Row[] {
  const head = drawState(category, '', { labelWidth, width, isBold: true })
  if (!isOpen) return [head]
  const last = category.steps.length - 1
  return [head, ...category.steps.flatMap((step, index) => drawStep(step, index === last, labelWidth, width))]
}

const BRANCH_WIDTH = 2
const GLYPH_WIDTH = 2

/** A name and a status that do not fit beside each other are below each other. */
const isTall = ({ label, status }: StepProgress, width: number): boolean =>
  BRANCH_WIDTH + GLYPH_WIDTH + widthOf(label) + 2 + widthOf(status) > width

const stepRows = ({ steps }: CategoryProgress, width: number): number =>
  steps.reduce((sum, step) => sum + (isTall(step, width) ? 2 : 1), 0)

function drawStep(step: StepProgress, isLast: boolean, labelWidth: number, width: number): Row[] {
  const [branch, below] = isLast ? ['└ ', '  '] : ['├ ', '│ ']
  const draw = (one: StepProgress) => drawState(one, branch, { labelWidth, width, isBold: false })
  if (!isTall(step, width)) return [draw(step)]
  const said = cut(step.status, width - BRANCH_WIDTH - GLYPH_WIDTH)
  const style = step.state === 'inProgress' ? {} : STATES[step.state].style
  return [draw({ ...step, status: '' }), spread([span(below, { dim: true })], [span(said, style)], width)]
}

function drawState(
  { label, state, status }: StepProgress,
  branch: string,
  { labelWidth, width, isBold }: { labelWidth: number; width: number; isBold: boolean },
): Row {
  const { glyph, style } = STATES[state]
  const isQuiet = state === 'notStarted' || state === 'notRequired'
  const room = labelWidth - branch.length
  // A step's name gets what its own status leaves: the longest name and a short status fit together.
  const said = cut(status, Math.floor(width / 2))
  const left = width - widthOf(branch) - 2 - widthOf(said) - 2
  const name = branch === '' ? pad(cut(label, room), room) : cut(label, left)
  return spread(
    [span(branch, { dim: true }), span(`${glyph} `, style), span(name, { bold: isBold && !isQuiet, dim: isQuiet })],
    [span(said, state === 'inProgress' ? {} : style)],
    width,
  )
}
