import { type Depth, isPlainPlace, lookOf } from '../ui/look/look.ts'
import { exitOnSignals } from './exit-on-signals.ts'
import { onStopAndContinue } from './signals.ts'

const ESC = '\u001b['

const BLUE: Readonly<Record<Depth, string>> = {
  none: '',
  '16': `${ESC}94m`,
  '256': `${ESC}38;5;39m`,
  true: `${ESC}38;2;76;194;255m`,
}

/** Set while it is shown. */
let release: (() => void) | undefined

/**
 * Something to look at while the rest is loaded: the Windows logo, on the alternate screen. Only where the terminal UI
 * follows.
 */
export function showSplash(args: readonly string[]): void {
  const { stdin, stdout } = process
  const isPlain = args.some((arg) => ['--plain', '--help', '-h'].includes(arg))
  if (isPlain || !stdin.isTTY || !stdout.isTTY || isPlainPlace(process.env)) return
  const undo = [exitOnSignals(), onStopAndContinue({ suspend: leave, resume: draw })]
  release = () => {
    for (const step of undo) step()
  }
  process.once('exit', hideSplash)
  draw()
}

function draw(): void {
  const { stdout } = process
  const row = Math.max(1, Math.floor((stdout.rows ?? 24) / 2) - 1)
  const column = Math.max(1, Math.floor(((stdout.columns ?? 80) - 5) / 2))
  const { depth, isAscii } = lookOf({}, process.env, process.platform)
  const block = isAscii ? '##' : '██'
  const logo = [0, 1].map((line) => `${ESC}${row + line};${column}H${block} ${block}`)
  stdout.write(`${ESC}?1049h${ESC}?25l${ESC}2J${BLUE[depth]}${logo.join('')}${ESC}0m`)
}

const leave = (): void => void process.stdout.write(`${ESC}?25h${ESC}?1049l`)

/** Back to the screen of before: for the terminal UI, which opens its own, and for an error message. */
export function hideSplash(): void {
  if (!release) return
  release()
  release = undefined
  process.off('exit', hideSplash)
  leave()
}
