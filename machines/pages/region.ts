import { assign, setup } from 'xstate'
import { regionOf } from '../../src/domain/locales.ts'
import { REGIONS } from '../../src/domain/regions.ts'
import { endings, fromEnding, skips } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, type UserEvent } from '../page.ts'

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
}

const SKIPS = skips<RegionContext>('region skipped')({
  isAnswered: {
    when: ({ remembered, isRevisit }) => remembered !== undefined && !isRevisit,
    fact: 'the region was chosen before',
  },
  isPreset: {
    when: ({ preset }) => preset !== undefined,
    fact: ({ preset }) => `CloudAssignedRegion ${preset}, wired`,
  },
})

/** `Is this the right country or region?` */
export const regionMachine = setup({
  types: {} as {
    input: RegionInput
    context: RegionContext
    events: UserEvent<'user.accept'>
    output: RegionOutcome
    meta: StateMeta
  },
  guards: { ...SKIPS.guards, isOffered: (_, region: string) => REGIONS.some(({ id }) => id === region) },
  actions: { select: assign({ selected: (_, region: string) => region }) },
}).createMachine({
  id: 'region',
  context: ({ input }) => ({ ...input, selected: input.remembered ?? regionOf(input.language) }),
  output: fromEnding<RegionOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('1.3 [D]'), always: [...SKIPS.always, { target: 'choosing' }] },
    choosing: {
      meta: asks('region', '1.3 [D]'),
      on: {
        'user.accept': {
          guard: { type: 'isOffered', params: ({ event }) => event.values.region ?? '' },
          actions: { type: 'select', params: ({ event }) => event.values.region ?? '' },
          target: 'chosen',
        },
      },
    },
    ...endings<RegionContext, RegionOutcome>({
      chosen: ({ selected }) => ({ kind: 'chosen', region: selected }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
