import { assign, setup } from 'xstate'
import { asks, type DoesNotApply, doesNotApply, hidden, type StateMeta, type UserEvent } from '../page.ts'

export interface LanguageInput {
  languages: string[]
  remembered?: string | undefined
  /** Set by a profile that was already here when the page came up: only on a wired network. */
  preset?: string | undefined
  isRevisit: boolean
}

export type LanguageOutcome = { kind: 'chosen'; language: string } | DoesNotApply

export interface LanguageContext extends LanguageInput {
  outcome: LanguageOutcome
}

/** Shown only when more than one language is preinstalled. */
export const languageMachine = setup({
  types: {} as {
    input: LanguageInput
    context: LanguageContext
    events: UserEvent<'user.accept'>
    output: LanguageOutcome
    meta: StateMeta
  },
  guards: {
    isAnswered: ({ context }) => context.remembered !== undefined && !context.isRevisit,
    isPreset: ({ context }) => context.preset !== undefined && context.languages.includes(context.preset),
    hasOneLanguage: ({ context }) => context.languages.length < 2,
    isOffered: ({ context }, language: string) => context.languages.includes(language),
  },
  actions: {
    conclude: assign({ outcome: (_, outcome: LanguageOutcome) => outcome }),
  },
}).createMachine({
  id: 'language',
  context: ({ input }) => ({ ...input, outcome: { kind: 'chosen', language: input.languages[0] ?? 'en-US' } }),
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('1.3 [D]'),
      always: [
        {
          guard: 'isAnswered',
          actions: {
            type: 'conclude',
            params: () => doesNotApply('the language was chosen before', 'language skipped'),
          },
          target: 'settled',
        },
        {
          guard: 'isPreset',
          actions: {
            type: 'conclude',
            params: ({ context }) => doesNotApply(`CloudAssignedLanguage ${context.preset}, wired`, 'language skipped'),
          },
          target: 'settled',
        },
        {
          guard: 'hasOneLanguage',
          actions: { type: 'conclude', params: () => doesNotApply('one preinstalled language', 'language skipped') },
          target: 'settled',
        },
        { target: 'choosing' },
      ],
    },
    choosing: {
      meta: asks('language', '1.3 [D]'),
      on: {
        'user.accept': {
          guard: { type: 'isOffered', params: ({ event }) => event.values.language ?? '' },
          actions: {
            type: 'conclude',
            params: ({ event }) => ({ kind: 'chosen', language: event.values.language ?? '' }),
          },
          target: 'settled',
        },
      },
    },
    settled: { type: 'final' },
  },
})
