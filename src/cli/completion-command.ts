import { UserError } from '../domain/trouble.ts'
import { VERSION } from '../run/version.ts'
import { nearest } from '../scenario/nearest.ts'
import type { Command } from './command.ts'
import { manPage } from './completion/man.ts'
import { SHELLS } from './completion/scripts.ts'
import { allWords } from './completion/words.ts'
import { EXIT } from './exit-codes.ts'
import { parseOptions } from './options.ts'
import { print, printRaw } from './print.ts'

const HELP = `oobe completion SHELL   prints a script that completes commands, actions and options

  SHELL   bash, zsh, fish or powershell. The first line of the script says where it goes

  eval "$(oobe completion bash)"                                  bash, in this terminal
  oobe completion powershell | Out-String | Invoke-Expression     PowerShell, in this terminal

"oobe completion man" prints the manual page that "man oobe" shows.`

export async function completionCommand(args: string[], commands: Readonly<Record<string, Command>>): Promise<number> {
  const { values, positionals } = parseOptions(args, {}, 'oobe completion')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const [shell, ...more] = positionals
  const names = Object.keys(SHELLS)
  if (shell === undefined || more.length > 0) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'oobe completion takes one shell', [`There are: ${names.join(', ')}`])
  }
  if (shell === 'man') {
    printRaw('out', manPage(await allWords(commands), VERSION))
    return EXIT.pass
  }
  const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined
  if (!script) {
    const near = nearest(shell, names)
    throw new UserError('ERR_BAD_ARGUMENTS', `there is no completion for "${shell}"`, [
      near ? `Did you mean "${near}"?` : `There are: ${names.join(', ')}`,
    ])
  }
  printRaw('out', `${script(await allWords(commands)).join('\n')}\n`)
  return EXIT.pass
}
