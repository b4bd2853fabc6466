import { assign, setup } from 'xstate'
import { REGIONS, regionOf } from '../../src/domain/locales.ts'
import { asks, type DoesNotApply, doesNotApply, hidden, type StateMeta, type UserEvent } from '../page.ts'

export interface RegionInput {
  language: string
  remembered?: string | undefined
  /** Set by a profile that was already here when the page came up: only on a wired network. */
  preset?: string | undefined
  isRevisit: boolean
}

export type RegionOutcome = { kind: 'chosen'; region: string } | DoesNotApply

export interface RegionContext extends RegionInput {
  selected: string
  outcome: RegionOutcome
}

/** `Is this the right country or region?` */
export const regionMachine = setup({
  types: {} as {
    input: RegionInput
    context: RegionContext
    events: UserEvent<'user.accept'>
    output: RegionOutcome
    meta: StateMeta
  },
  guards: {
    isAnswered: ({ context }) => context.remembered !== undefined && !context.isRevisit,
    isPreset: ({ context }) => context.preset !== undefined,
    isOffered: (_, region: string) => REGIONS.some(({ id }) => id === region),
  },
  actions: {
    conclude: assign({ outcome: (_, outcome: RegionOutcome) => outcome }),
  },
}).createMachine({
  id: 'region',
  context: ({ input }) => {
    const selected = input.remembered ?? regionOf(input.language)
    return { ...input, selected, outcome: { kind: 'chosen', region: selected } }
  },
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('1.3 [D]'),
      always: [
        {
          guard: 'isAnswered',
          actions: { type: 'conclude', params: () => doesNotApply('the region was chosen before', 'region skipped') },
          target: 'settled',
        },
        {
          guard: 'isPreset',
          actions: {
            type: 'conclude',
            params: ({ context }) => doesNotApply(`CloudAssignedRegion ${context.preset}, wired`, 'region skipped'),
          },
          target: 'settled',
        },
        { target: 'choosing' },
      ],
    },
    choosing: {
      meta: asks('region', '1.3 [D]'),
      on: {
        'user.accept': {
          guard: { type: 'isOffered', params: ({ event }) => event.values.region ?? '' },
          actions: { type: 'conclude', params: ({ event }) => ({ kind: 'chosen', region: event.values.region ?? '' }) },
          target: 'settled',
        },
      },
    },
    settled: { type: 'final' },
  },
})
