import type { NetworkChange } from '../device/virtual-network.ts'
import type { HttpRequest, HttpResponse } from '../domain/http.ts'
import type { JournalWriter } from '../domain/journal.ts'
import type { Directive } from '../ports/http.ts'
import type { Timeline } from '../ports/timeline.ts'
import type { Step } from './transition-recorder.ts'

/** When a rule applies. */
export type FaultCondition =
  /** A state is entered: `deviceSetup.apps`. */
  | { kind: 'state'; machine: string; state: string }
  /** A request arrives; `*` stands for anything. */
  | { kind: 'request'; method: string | undefined; url: string }
  | { kind: 'time'; atMs: number }

/** What a rule does. */
export type FaultEffect =
  | { kind: 'network'; change: NetworkChange; undo: NetworkChange }
  | { kind: 'powerCut' }
  | { kind: 'answer'; response: HttpResponse }
  | { kind: 'delay'; ms: number }
  | { kind: 'drop' }
  | { kind: 'hang' }
  | { kind: 'corrupt' }

export interface FaultRule {
  when: FaultCondition
  effect: FaultEffect
  /** For a network effect: how long it lasts. Left out, it stays. */
  forMs?: number
  /** How often the rule applies at most. */
  times: number
  /** The first occurrence that it applies to, from 1. */
  from: number
}

export interface FaultTargets {
  changeNetwork(change: NetworkChange): void
  cutPower(): void
}

/** Ordered rules at the boundary of the device: never an `if` in the product. */
export class Faults {
  readonly #rules: { rule: FaultRule; seen: number; applied: number }[]
  readonly #timeline: Timeline
  readonly #journal: JournalWriter
  readonly #targets: FaultTargets

  constructor(rules: readonly FaultRule[], timeline: Timeline, journal: JournalWriter, targets: FaultTargets) {
    this.#rules = rules.map((rule) => ({ rule, seen: 0, applied: 0 }))
    this.#timeline = timeline
    this.#journal = journal
    this.#targets = targets
  }

  start(): void {
    this.#rules.forEach(({ rule }, index) => {
      if (rule.when.kind === 'time') this.#timeline.schedule(rule.when.atMs, () => this.#apply(index))
    })
  }

  onStep({ machine, entered }: Step): void {
    this.#rules.forEach(({ rule }, index) => {
      const { when } = rule
      if (when.kind !== 'state' || when.machine !== machine) return
      if (!entered.some((leaf) => leaf === when.state || leaf.startsWith(`${when.state}.`))) return
      // Not inside the transition that was seen: as an entry of its own.
      if (this.#isDue(index)) this.#timeline.schedule(0, () => this.#apply(index))
    })
  }

  /** What happens to a request. */
  onRequest(request: HttpRequest): Directive[] {
    return this.#rules.flatMap(({ rule }, index): Directive[] => {
      const { when, effect } = rule
      if (when.kind !== 'request' || !matches(when, request) || !this.#isDue(index)) return []
      if (effect.kind === 'network' || effect.kind === 'powerCut') {
        this.#timeline.schedule(0, () => this.#apply(index))
        return []
      }
      this.#journal.write({ kind: 'fault', rule: index, effect: effect.kind })
      const { kind, ...rest } = effect
      return [{ effect: kind, ...rest } as Directive]
    })
  }

  #isDue(index: number): boolean {
    const entry = this.#rules[index]!
    entry.seen++
    if (entry.seen < entry.rule.from || entry.applied >= entry.rule.times) return false
    entry.applied++
    return true
  }

  #apply(index: number): void {
    const { effect, forMs } = this.#rules[index]!.rule
    if (effect.kind === 'powerCut') {
      this.#journal.write({ kind: 'fault', rule: index, effect: 'power cut' })
      this.#targets.cutPower()
      return
    }
    if (effect.kind !== 'network') return
    this.#journal.write({ kind: 'fault', rule: index, effect: describe(effect.change) })
    this.#targets.changeNetwork(effect.change)
    if (forMs === undefined) return
    this.#timeline.schedule(forMs, () => {
      this.#journal.write({ kind: 'fault', rule: index, effect: describe(effect.undo) })
      this.#targets.changeNetwork(effect.undo)
    })
  }
}

const describe = (change: NetworkChange): string => Object.entries(change).flat().join(' ')

function matches(when: { method: string | undefined; url: string }, request: HttpRequest): boolean {
  if (when.method !== undefined && when.method !== request.method) return false
  const pattern = when.url
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${pattern}$`, 'i').test(request.url)
}
