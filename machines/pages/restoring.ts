import { type EventObject, fromCallback, setup } from 'xstate'
import { mustBeProvided } from '../must-be-provided.ts'
import { endings, fromEnding, skips } from '../outcomes.ts'
import { type DoesNotApply, hidden, type StateMeta, shows } from '../page.ts'

export interface RestoringInput {
  isRestored: boolean
}

/** A session with the management server came to its end. */
export interface SyncedEvent {
  type: 'management.synced'
}

export type RestoringOutcome = { kind: 'restored' } | DoesNotApply

export interface RestoringContext extends RestoringInput {}

const SKIPS = skips<RestoringContext>('page skipped')({
  isRestored: {
    when: ({ isRestored }) => isRestored,
    fact: 'the device has been in touch with its management since the reset',
  },
})

/** After an Autopilot Reset the desktop is out of reach until a session of management was held (2.6 [D]). It has no time limit. */
export const restoringMachine = setup({
  types: {} as {
    input: RestoringInput
    context: RestoringContext
    events: SyncedEvent
    output: RestoringOutcome
    meta: StateMeta
  },
  actors: { watchSessions: fromCallback<EventObject>(mustBeProvided('watchSessions')) },
  guards: SKIPS.guards,
}).createMachine({
  id: 'restoring',
  context: ({ input }) => input,
  output: fromEnding<RestoringOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('2.6 [D]'), always: [...SKIPS.always, { target: 'waiting' }] },
    waiting: {
      meta: shows('restoring', '2.6 [D]'),
      invoke: { id: 'watchSessions', src: 'watchSessions' },
      on: { 'management.synced': 'restored' },
    },
    ...endings<RestoringContext, RestoringOutcome>({ restored: { kind: 'restored' }, doesNotApply: SKIPS.outcome }),
  },
})
