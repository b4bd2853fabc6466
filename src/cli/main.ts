import { InfrastructureError, UserError } from '../domain/trouble.ts'
import { COMMANDS, helpOfAll } from './commands.ts'
import { EXIT } from './exit-codes.ts'
import { print, printError } from './print.ts'
import { hideSplash, showSplash } from './splash.ts'

/** Dispatches to a command, and turns what it throws into a message and an exit code. */
export async function main(args: string[]): Promise<number> {
  try {
    return await dispatch(args)
  } catch (error) {
    hideSplash()
    if (error instanceof UserError) {
      printError(error)
      return EXIT.usage
    }
    if (error instanceof InfrastructureError) {
      printError(error)
      return EXIT.infrastructure
    }
    process.stderr.write(`This is a bug in oobe-sim; please report it.\n${(error as Error)?.stack ?? String(error)}\n`)
    return EXIT.bug
  }
}

async function dispatch(args: string[]): Promise<number> {
  const [command, ...rest] = args
  // Options alone are for the first boot in this terminal.
  if (command === undefined || (command.startsWith('-') && !['-h', '--help', '--version'].includes(command))) {
    showSplash(args)
    const { bootCommand } = await import('./boot-command.ts')
    return bootCommand(args)
  }
  switch (command) {
    case '-h':
    case '--help':
    case 'help':
      if (rest[0] !== undefined && rest[0] !== 'help') return dispatch([rest[0], '--help'])
      print(helpOfAll())
      return EXIT.pass
    case '--version': {
      const { VERSION } = await import('../run/version.ts')
      print(VERSION)
      return EXIT.pass
    }
    default: {
      const known = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined
      if (known) {
        if (command === 'boot') showSplash(rest)
        return (await known.load())(rest)
      }
      const { nearest } = await import('../scenario/nearest.ts')
      const near = nearest(command, [...Object.keys(COMMANDS), 'help'])
      throw new UserError('ERR_UNKNOWN_COMMAND', `there is no command "${command}"`, [
        near ? `Did you mean "oobe ${near}"?` : '"oobe --help" lists the commands',
      ])
    }
  }
}
