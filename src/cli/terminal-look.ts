import { UserError } from '../domain/trouble.ts'
import { pause } from '../ports/stopwatch.ts'
import { nearest } from '../scenario/nearest.ts'
import { askTerminal, type TerminalFacts } from '../ui/ask-terminal.ts'
import { isPlainPlace, LOOK_NAMES, type Look, type LookName, lookOf } from '../ui/look/look.ts'

/** What a person asked for about the terminal. */
export interface LookOptions {
  theme?: LookName | undefined
  isAscii?: boolean | undefined
  hasMouse: boolean
}

/** What is known of the terminal before anything is drawn in it. */
export interface PreparedTerminal {
  look: Look
  hasMouse: boolean
  isKitty: boolean
}

/** A terminal answers within this time, or not at all; the program has more to do meanwhile. In milliseconds. */
const ANSWER_MS = 200

/** The option `--theme`. Code `ERR_BAD_ARGUMENTS`. */
export function parseTheme(text: string | undefined): LookName | undefined {
  if (text === undefined) return undefined
  const known = LOOK_NAMES.find((name) => name === text)
  if (known) return known
  const near = nearest(text, LOOK_NAMES)
  throw new UserError('ERR_BAD_ARGUMENTS', `--theme: there is no theme "${text}"`, [
    ...(near ? [`Did you mean "${near}"?`] : []),
    `${LOOK_NAMES.join(', ')}; left out, it is that of the terminal`,
  ])
}

/** Whether frames can be drawn here, and keys be read. */
export const isFullTerminal = (): boolean =>
  process.stdin.isTTY === true && process.stdout.isTTY === true && !isPlainPlace(process.env)

/** Begins to ask the terminal for what it is; what is loaded meanwhile costs no further time. */
export async function prepareTerminal({ theme, isAscii, hasMouse }: LookOptions): Promise<PreparedTerminal> {
  const { stdin, stdout } = process
  const facts: TerminalFacts = await askTerminal({ stdin, stdout }, pause(ANSWER_MS))
  const look = lookOf({ name: theme, isAscii, background: facts.background }, process.env, process.platform)
  return { look, hasMouse, isKitty: facts.isKitty }
}
