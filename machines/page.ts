import type { EspProgress } from '../src/domain/esp.ts'
import type { PageId } from '../src/domain/pages.ts'
import type { Why } from '../src/domain/screen.ts'
import type { Secret } from '../src/domain/secret.ts'
import type { Trouble } from '../src/domain/trouble.ts'

/** What a state says of itself. A state with a page is one that a person sees. */
export interface StateMeta {
  page?: PageId
  /** Section of oobe-autopilot-esp.md and its certainty: `1.3 [D]`. */
  sources: string[]
  /** True where nothing happens until a person acts. */
  waitsForPerson?: boolean
  /** A page that this deployment mode does not have, and why: the state only passes on. */
  leavesOut?: { page: PageId; why: Why[] }
}

/** A person pressed a button of the page. */
export interface UserEvent<Type extends string> {
  type: Type
  values: Record<string, string>
  secrets: Record<string, Secret>
}

/**
 * Facts about the network, told to every statechart of the device: the last link is gone, the internet is back, something
 * is another way than before.
 */
export type NetworkEvent = { type: 'network.lost' } | { type: 'network.restored' } | { type: 'network.changed' }

/** The page was not shown, and why. */
export interface DoesNotApply {
  kind: 'doesNotApply'
  why: Why[]
}

export const doesNotApply = (fact: string, effect: string): DoesNotApply => ({
  kind: 'doesNotApply',
  why: [{ fact, effect }],
})

/** Where the plan shows a failure elsewhere, the page ends with it, and does not ask what to do. */
export interface EndsAtFailure {
  endsAtFailure?: boolean
}

export const endsAtFailure = ({ context }: { context: EndsAtFailure }): boolean => context.endsAtFailure === true

/** The page has failed, and the plan says where that is shown. */
export interface GaveUp {
  kind: 'gaveUp'
  trouble: Trouble
  /** What the Enrollment Status Page knew of its categories. */
  categories?: readonly EspProgress[]
}

/** A state that shows a page and waits for a person. */
export const asks = (page: PageId, ...sources: string[]): StateMeta => ({ page, sources, waitsForPerson: true })

/** A state that shows a page and works. */
export const shows = (page: PageId, ...sources: string[]): StateMeta => ({ page, sources })

/** A state that is not seen. */
export const hidden = (...sources: string[]): StateMeta => ({ sources })

/** The state `failing` of a page that may end with its failure. */
export const FAILING = {
  meta: hidden('2.4 [D]'),
  always: [{ guard: 'endsAtFailure', target: 'gaveUp' }, { target: 'failed' }],
} as const
