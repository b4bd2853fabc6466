import { parseArgs } from 'node:util'
import { UserError } from '../domain/trouble.ts'
import { nearest } from '../scenario/nearest.ts'

type OptionTypes = Record<string, { type: 'string' | 'boolean'; short?: string; multiple?: boolean }>

/** Parses arguments; an unknown flag is a {@link UserError} that names the nearest one. */
export function parseOptions<Options extends OptionTypes>(args: string[], options: Options, command: string) {
  const names = [...Object.keys(options), 'help']
  for (const arg of args) {
    if (arg === '--') break
    const name = /^--([^=]+)/.exec(arg)?.[1]
    if (name === undefined || names.includes(name) || names.includes(name.replace(/^no-/, ''))) continue
    const near = nearest(name, names)
    const hints = [near ? `Did you mean "--${near}"?` : `"${command} --help" lists the options`]
    throw new UserError('ERR_UNKNOWN_OPTION', `${command} has no option "--${name}"`, hints)
  }
  try {
    return parseArgs({ args, options: { ...options, help: { type: 'boolean', short: 'h' } }, allowPositionals: true })
  } catch (error) {
    throw new UserError('ERR_BAD_ARGUMENTS', (error as Error).message.split(/\.\s/)[0]!, [
      `"${command} --help" lists the options`,
    ])
  }
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
