import { assign, fromPromise, setup } from 'xstate'
import type { Kiosk, KioskSignIn } from '../../src/domain/kiosk.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known, skips } from '../outcomes.ts'
import { type DoesNotApply, hidden, type StateMeta, shows } from '../page.ts'

export type KioskSignInOutcome =
  | { kind: 'signedIn'; kiosk: Kiosk }
  /** The sign-in is not automatic any more: known issue. */
  | { kind: 'lost'; kiosk: Kiosk }
  | DoesNotApply

export interface KioskSignInContext {
  found: KioskSignIn | null
}

const SKIPS = skips<KioskSignInContext>('no automatic sign-in')({
  hasNone: {
    when: ({ found }) => found?.kind === 'none',
    fact: ({ found }) => (found?.kind === 'none' ? found.why : ''),
    later: true,
  },
})

const kioskIn = ({ found }: KioskSignInContext): Kiosk =>
  known(found && found.kind !== 'none' ? found.kiosk : null, 'a kiosk')

/** A device that has deployed itself signs in as the account of its kiosk, where Assigned Access says so. */
export const kioskSignInMachine = setup({
  types: {} as {
    context: KioskSignInContext
    output: KioskSignInOutcome
    meta: StateMeta
  },
  actors: { readKiosk: fromPromise<KioskSignIn>(mustBeProvided('readKiosk')) },
  guards: { ...SKIPS.guards, isLost: ({ context: { found } }) => found?.kind === 'lost' },
  actions: { note: assign({ found: (_, found: KioskSignIn) => found }) },
  // How long the sign-in of a new local account takes is nowhere stated: an assumption.
  delays: { signInTakes: 20_000 },
}).createMachine({
  id: 'kioskSignIn',
  context: { found: null },
  output: fromEnding<KioskSignInOutcome>(),
  initial: 'looking',
  states: {
    looking: {
      meta: hidden('2.3 [D]'),
      invoke: {
        id: 'readKiosk',
        src: 'readKiosk',
        onDone: { actions: { type: 'note', params: answered }, target: 'deciding' },
      },
    },
    deciding: {
      meta: hidden('2.3 [D]'),
      always: [
        { guard: 'hasNone', target: 'doesNotApply' },
        { guard: 'isLost', target: 'lost' },
        { target: 'signingIn' },
      ],
    },
    signingIn: { meta: shows('kioskSignIn', '2.3 [D]'), after: { signInTakes: 'signedIn' } },
    ...endings<KioskSignInContext, KioskSignInOutcome>({
      signedIn: (context) => ({ kind: 'signedIn', kiosk: kioskIn(context) }),
      lost: (context) => ({ kind: 'lost', kiosk: kioskIn(context) }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
