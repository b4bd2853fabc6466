import type { Command, ContainerCommand, Item, NodeCommand, SyncMLMessage } from '../../protocols/syncml/message.ts'
import { Answers, type Outcome, type Reference, type Unnumbered } from './answers.ts'
import { ChunkReceiver } from './chunks.ts'

/** The part of the device that OMA-DM commands act on. */
export interface CommandTarget {
  get(uri: string): CommandResult
  add(uri: string, format: string | undefined, value: string): CommandResult
  replace(uri: string, format: string | undefined, value: string): CommandResult
  delete(uri: string): CommandResult
  exec(uri: string, value: string): CommandResult
  /** Does all of it or nothing: when `act` says false, everything that it did is undone. */
  atomically(act: () => boolean): void
}

export interface CommandResult {
  /** OMA-DM status (reference: mdm-protocols.md, 2.6). */
  status: number
  node?: { format: string; value: string }
  /** What `?list=` found: one item of the Results for each. */
  nodes?: readonly { uri: string; format: string; value?: string }[]
  /** What was started cannot be called back: its rollback fails with 516. */
  isIrrevocable?: true
}

export interface AnswerOptions {
  /** Objects that come in chunks, over the messages of one session. */
  chunks?: ChunkReceiver
  /** HRESULTs beside the statuses: from SyncApplicationVersion 3 on. */
  hasOriginalErrors?: boolean
}

export interface Answered {
  /** Statuses in the order of the commands, each followed by what was found, and alerts about broken objects. */
  commands: Unnumbered[]
  /** Commands that were answered: without any, only the status of the header is left. */
  count: number
  /** The server ended the session: Alert 1223. */
  isAborted: boolean
}

/** Runs a server's commands, and builds the answers ([MS-MDM] 2.2.7, OMA-TS-DM_Protocol 1.2.1 section 6). */
export function answerCommands(message: SyncMLMessage, target: CommandTarget, options: AnswerOptions = {}): Answered {
  const answers = new Answers(message.header.msgId, options.hasOriginalErrors ?? false)
  const chunks = options.chunks ?? new ChunkReceiver()
  answers.status({ cmdRef: '0', cmd: 'SyncHdr' }, 200)
  for (const command of message.commands) new Run(answers, target, chunks).run(command)
  if (message.final) answers.broken(chunks.interrupt())
  return { commands: answers.commands(), count: answers.count, isAborted: message.commands.some(isAbort) }
}

const isAbort = (command: Command): boolean => command.kind === 'Alert' && command.data.trim() === '1223'

const isDone = (status: number): boolean => status >= 200 && status < 300

/** One command of the message with what it contains. */
class Run {
  readonly #answers: Answers
  readonly #target: CommandTarget
  readonly #chunks: ChunkReceiver

  constructor(answers: Answers, target: CommandTarget, chunks: ChunkReceiver) {
    this.#answers = answers
    this.#target = target
    this.#chunks = chunks
  }

  run(command: Command): void {
    if (command.kind === 'Status' || command.kind === 'Results') return
    this.#answers.count++
    // Only the next chunk may follow a chunk.
    if (!('items' in command) || command.kind === 'Alert') this.#interrupt(command)
    const reference = referenceOf(command)
    switch (command.kind) {
      case 'Unknown':
        this.#answers.status(reference, 400)
        return
      case 'Alert':
        this.#answers.status(reference, 200)
        return
      case 'Sequence':
        this.#answers.status(reference, 200)
        for (const child of command.commands) this.run(child)
        return
      case 'Atomic':
        this.#atomic(command)
        return
      default:
        this.#node(command)
    }
  }

