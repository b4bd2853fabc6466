import { parseArgs } from 'node:util'
import { UserError } from '../domain/trouble.ts'
import { nearest } from '../scenario/nearest.ts'

type OptionTypes = Record<string, { type: 'string' | 'boolean'; short?: string; multiple?: boolean }>

type Listener = (options: OptionTypes, command: string) => void

let listener: Listener | undefined

/** Hears of the options of each command that is called, until the undoing is called: for the completion of shells. */
export function onOptions(hear: Listener): () => void {
  listener = hear
  return () => {
    listener = undefined
  }
}

/**
 * Parses arguments. A flag that is unknown or has no value is a {@link UserError}, and so is an empty argument: a script
 * whose variable is empty writes one. Codes `ERR_UNKNOWN_OPTION`, `ERR_BAD_ARGUMENTS`.
 */
export function parseOptions<Options extends OptionTypes>(args: string[], options: Options, command: string) {
  listener?.(options, command)
  const names = [...Object.keys(options), 'help']
  for (const arg of args) {
    if (arg === '--') break
    const name = /^--([^=]+)/.exec(arg)?.[1]
    if (name === undefined || names.includes(name) || names.includes(name.replace(/^no-/, ''))) continue
    const near = nearest(name, names)
    const hints = [near ? `Did you mean "--${near}"?` : `"${command} --help" lists the options`]
    throw new UserError('ERR_UNKNOWN_OPTION', `${command} has no option "--${name}"`, hints)
  }
  const parsed = parsedOf(args, options, command)
  refuseEmpty(parsed.tokens, command)
  return parsed
}

function parsedOf<Options extends OptionTypes>(args: string[], options: Options, command: string) {
  try {
    return parseArgs({
      args,
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
      tokens: true,
    })
  } catch (error) {
    throw new UserError('ERR_BAD_ARGUMENTS', (error as Error).message.split(/\.\s/)[0]!, [
      `"${command} --help" lists the options`,
    ])
  }
}

type Token = { kind: string; name?: string; value?: string | undefined }

function refuseEmpty(tokens: readonly Token[], command: string): void {
  for (const { kind, name, value } of tokens) {
    if (kind === 'positional' && value!.trim() === '') {
      throw new UserError('ERR_BAD_ARGUMENTS', `${command}: an argument is empty`, [
        `"${command} --help" tells what it may be`,
      ])
    }
    if (kind !== 'option' || value === undefined) continue
    if (value.trim() === '') {
      throw new UserError('ERR_BAD_ARGUMENTS', `--${name} is empty`, [`"${command} --help" tells what it may be`])
    }
  }
}

/** Refuses an option that has no effect without another one: who writes it has something else in mind. Code `ERR_BAD_ARGUMENTS`. */
export function refuseWithout(
  values: Readonly<Record<string, unknown>>,
  name: string,
  ...others: readonly string[]
): void {
  if (values[name] === undefined || others.some((other) => values[other] !== undefined)) return
  throw new UserError('ERR_BAD_ARGUMENTS', `--${name} goes with ${others.map((other) => `--${other}`).join(' or ')}`)
}

/** Virtual milliseconds per real one: `real`, `instant`, or a number. */
export function parseSpeed(text: string): number {
  if (text === 'instant') return Number.POSITIVE_INFINITY
  if (text === 'real') return 1
  const speed = Number(text.replace(/^x/, ''))
  if (Number.isFinite(speed) && speed > 0) return speed
  throw new UserError('ERR_BAD_SPEED', `"${text}" is no speed`, ['real, instant, or a number such as 60'])
}

export function parseSeed(text: string): number {
  const seed = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(seed)) return seed
  throw new UserError('ERR_BAD_SEED', `"${text}" is no seed`, ['a whole number from 0 on'])
}

export function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new UserError('ERR_BAD_ARGUMENTS', `"${text}" is no port`, ['a number from 0 to 65535; 0 takes a free one'])
}

const WORKERS_MAX = 256

/** How many processes play side by side. Code `ERR_BAD_ARGUMENTS`. */
export const parseWorkers = (text: string): number => wholeNumber('workers', text, 1, WORKERS_MAX)

/** The value of an option that counts. Code `ERR_BAD_ARGUMENTS`. */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least && number <= most) return number
  throw new UserError('ERR_BAD_ARGUMENTS', `--${name}: "${text}" is no number of ${NOUNS[name]!}`, [
    `a whole number from ${least} to ${most}`,
  ])
}

/** What an option counts. */
const NOUNS: Readonly<Record<string, string>> = {
  workers: 'processes',
  bail: 'failures',
  retries: 'plays',
  repeat: 'plays',
  depth: 'answers',
  runs: 'runs',
  plateau: 'runs',
  sample: 'mutants',
  least: 'percent',
  budget: 'runs (or a time, such as 60s)',
  most: 'transitions or scenarios',
}
