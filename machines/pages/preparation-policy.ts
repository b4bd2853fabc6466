import { type EventObject, fromCallback, setup } from 'xstate'
import { NOT_PREPARED, whyNotPrepared } from '../../src/domain/device-preparation.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { endings, fromEnding, skips } from '../outcomes.ts'
import { type DoesNotApply, hidden, type StateMeta, shows } from '../page.ts'

export interface PreparationPolicyInput {
  isEnrolled: boolean
  /** Decimal, and four parts. */
  windows: { productType: string; version: string }
  /** True once a start of the device has had the policy. */
  isKnown: boolean
}

/** A policy of device preparation is for this person, or none is. */
export interface PreparationKnownEvent {
  type: 'preparation.known'
  isDelivered: boolean
}

export type PreparationPolicyOutcome = { kind: 'delivered' } | DoesNotApply

export interface PreparationPolicyContext extends PreparationPolicyInput {}

const notFor = ({ windows: { productType, version } }: PreparationPolicyContext) => whyNotPrepared(productType, version)

const SKIPS = skips<PreparationPolicyContext>('no device preparation')({
  isNotEnrolled: { when: ({ isEnrolled }) => !isEnrolled, fact: NOT_PREPARED.notEnrolled },
  isOtherWindows: {
    when: (context) => notFor(context) !== undefined,
    fact: (context) => notFor(context) ?? '',
  },
  isNotDelivered: { when: () => true, fact: NOT_PREPARED.notSent, later: true },
})

/**
 * Whether the person who signed in gets a device preparation policy: it comes with the first session of management. A device with an
 * Autopilot profile does not get here.
 */
export const preparationPolicyMachine = setup({
  types: {} as {
    input: PreparationPolicyInput
    context: PreparationPolicyContext
    events: PreparationKnownEvent
    output: PreparationPolicyOutcome
    meta: StateMeta
  },
  actors: { watchForPreparation: fromCallback<EventObject>(mustBeProvided('watchForPreparation')) },
  guards: {
    ...SKIPS.guards,
    wasKnown: ({ context }) => context.isKnown,
    isDelivered: ({ event }) => event.isDelivered,
  },
  // How long Windows waits for the first session is nowhere stated: as long as the Enrollment Status Page here, an assumption.
  delays: { firstSession: 60 * 60_000 },
}).createMachine({
  id: 'preparationPolicy',
  context: ({ input }) => input,
  output: fromEnding<PreparationPolicyOutcome>(),
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('2.8 [D]'),
      always: [...SKIPS.always, { guard: 'wasKnown', target: 'delivered' }, { target: 'awaiting' }],
    },
    awaiting: {
      meta: shows('preparationPolicy', '2.8 [D]', 'mdm-protocols 3.4'),
      invoke: { id: 'watchForPreparation', src: 'watchForPreparation' },
      on: { 'preparation.known': [{ guard: 'isDelivered', target: 'delivered' }, { target: 'doesNotApply' }] },
      after: { firstSession: 'doesNotApply' },
    },
    ...endings<PreparationPolicyContext, PreparationPolicyOutcome>({
      delivered: { kind: 'delivered' },
      doesNotApply: SKIPS.outcome,
    }),
  },
})