  /** An alert that asks for the next message leaves the object alone. */
  #interrupt(command: Command): void {
    if (command.kind === 'Alert' && command.data.trim() === '1222') return
    this.#answers.broken(this.#chunks.interrupt())
  }

  /** One status when all items fare alike, else one for each ([MS-MDM] 2.2.7). */
  #node(command: NodeCommand): void {
    const reference = referenceOf(command)
    const results = command.items.map((item) => ({ item, result: this.#receive(command, item) }))
    const [first] = results
    if (!first) {
      this.#answers.status(reference, 400)
      return
    }
    const areAlike = results.every(({ result }) => result.status === first.result.status)
    if (areAlike) this.#answers.status(reference, first.result.status)
    else for (const { item, result } of results) this.#answers.status(reference, result.status, item.target)
    const found = results.filter(({ result }) => command.kind === 'Get' && result.status === 200)
    if (found.length === 0) return
    this.#answers.results(
      command.cmdId,
      found.flatMap(({ item, result }) => itemsOf(item.target ?? '', result)),
    )
  }

  /** What came in chunks is acted on when the last one is here. */
  #receive(command: NodeCommand, item: Item): CommandResult {
    const received = this.#chunks.take(command, item)
    this.#answers.broken(received.broken)
    return received.item ? execute(command, received.item, this.#target) : { status: received.status }
  }

  #atomic(command: ContainerCommand): void {
    const own = this.#answers.status(referenceOf(command), 200)
    this.#target.atomically(() => {
      const inside = new AtomicRun(this.#answers, this.#target)
      for (const child of command.commands) inside.run(child)
      if (inside.hasFailed) {
        own.status = 507
        inside.takeBack()
      }
      return !inside.hasFailed
    })
  }
}

/**
 * Inside an Atomic: at the first failure the rest is not run (215), and what was done is taken back (216, or 516 where
 * that cannot be).
 */
class AtomicRun {
  hasFailed = false
  readonly #answers: Answers
  readonly #target: CommandTarget
  readonly #done: Outcome[] = []
  /** By which command a node was written. */
  readonly #written = new Map<string, string>()

  constructor(answers: Answers, target: CommandTarget) {
    this.#answers = answers
    this.#target = target
  }

  takeBack(): void {
    for (const outcome of this.#done) outcome.status = outcome.isIrrevocable ? 516 : 216
  }

  run(command: Command): void {
    if (command.kind === 'Status' || command.kind === 'Results') return
    const reference = referenceOf(command)
    switch (command.kind) {
      case 'Unknown':
        this.#settle(reference, () => ({ status: 400 }))
        return
      case 'Alert':
        this.#settle(reference, () => ({ status: 200 }))
        return
      case 'Sequence':
        this.#settle(reference, () => ({ status: 200 }))
        for (const child of command.commands) this.run(child)
        return
      // Neither is allowed in here ([MS-MDM] 2.2.7.2).
      case 'Atomic':
        this.#settle(reference, () => ({ status: 500 }))
        for (const child of command.commands) this.run(child)
        return
      case 'Get':
        this.#settle(reference, () => ({ status: 500 }))
        return
      default:
        this.#node(command)
    }
  }

  #node(command: NodeCommand): void {
    const reference = referenceOf(command)
    if (command.items.length < 2) {
      const [item] = command.items
      this.#settle(reference, () => (item ? this.#execute(command, item) : { status: 400 }))
      return
    }
    for (const item of command.items) this.#settle(reference, () => this.#execute(command, item), item.target)
  }

  /** Add and Replace of one node are not supported in one Atomic; the code for it is assumed. */
  #execute(command: NodeCommand, item: Item): CommandResult {
    const { kind } = command
    if (item.target !== undefined && (kind === 'Add' || kind === 'Replace')) {
      if ((this.#written.get(item.target) ?? kind) !== kind) return { status: 406 }
      this.#written.set(item.target, kind)
    }
    return execute(command, item, this.#target)
  }

  #settle(reference: Reference, act: () => CommandResult, targetRef?: string): void {
    if (this.hasFailed) {
      this.#answers.status(reference, 215, targetRef)
      return
    }
    const { status, isIrrevocable } = act()
    const outcome = this.#answers.status(reference, { status, ...(isIrrevocable ? { isIrrevocable } : {}) }, targetRef)
    if (isDone(status)) this.#done.push(outcome)
    else this.hasFailed = true
  }
}

const itemsOf = (uri: string, { node, nodes }: CommandResult): Item[] =>
  nodes
    ? nodes.map(({ uri: source, format, value }) => ({
        source,
        meta: { format },
        ...(value === undefined ? {} : { data: value }),
      }))
    : [{ source: uri, meta: { format: node?.format ?? 'chr' }, data: node?.value ?? '' }]

const referenceOf = (command: Exclude<Command, { kind: 'Status' | 'Results' }>): Reference =>
  command.kind === 'Unknown'
    ? { cmdRef: command.cmdId ?? '0', cmd: command.name }
    : { cmdRef: command.cmdId, cmd: command.kind }

function execute(command: NodeCommand, item: Item, target: CommandTarget): CommandResult {
  const uri = item.target
  if (uri === undefined) return { status: 400 }
  // A chunk inside a container: what is atomic, or in sequence, has to be whole.
  if (item.moreData) return { status: 406 }
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
