import type { Command, Item, NodeCommand, SyncMLMessage } from '../protocols/syncml/message.ts'

/** The part of the device that OMA-DM commands act on. */
export interface CommandTarget {
  get(uri: string): CommandResult
  add(uri: string, format: string | undefined, value: string): CommandResult
  replace(uri: string, format: string | undefined, value: string): CommandResult
  delete(uri: string): CommandResult
  exec(uri: string, value: string): CommandResult
}

export interface CommandResult {
  /** OMA-DM status (reference: mdm-protocols.md, 2.6). */
  status: number
  node?: { format: string; value: string }
}

/** A command before it has its number. */
export type Unnumbered = Command extends infer Each ? (Each extends Command ? Omit<Each, 'cmdId'> : never) : never

/** Runs a server's commands, and builds the answers: a status for each in order, and results where something was found. */
export function answerCommands(message: SyncMLMessage, target: CommandTarget): { commands: Command[]; count: number } {
  const answers = new Answers(message.header.msgId)
  for (const command of message.commands) run(command, answers, target)
  return { commands: answers.commands, count: answers.count }
}

/** Answers to one message, numbered from 1: the first is the status of its header. */
class Answers {
  readonly commands: Command[] = []
  /** Commands that were answered. */
  count = 0
  readonly #msgRef: string

  constructor(msgRef: string) {
    this.#msgRef = msgRef
    this.#push({ kind: 'Status', msgRef, cmdRef: '0', cmd: 'SyncHdr', data: '200' })
  }

  status(command: { cmdRef: string; cmd: string }, data: number, targetRef?: string): void {
    const target = targetRef === undefined ? {} : { targetRef }
    this.#push({ kind: 'Status', msgRef: this.#msgRef, ...command, ...target, data: String(data) })
  }

  results(cmdRef: string, items: Item[]): void {
    this.#push({ kind: 'Results', msgRef: this.#msgRef, cmdRef, items })
  }

  #push(command: Unnumbered): void {
    this.commands.push({ ...command, cmdId: String(this.commands.length + 1) } as Command)
  }
}

function run(command: Command, answers: Answers, target: CommandTarget): void {
  if (command.kind === 'Status' || command.kind === 'Results') return
  answers.count++
  if (command.kind === 'Unknown') {
    answers.status({ cmdRef: command.cmdId ?? '0', cmd: command.name }, 400)
    return
  }
  const reference = { cmdRef: command.cmdId, cmd: command.kind }
  switch (command.kind) {
    case 'Alert':
      answers.status(reference, 200)
      return
    case 'Sequence':
      answers.status(reference, 200)
      for (const child of command.commands) run(child, answers, target)
      return
    // All or nothing needs a rollback, which is not here yet: refused rather than half applied.
    case 'Atomic':
      answers.status(reference, 406)
      return
    case 'Get':
    case 'Add':
    case 'Replace':
    case 'Delete':
    case 'Exec':
      runItems(command, answers, target)
  }
}

/** One status when all items fare alike, else one for each ([MS-MDM] 2.2.7). */
function runItems(command: NodeCommand, answers: Answers, target: CommandTarget): void {
  const reference = { cmdRef: command.cmdId, cmd: command.kind }
  const results = command.items.map((item) => ({ item, result: execute(command, item, target) }))
  const [first] = results
  if (!first) {
    answers.status(reference, 400)
    return
  }
  if (results.every(({ result }) => result.status === first.result.status))
    answers.status(reference, first.result.status)
  else for (const { item, result } of results) answers.status(reference, result.status, item.target)
  const found = results.filter(({ result }) => command.kind === 'Get' && result.status === 200)
  if (found.length === 0) return
  answers.results(
    command.cmdId,
    found.map(({ item, result }) => ({
      source: item.target ?? '',
      meta: { format: result.node?.format ?? 'chr' },
      data: result.node?.value ?? '',
    })),
  )
}

function execute(command: NodeCommand, item: Item, target: CommandTarget): CommandResult {
  const uri = item.target
  if (uri === undefined) return { status: 400 }
  const format = item.meta?.format ?? command.meta?.format
  const value = item.data ?? ''
  switch (command.kind) {
    case 'Get':
      return target.get(uri)
    case 'Add':
      return target.add(uri, format, value)
    case 'Replace':
      return target.replace(uri, format, value)
    case 'Delete':
      return target.delete(uri)
    case 'Exec':
      return target.exec(uri, value)
  }
}
