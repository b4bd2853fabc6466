import { assign, setup } from 'xstate'
import { endings, fromEnding, skips } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, type UserEvent } from '../page.ts'

export interface LanguageInput {
  languages: string[]
  remembered?: string | undefined
  /** Set by a profile that was already here when the page came up: only on a wired network. */
  preset?: string | undefined
  isRevisit: boolean
}

export type LanguageOutcome = { kind: 'chosen'; language: string } | DoesNotApply

export interface LanguageContext extends LanguageInput {
  selected: string
}

const SKIPS = skips<LanguageContext>('language skipped')({
  isAnswered: {
    when: ({ remembered, isRevisit }) => remembered !== undefined && !isRevisit,
    fact: 'the language was chosen before',
  },
  isPreset: {
    when: ({ preset, languages }) => preset !== undefined && languages.includes(preset),
    fact: ({ preset }) => `CloudAssignedLanguage ${preset}, wired`,
  },
  hasOneLanguage: { when: ({ languages }) => languages.length < 2, fact: 'one preinstalled language' },
})

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
    ...SKIPS.guards,
    isOffered: ({ context }, language: string) => context.languages.includes(language),
  },
  actions: { select: assign({ selected: (_, language: string) => language }) },
}).createMachine({
  id: 'language',
  context: ({ input }) => ({ ...input, selected: input.remembered ?? input.languages[0] ?? 'en-US' }),
  output: fromEnding<LanguageOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('1.3 [D]'), always: [...SKIPS.always, { target: 'choosing' }] },
    choosing: {
      meta: asks('language', '1.3 [D]'),
      on: {
        'user.accept': {
          guard: { type: 'isOffered', params: ({ event }) => event.values.language ?? '' },
          actions: { type: 'select', params: ({ event }) => event.values.language ?? '' },
          target: 'chosen',
        },
      },
    },
    ...endings<LanguageContext, LanguageOutcome>({
      chosen: ({ selected }) => ({ kind: 'chosen', language: selected }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
