import { Box } from 'ink'
import { isPanelBeside, isTooSmall, SIZE_MIN, type Size, type UiModel } from '../model.ts'
import { cardRows } from '../rows/card.ts'
import { handRows } from '../rows/hands.ts'
import { helpRows } from '../rows/help.ts'
import { panelRows } from '../rows/panel.ts'
import { cutRow, type Row, rowWidth, span } from '../rows/row.ts'
import { bottomRow, hintRow, statusRow } from '../rows/status.ts'
import type { SessionSnapshot } from '../session.ts'
import { CARD_FRAME, Card } from './card.tsx'
import { Rows } from './rows.tsx'

const CARD_WIDTH_MAX = 76
const CARD_HEIGHT_MAX = 23
/** The line at the top, the hint under the card, the line at the bottom. */
const ROWS_AROUND = 3

export interface FrameProps {
  snapshot: SessionSnapshot
  model: UiModel
  /** Counts the spinner on. */
  tick: number
}

/** One whole frame, as a function of what the device shows and what the terminal knows. */
export function App({ snapshot, model, tick }: FrameProps) {
  const { columns, rows } = model.size
  if (isTooSmall(model)) return <TooSmall size={model.size} />
  return (
    <Box width={columns} height={rows} flexDirection="column">
      <Rows rows={[statusRow(snapshot, columns)]} />
      <Box flexGrow={1} alignItems="center" justifyContent="center" gap={1}>
        <Middle snapshot={snapshot} model={model} tick={tick} />
      </Box>
      <Rows rows={[centred(hintRow(snapshot), columns), bottomRow(snapshot, model, columns)]} />
    </Box>
  )
}

function Middle({ snapshot, model, tick }: FrameProps) {
  const { columns, rows } = model.size
  const full = rows - ROWS_AROUND
  const isBeside = model.isPanelOpen && isPanelBeside(model)
  const panelWidth = isBeside ? Math.min(64, Math.max(38, columns - CARD_WIDTH_MAX - 3)) : CARD_WIDTH_MAX
  const width = isBeside ? Math.min(CARD_WIDTH_MAX, columns - panelWidth - 2) : CARD_WIDTH_MAX
  const height = Math.min(full, CARD_HEIGHT_MAX)
  const panel = <Card rows={panelRows(snapshot, inside(panelWidth, full))} width={panelWidth} height={full} />
  if (model.isHelpOpen) return <Card rows={helpRows()} width={CARD_WIDTH_MAX} height={height} />
  if (model.isHandsOpen) return <Card rows={handRows()} width={CARD_WIDTH_MAX} height={height} />
  if (model.isPanelOpen && !isBeside) return panel
  return (
    <>
      <Card rows={cardRows(snapshot, model, tick, inside(width, height))} width={width} height={height} />
      {isBeside ? panel : null}
    </>
  )
}

const inside = (width: number, height: number) => ({
  width: width - CARD_FRAME.columns,
  height: height - CARD_FRAME.rows,
})

function centred(row: Row, columns: number): Row {
  const fitted = cutRow(row, columns - 2)
  return fitted.length === 0 ? [] : [span(' '.repeat(Math.floor((columns - rowWidth(fitted)) / 2))), ...fitted]
}

function TooSmall({ size }: { size: Size }) {
  const lines = [
    [span('This terminal is too small.', { bold: true })],
    [span(`It has ${size.columns} x ${size.rows} cells; ${SIZE_MIN.columns} x ${SIZE_MIN.rows} are needed.`)],
    [span('Enlarge it, or leave with Ctrl+C.', { dim: true })],
  ]
  return (
    <Box width={size.columns} height={size.rows} flexDirection="column" overflow="hidden">
      <Rows rows={lines.map((row) => cutRow(row, size.columns)).slice(0, size.rows)} />
    </Box>
  )
}
