import { assign, setup } from 'xstate'
import { OOBE_RETRIES_MAX } from '../../src/domain/boot.ts'
import { KEYBOARDS } from '../../src/domain/keyboards.ts'
import { keyboardOf, regionOf } from '../../src/domain/locales.ts'
import { REGIONS } from '../../src/domain/regions.ts'
import { endings, fromEnding, skips } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, type UserEvent } from '../page.ts'

export interface RecoveryInput {
  languages: string[]
  /** How often the first boot was broken off. */
  retries: number
  /** The page was answered before. */
  isRecovering: boolean
  /** `DeviceBehaviour` */
  entersRecovery: boolean
}

export interface Choice {
  language: string
  region: string
  keyboard: string
}

export type RecoveryOutcome =
  | ({ kind: 'chosen' } & Choice)
  /** Chosen at a start before: Autopilot does not run at this one either. */
  | { kind: 'settled' }
  | DoesNotApply

export interface RecoveryContext extends RecoveryInput, Choice {}

const SKIPS = skips<RecoveryContext>('recovery form not shown')({
  isOff: { when: ({ entersRecovery }) => !entersRecovery, fact: 'behaviour.entersRecovery is false' },
  isOrdinary: {
    when: ({ retries, isRecovering }) => retries < OOBE_RETRIES_MAX && !isRecovering,
    fact: ({ retries }) => `the first boot was broken off ${retries} times, fewer than ${OOBE_RETRIES_MAX}`,
  },
})

/** Language, region and keyboard on one page, when the first boot was restarted too often. */
export const recoveryMachine = setup({
  types: {} as {
    input: RecoveryInput
    context: RecoveryContext
    events: UserEvent<'user.next'>
    output: RecoveryOutcome
    meta: StateMeta
  },
  guards: {
    ...SKIPS.guards,
    isSettled: ({ context }) => context.isRecovering,
    isOffered: ({ context }, { language, region, keyboard }: Choice) =>
      context.languages.includes(language) &&
      REGIONS.some(({ id }) => id === region) &&
      KEYBOARDS.some(({ id }) => id === keyboard),
  },
  actions: { choose: assign((_, choice: Choice) => ({ ...choice })) },
}).createMachine({
  id: 'recovery',
  context: ({ input }) => {
    const language = input.languages[0] ?? 'en-US'
    return { ...input, language, region: regionOf(language), keyboard: keyboardOf(language) }
  },
  output: fromEnding<RecoveryOutcome>(),
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('1.3 [D]'),
      always: [...SKIPS.always, { guard: 'isSettled', target: 'settled' }, { target: 'choosing' }],
    },
    choosing: {
      meta: asks('recovery', '1.3 [D]'),
      on: {
        'user.next': {
          guard: { type: 'isOffered', params: ({ event }) => choiceOf(event) },
          actions: { type: 'choose', params: ({ event }) => choiceOf(event) },
          target: 'chosen',
        },
      },
    },
    ...endings<RecoveryContext, RecoveryOutcome>({
      chosen: ({ language, region, keyboard }) => ({ kind: 'chosen', language, region, keyboard }),
      settled: { kind: 'settled' },
      doesNotApply: SKIPS.outcome,
    }),
  },
})

const choiceOf = ({ values: { language = '', region = '', keyboard = '' } }: UserEvent<'user.next'>): Choice => ({
  language,
  region,
  keyboard,
})
