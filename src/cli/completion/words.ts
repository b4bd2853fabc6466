import { type Action, onActions } from '../actions.ts'
import type { Command } from '../command.ts'
import { onOptions } from '../options.ts'
import { redirectPrinting } from '../print.ts'

/** What may follow `oobe`, or a command with actions. */
export interface Word {
  name: string
  summary: string
  /** Without the dashes. */
  options: { name: string; takesValue: boolean }[]
  actions: Word[]
  /** What its `--help` prints. */
  help: string
}

type Call = (args: string[]) => number | Promise<number>

/** All commands with their options and actions, as the program itself has them: each is asked for its help. */
export async function allWords(commands: Readonly<Record<string, Command>>): Promise<Word[]> {
  const words: Word[] = []
  for (const [name, { summary, load }] of Object.entries(commands)) {
    words.push(await wordOf(name, summary, await load()))
  }
  return words
}

async function wordOf(name: string, summary: string, call: Call): Promise<Word> {
  const word: Word = { name, summary, options: [], actions: [], help: '' }
  let actions: Readonly<Record<string, Action>> = {}
  const undo = [
    onOptions((options) => {
      word.options = [
        ...Object.entries(options).map(([option, { type }]) => ({ name: option, takesValue: type === 'string' })),
        { name: 'help', takesValue: false },
      ]
    }),
    onActions((found) => {
      actions = found
    }),
    redirectPrinting(() => (_, text) => {
      word.help += text
    }),
  ]
  try {
    await call(['--help'])
  } finally {
    for (const one of undo) one()
  }
  for (const [action, { summary: about, load }] of Object.entries(actions)) {
    word.actions.push(await wordOf(action, about, (await load()).run))
  }
  return word
}
