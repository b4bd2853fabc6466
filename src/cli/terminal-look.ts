import { UserError } from '../domain/trouble.ts'
import { pause } from '../ports/stopwatch.ts'
import { nearest } from '../scenario/nearest.ts'
import { askTerminal, type TerminalFacts } from '../ui/ask-terminal.ts'
import { isPlainPlace, LOOK_NAMES, type Look, type LookName, lookOf } from '../ui/look/look.ts'
import { asksForPictures, PICTURE_NAMES, type PictureChoice, picturesOf } from '../ui/picture/choose.ts'
import type { Pictures } from '../ui/picture/place.ts'

/** What a person asked for about the terminal. */
export interface LookOptions {
  theme?: LookName | undefined
  isAscii?: boolean | undefined
  hasMouse: boolean
  pictures: PictureChoice
}

/** What is known of the terminal before anything is drawn in it. */
export interface PreparedTerminal {
  look: Look
  hasMouse: boolean
  isKitty: boolean
  pictures?: Pictures
}

/** A terminal answers within this time, or not at all; the program has more to do meanwhile. In milliseconds. */
const ANSWER_MS = 200

/** The option `--theme`. Code `ERR_BAD_ARGUMENTS`. */
export const parseTheme = (text: string | undefined): LookName | undefined =>
  text === undefined ? undefined : named('--theme', 'theme', text, LOOK_NAMES, 'that of the terminal')

/** The option `--pictures`. Code `ERR_BAD_ARGUMENTS`. */
export const parsePictures = (text = 'auto'): PictureChoice =>
  named('--pictures', 'kind of pictures', text, PICTURE_NAMES, 'auto')

function named<Name extends string>(
  option: string,
  what: string,
  text: string,
  names: readonly Name[],
  otherwise: string,
): Name {
  const known = names.find((name) => name === text)
  if (known) return known
  const near = nearest(text, names)
  throw new UserError('ERR_BAD_ARGUMENTS', `${option}: there is no ${what} "${text}"`, [
    ...(near ? [`Did you mean "${near}"?`] : []),
    `${names.join(', ')}; left out, it is ${otherwise}`,
  ])
}

/** Whether frames can be drawn here, and keys be read. */
export const isFullTerminal = (): boolean =>
  process.stdin.isTTY === true && process.stdout.isTTY === true && !isPlainPlace(process.env)

/** Begins to ask the terminal for what it is; what is loaded meanwhile costs no further time. */
export async function prepareTerminal({ theme, isAscii, hasMouse, pictures }: LookOptions): Promise<PreparedTerminal> {
  const { stdin, stdout } = process
  const isAsked = asksForPictures(pictures, process.env)
  const facts: TerminalFacts = await askTerminal({ stdin, stdout }, pause(ANSWER_MS), isAsked)
  const look = lookOf({ name: theme, isAscii, background: facts.background }, process.env, process.platform)
  const taken = picturesOf(pictures, facts, look, process.env)
  return { look, hasMouse, isKitty: facts.isKitty, ...(taken ? { pictures: taken } : {}) }
}
