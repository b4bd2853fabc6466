import { Box } from 'ink'
import type { Row } from '../rows/row.ts'
import { Rows } from './rows.tsx'

/** Cells that a card's border and padding take. */
export const CARD_FRAME = { columns: 6, rows: 2 } as const

export function Card({ rows, width, height }: { rows: Row[]; width: number; height: number }) {
  return (
    <Box
      width={width}
      height={height}
      flexShrink={0}
      borderStyle="round"
      borderDimColor
      paddingX={2}
      flexDirection="column"
    >
      <Rows rows={rows} />
    </Box>
  )
}
