import type { Command, Item } from '../../protocols/syncml/message.ts'
import { originalErrorOf } from './errors.ts'

/** A command before it has its number. */
export type Unnumbered = Command extends infer Each ? (Each extends Command ? Omit<Each, 'cmdId'> : never) : never

export interface Reference {
  cmdRef: string
  cmd: string
}

/** A status that a rollback may still change. */
export interface Outcome {
  status: number
  isIrrevocable?: true
}

/** Answers to one message, in their order. */
export class Answers {
  /** Commands that were answered. */
  count = 0
  readonly #msgRef: string
  readonly #hasOriginalErrors: boolean
  readonly #entries: (() => Unnumbered)[] = []

  constructor(msgRef: string, hasOriginalErrors: boolean) {
    this.#msgRef = msgRef
    this.#hasOriginalErrors = hasOriginalErrors
  }

  /** Takes its place now; the status itself is read when all is done. */
  status(reference: Reference, outcome: number | Outcome, targetRef?: string): Outcome {
    const kept = typeof outcome === 'number' ? { status: outcome } : outcome
    this.#entries.push(() => {
      const originalError = this.#hasOriginalErrors ? originalErrorOf(kept.status) : undefined
      return {
        kind: 'Status',
        msgRef: this.#msgRef,
        ...reference,
        ...(targetRef === undefined ? {} : { targetRef }),
        data: String(kept.status),
        ...(originalError === undefined ? {} : { originalError }),
      }
    })
    return kept
  }

  results(cmdRef: string, items: Item[]): void {
    this.#entries.push(() => ({ kind: 'Results', msgRef: this.#msgRef, cmdRef, items }))
  }

  /** Alert 1225: the end of an object never came. */
  broken(uri: string | undefined): void {
    if (uri === undefined) return
    this.count++
    this.#entries.push(() => ({ kind: 'Alert', data: '1225', items: [{ target: uri }] }))
  }

  commands(): Unnumbered[] {
    return this.#entries.map((entry) => entry())
  }
}
