import { Box, Text } from 'ink'

/** One whole frame, drawn by Ink. Its rows are painted and have their width, so Ink neither wraps nor truncates anything. */
export function App({ rows }: { rows: readonly string[] }) {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place on the screen.
        <Text key={index} wrap="truncate">
          {row || ' '}
        </Text>
      ))}
    </Box>
  )
}
