import { Box, Text } from 'ink'
import type { Look } from '../look/look.ts'
import { paintRow } from '../look/paint.ts'
import type { Row } from '../rows/row.ts'

/** Rows as Ink text. They are painted and already have their width, so Ink neither wraps nor truncates anything. */
export function Rows({ rows, look, width }: { rows: Row[]; look: Look; width: number }) {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place on the screen.
        <Text key={index} wrap="truncate">
          {paintRow(row, look, width) || ' '}
        </Text>
      ))}
    </Box>
  )
}
