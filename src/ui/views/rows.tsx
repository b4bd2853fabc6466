import { Box, Text } from 'ink'
import type { Row, Span } from '../rows/row.ts'

/** Rows as Ink text. They are already cut to width, so Ink neither wraps nor truncates anything. */
export function Rows({ rows }: { rows: Row[] }) {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place on the screen.
        <RowText key={index} row={row} />
      ))}
    </Box>
  )
}

function RowText({ row }: { row: Row }) {
  if (row.length === 0) return <Text> </Text>
  return (
    <Text wrap="truncate">
      {row.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above.
        <SpanText key={index} part={part} />
      ))}
    </Text>
  )
}

function SpanText({ part }: { part: Span }) {
  const { text, color, background, bold, dim, underline, inverse } = part
  return (
    <Text
      {...(color === undefined ? {} : { color })}
      {...(background === undefined ? {} : { backgroundColor: background })}
      bold={bold === true}
      dimColor={dim === true}
      underline={underline === true}
      inverse={inverse === true}
    >
      {text}
    </Text>
  )
}
