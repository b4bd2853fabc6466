import type { HttpRequest } from '../domain/http.ts'
import type { Stimulus, StimulusSource } from '../domain/stimulus.ts'
import { definitionOf, type EventEffect } from './event-kinds.ts'
import { matchesRequest, type RequestPattern } from './request-pattern.ts'

/** When a rule applies. */
export type EventCondition =
  /** A state is entered: `deviceSetup.apps`. */
  | { kind: 'state'; machine: string; state: string }
  /** A request arrives. */
  | ({ kind: 'request' } & RequestPattern)
  | { kind: 'time'; atMs: number }

export interface EventRule {
  when: EventCondition
  does: EventEffect
  /** How long it lasts. Left out, it stays. */
  forMs?: number
  /** How often the rule applies at most. */
  times: number
  /** The first occurrence that it applies to, from 1. */
  from: number
}

/** States of a statechart that were entered. */
export interface EnteredStates {
  machine: string
  entered: readonly string[]
}

export interface EventRuleParts {
  /** Virtual milliseconds. */
  now(): number
  /** Does something later: 0 makes a separate entry, not one inside of what was seen. */
  schedule(delayMs: number, what: string, fire: () => void): void
  apply(stimulus: Stimulus, by: StimulusSource): void
}

/** Ordered rules at the boundary of the device, and the stimuli that they yield: never an `if` in the product. */
export class EventRules {
  readonly #rules: { rule: EventRule; by: StimulusSource; seen: number; applied: number }[]
  readonly #parts: EventRuleParts
  /** Virtual milliseconds. */
  #endsAt = 0

  constructor(rules: readonly EventRule[], parts: EventRuleParts) {
    this.#rules = rules.map((rule, index) => ({ rule, by: `events.${index}`, seen: 0, applied: 0 }))
    this.#parts = parts
  }

  /** When the last effect that has an end is over; a moment of the past when none is under way. */
  get endsAt(): number {
    return this.#endsAt
  }

  start(): void {
    this.#rules.forEach(({ rule, by }, index) => {
      if (rule.when.kind === 'time') this.#parts.schedule(rule.when.atMs, by, () => this.#apply(index, '*'))
    })
  }

  onStep({ machine, entered }: EnteredStates): void {
    this.#rules.forEach(({ rule, by }, index) => {
      const { when } = rule
      if (when.kind !== 'state' || when.machine !== machine) return
      if (!entered.some((leaf) => leaf === when.state || leaf.startsWith(`${when.state}.`))) return
      if (this.#isDue(index)) this.#parts.schedule(0, by, () => this.#apply(index, '*'))
    })
  }

  /** @param id the exchange's number in the journal */
  onRequest(request: HttpRequest, id: number): void {
    this.#rules.forEach(({ rule, by }, index) => {
      if (rule.when.kind !== 'request' || !matchesRequest(rule.when, request) || !this.#isDue(index)) return
      if (definitionOf(rule.does).to === 'exchange') this.#apply(index, id)
      else this.#parts.schedule(0, by, () => this.#apply(index, '*'))
    })
  }

  #isDue(index: number): boolean {
    const entry = this.#rules[index]!
    entry.seen++
    if (entry.seen < entry.rule.from || entry.applied >= entry.rule.times) return false
    entry.applied++
    return true
  }

  #apply(index: number, on: number | '*'): void {
    const { rule, by } = this.#rules[index]!
    const { does, forMs } = rule
    const { apply, undo } = definitionOf(does)
    this.#parts.apply(apply(does.value, on), by)
    if (forMs === undefined || undo === null) return
    this.#endsAt = Math.max(this.#endsAt, this.#parts.now() + forMs)
    this.#parts.schedule(forMs, `end of ${by}`, () => this.#parts.apply(undo(does.value), by))
  }
}
