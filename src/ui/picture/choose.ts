import type { TerminalFacts } from '../ask-terminal.ts'
import type { Look } from '../look/look.ts'
import { CELL_ASSUMED } from './pixels.ts'
import type { Pictures } from './place.ts'
import type { PictureKind } from './ways.ts'

export const PICTURE_NAMES = ['auto', 'kitty', 'iterm', 'sixel', 'none'] as const
export type PictureChoice = (typeof PICTURE_NAMES)[number]

type Environment = Readonly<Record<string, string | undefined>>

/** Programs between this one and the terminal, which take such sequences for something else. */
const isMultiplexed = ({ TMUX, STY, TERM = '' }: Environment): boolean =>
  TMUX !== undefined || STY !== undefined || /^(?:screen|tmux)/.test(TERM)

/** Terminals that write a question of the kitty graphics protocol on the screen. */
const isOld = ({ TERM = '', TERM_PROGRAM }: Environment): boolean =>
  TERM === 'linux' || TERM_PROGRAM === 'Apple_Terminal'

/** Whether a terminal can be asked for pictures, and has to be. */
export const asksForPictures = (choice: PictureChoice, env: Environment): boolean =>
  choice === 'sixel' || (choice !== 'none' && !isMultiplexed(env) && !isOld(env))

/** Terminals with the protocol of iTerm2, by what they answer; over ssh the variable is passed on. */
const ITERM = /^(?:iTerm2|WezTerm)/

const isIterm = ({ name = '' }: TerminalFacts, { TERM_PROGRAM, LC_TERMINAL }: Environment): boolean =>
  ITERM.test(name) || TERM_PROGRAM === 'iTerm.app' || LC_TERMINAL === 'iTerm2'

/**
 * What a terminal takes pictures in: what was chosen, else the first that it has said it knows. Undefined: blocks.
 *
 * Without colours, with sixteen that only the terminal knows, and in ASCII there is no picture. In tmux and screen only sixels may be chosen.
 */
export function picturesOf(
  choice: PictureChoice,
  facts: TerminalFacts,
  look: Look,
  env: Environment,
): Pictures | undefined {
  if (choice === 'none' || look.isAscii || look.depth === 'none' || look.depth === '16') return undefined
  const kind = choice === 'auto' ? offered(facts, env) : choice
  if (kind === undefined || (kind !== 'sixel' && isMultiplexed(env))) return undefined
  // Sixels are not scaled: without the size of a cell they would cover too little or too much.
  if (kind === 'sixel' && facts.cell === undefined) return undefined
  return { kind, cell: facts.cell ?? CELL_ASSUMED }
}

function offered(facts: TerminalFacts, env: Environment): PictureKind | undefined {
  if (isMultiplexed(env)) return undefined
  if (facts.hasGraphics) return 'kitty'
  if (isIterm(facts, env)) return 'iterm'
  return facts.hasSixel ? 'sixel' : undefined
}
