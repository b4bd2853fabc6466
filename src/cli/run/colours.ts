/** A stream, as far as colours are concerned. */
interface Stream {
  isTTY?: boolean | undefined
}

/**
 * Whether a stream gets colours: a terminal does. NO_COLOR (not empty) takes them away, FORCE_COLOR gives them to any stream, and
 * takes them away when it is 0 or false; it counts more.
 */
export function hasColours(stream: Stream, env: Readonly<NodeJS.ProcessEnv>): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: none, TERM: terminal } = env
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  if (none !== undefined && none !== '') return false
  return stream.isTTY === true && terminal !== 'dumb'
}
