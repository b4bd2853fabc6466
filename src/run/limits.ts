import { formatDuration } from '../domain/duration.ts'
import type { JournalEntry } from '../domain/journal.ts'
import { PROCESSOR_MS_MAX, type RunLimits, USAGE_LIMITS } from '../domain/limits.ts'
import { InfrastructureError } from '../domain/trouble.ts'
import type { WireBody } from '../domain/wire.ts'
import { processorMs } from '../ports/processor-time.ts'

/** Reading the processor's time costs more than an entry of the timeline does. */
const LOOKS_PER_READING = 256

/** One entry of the timeline writes some hundred at most. */
const ENTRIES_PER_STEP = 20_000

/** Operations without their numbers: the messages of all sessions are one kind. */
const SESSION = 'OMA-DM session message'
const kindOf = (operation: string): string => operation.replace(/ \d+/g, '')

/** Counts what a run uses, and says when it is too much: no run is without an end. */
export class Limits {
  readonly #limits: RunLimits
  readonly #processorMsMax: number
  readonly #startedAt = processorMs()
  readonly #requestsOf = new Map<string, number>()
  #looks = 0
  #entriesAtLook = 0
  #starts = 0
  #entries = 0
  #bytes = 0
  #requests = 0
  #reason: string | undefined

  /** @param limits what an older journal does not state is as it is for a new one */
  constructor(limits: Partial<RunLimits> & Pick<RunLimits, 'stuckAfterMs'>, processorMsMax = PROCESSOR_MS_MAX) {
    this.#limits = { ...USAGE_LIMITS, ...limits }
    this.#processorMsMax = processorMsMax
  }

  /** Which limit was reached; undefined while none was. */
  get reason(): string | undefined {
    return this.#reason
  }

  /** Throws where statecharts go round and round without an entry of the timeline between: that is a bug of theirs, and nothing else would end it. */
  readonly count = (entry: JournalEntry): void => {
    this.#entries++
    if (this.#entries - this.#entriesAtLook > ENTRIES_PER_STEP) {
      throw new Error(
        `a statechart does not come to rest: ${many(ENTRIES_PER_STEP, 'journal entry', 'journal entries')} at one moment`,
      )
    }
    this.#bytes += sizeOf(entry)
    if (entry.kind === 'power' && entry.event === 'on') this.#starts++
    if (entry.kind !== 'request') return
    this.#requests++
    const kind = kindOf(entry.operation)
    this.#requestsOf.set(kind, (this.#requestsOf.get(kind) ?? 0) + 1)
  }

  /**
   * Asked before each entry of the timeline. Code `ERR_PROCESSOR_TIME` when this machine has worked on the run for too long.
   *
   * @param progressAt when the run last came forward; left out while a person may take their time
   */
  isReached(nextAt: number, progressAt?: number): boolean {
    this.#guardProcessor()
    this.#entriesAtLook = this.#entries
    this.#reason ??= this.#exceeded(nextAt)
    const isStalled = progressAt !== undefined && nextAt - progressAt > this.#limits.stuckAfterMs
    return isStalled || this.#reason !== undefined
  }

  #exceeded(nextAt: number): string | undefined {
    const { starts, entries, journalBytes, requests, deviceTimeMs } = this.#limits
    if (this.#starts > starts) return `more than ${many(starts, 'start')}: a restart loop`
    if (this.#requests > requests) return `more than ${many(requests, 'request')}, ${this.#most()}: ${this.#loop()}`
    if (this.#entries > entries) return `more than ${many(entries, 'journal entry', 'journal entries')}: growth`
    if (this.#bytes > journalBytes)
      return `a journal of more than ${many(journalBytes, 'byte')}, ${this.#most()}: growth`
    if (nextAt > deviceTimeMs) return `more than ${formatDuration(deviceTimeMs)} of device time`
    return undefined
  }

  #guardProcessor(): void {
    if (++this.#looks % LOOKS_PER_READING !== 0) return
    const usedMs = processorMs() - this.#startedAt
    if (usedMs <= this.#processorMsMax) return
    const minutes = this.#processorMsMax / 60_000
    throw new InfrastructureError(
      'ERR_PROCESSOR_TIME',
      `the run was stopped after ${minutes} min of processor time: see its journal for what it did again and again`,
    )
  }

  /** The operation that most requests were for. */
  #main(): [kind: string, count: number] | undefined {
    return [...this.#requestsOf].sort(([, a], [, b]) => b - a)[0]
  }

  #most(): string {
    const [kind, count] = this.#main() ?? ['', 0]
    return count === 0 ? 'without a request' : `${many(count, 'request')} for "${kind}"`
  }

  #loop(): string {
    return this.#main()?.[0] === SESSION ? 'a session loop' : 'a request loop'
  }
}

const many = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : more}`

/** About the length of an entry's text: of most, what is around a text that came from outside. */
const AROUND = 250

function sizeOf(entry: JournalEntry): number {
  switch (entry.kind) {
    case 'request':
    case 'response':
      return 2 * AROUND + bodyLength(entry.body)
    case 'csp':
      return AROUND + (entry.value?.length ?? 0)
    case 'log':
      return AROUND + 2 * entry.text.length
    case 'app':
      return AROUND + (entry.url?.length ?? 0) + (entry.text?.length ?? 0)
    case 'run':
    case 'screen':
    case 'stimulus':
      return lengthOf(entry)
    default:
      return AROUND
  }
}

function bodyLength(body: WireBody | undefined): number {
  if (body === undefined || typeof body === 'string') return body?.length ?? 0
  return 'base64' in body ? body.base64.length : body.beginning.length
}

/** Cheaper than the text itself. */
function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 3
  if (typeof value !== 'object' || value === null) return 5
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + lengthOf(one), 2)
  let sum = 2
  for (const name in value) sum += name.length + 3 + lengthOf((value as Record<string, unknown>)[name])
  return sum
}
