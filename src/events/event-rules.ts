import type { HttpRequest } from '../domain/http.ts'
import type { JournalEntry } from '../domain/journal.ts'
import type { PageId } from '../domain/pages.ts'
import type { Stimulus, StimulusSource } from '../domain/stimulus.ts'
import { matchesText } from '../domain/text-pattern.ts'
import { definitionOf, type EventEffect, lasts } from './event-kinds.ts'
import { matchesRequest, type RequestPattern } from './request-pattern.ts'

/** When a rule applies. */
export type EventCondition =
  /** A state is entered: `deviceSetup.apps`. */
  | { kind: 'state'; machine: string; state: string }
  /** A state is left. */
  | { kind: 'left'; machine: string; state: string }
  /** A page comes onto the screen. */
  | { kind: 'page'; page: PageId }
  /** A command of the management server, on a node: `Replace *FirstSyncStatus*`. */
  | { kind: 'csp'; command?: string; uri: string }
  /** Another event has happened. */
  | { kind: 'after'; event: string }
  /** A request arrives. */
  | ({ kind: 'request' } & RequestPattern)
  | { kind: 'time'; atMs: number }

export interface EventRule {
  when: EventCondition
  /** Milliseconds from the condition to the effect; left out for none. */
  laterMs?: number
  /** What other events call it. */
  name?: string
  does: EventEffect
  /** How long it lasts. Left out, it stays. */
  forMs?: number
  /** How often the rule applies at most. */
  times: number
  /** The first occurrence that it applies to, from 1. */
  from: number
}

/** States of a statechart that were entered and left. */
export interface EnteredStates {
  machine: string
  entered: readonly string[]
  left: readonly string[]
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

  onStep({ machine, entered, left }: EnteredStates): void {
    this.#onAll(({ when }) => {
      if ((when.kind !== 'state' && when.kind !== 'left') || when.machine !== machine) return false
      const isIn = (leaf: string) => leaf === when.state || leaf.startsWith(`${when.state}.`)
      // A state is left when no part of it is entered by the same step.
      return when.kind === 'state' ? entered.some(isIn) : left.some(isIn) && !entered.some(isIn)
    })
  }

  onPage(page: PageId): void {
    this.#onAll(({ when }) => when.kind === 'page' && when.page === page)
  }

  /** Of the journal: commands of the management server. */
  onEntry(entry: JournalEntry): void {
    if (entry.kind === 'csp' && entry.by === 'server') this.onCommand(entry.command, entry.uri)
  }

  onCommand(command: string, uri: string): void {
    this.#onAll(
      ({ when }) =>
        when.kind === 'csp' && (when.command === undefined || when.command === command) && matchesText(when.uri, uri),
    )
  }

  /** @param id the exchange's number in the journal */
  onRequest(request: HttpRequest, id: number): void {
    this.#rules.forEach(({ rule }, index) => {
      if (rule.when.kind !== 'request' || !matchesRequest(rule.when, request) || !this.#isDue(index)) return
      if (definitionOf(rule.does).to === 'exchange') this.#apply(index, id)
      else this.#later(index)
    })
  }

  #onAll(isMet: (rule: EventRule) => boolean): void {
    this.#rules.forEach(({ rule }, index) => {
      if (isMet(rule) && this.#isDue(index)) this.#later(index)
    })
  }

  /** As a separate entry in the timeline, not inside of what was seen. */
  #later(index: number): void {
    const { rule, by } = this.#rules[index]!
    this.#parts.schedule(rule.laterMs ?? 0, by, () => this.#apply(index, '*'))
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
    const { name } = rule
    if (name !== undefined) this.#onAll(({ when }) => when.kind === 'after' && when.event === name)
    if (forMs === undefined || undo === null || !lasts(does)) return
    this.#endsAt = Math.max(this.#endsAt, this.#parts.now() + forMs)
    this.#parts.schedule(forMs, `end of ${by}`, () => this.#parts.apply(undo(does.value), by))
  }
}
