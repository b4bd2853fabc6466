import { UserError } from '../domain/trouble.ts'
import { nearest } from '../scenario/nearest.ts'
import { EXIT } from './exit-codes.ts'
import { print } from './print.ts'

/** One action of a command, `oobe device hash`: its line in the command's help, and its code, loaded when it is called. */
export interface Action {
  /** What follows the action's name: `DEVICE`. */
  operands?: string
  summary: string
  load: () => Promise<{ run: (args: string[]) => number | Promise<number> }>
}

type Listener = (actions: Readonly<Record<string, Action>>) => void

let listener: Listener | undefined

/** Hears of the actions of each command that is called, until the undoing is called: for the completion of shells. */
export function onActions(hear: Listener): () => void {
  listener = hear
  return () => {
    listener = undefined
  }
}

/** Of a command that also does something without an action. */
export const hearActions = (actions: Readonly<Record<string, Action>>): void => listener?.(actions)

const isHelp = (word: string | undefined): boolean => word === undefined || word === '--help' || word === '-h'

/** Dispatches `oobe COMMAND ACTION …`; without an action it prints what there is. */
export async function runAction(
  command: string,
  actions: Readonly<Record<string, Action>>,
  [name, ...rest]: string[],
): Promise<number> {
  hearActions(actions)
  if (name === undefined || isHelp(name)) {
    print(helpOf(command, actions))
    return EXIT.pass
  }
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (action) return (await action.load()).run(rest)
  if (name.startsWith('-')) {
    throw new UserError('ERR_UNKNOWN_OPTION', `${command} has no option "${name}"`, [
      `"${command} --help" lists the options`,
    ])
  }
  const near = nearest(name, Object.keys(actions))
  throw new UserError('ERR_UNKNOWN_COMMAND', `there is no "${command} ${name}"`, [
    near ? `Did you mean "${command} ${near}"?` : `There are: ${Object.keys(actions).join(', ')}`,
  ])
}

function helpOf(command: string, actions: Readonly<Record<string, Action>>): string {
  const lines = Object.entries(actions).map(([name, { operands, summary }]) => ({
    usage: [command, name, operands].filter(Boolean).join(' '),
    summary,
  }))
  const width = Math.max(...lines.map(({ usage }) => usage.length))
  return lines.map(({ usage, summary }) => `${usage.padEnd(width)}   ${summary}`).join('\n')
}
