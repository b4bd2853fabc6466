import { render, Text } from 'ink'

/** The least that Ink can show: the yardstick for the first frame. */
render(<Text>Hello</Text>)
