import { assign, setup } from 'xstate'
import type { Account } from '../../src/domain/autopilot.ts'
import { EXPERIENCES } from '../../src/domain/consumer-offers.ts'
import type { Edition } from '../../src/domain/windows-versions.ts'
import { endings, fromEnding, skips } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, type UserEvent } from '../page.ts'

export interface ConsumerOffersInput {
  isDone: boolean
  edition: Edition
  account: Pick<Account, 'kind'> | null
}

export type ConsumerOffersOutcome = { kind: 'answered'; backsUp: boolean } | DoesNotApply

export interface ConsumerOffersContext extends ConsumerOffersInput {
  /** The folders of the person go to OneDrive. */
  backsUp: boolean
}

const SKIPS = skips<ConsumerOffersContext>('no pages with offers')({
  isDone: { when: ({ isDone }) => isDone, fact: 'the offers were answered before' },
  isNotPersonal: {
    when: ({ account }) => account?.kind !== 'personal',
    fact: 'the account is one of work or school',
  },
  isSe: { when: ({ edition }) => edition === 'SE', fact: 'Windows 11 SE has no consumer offers: an assumption' },
})

/** What Windows offers to a person with a Microsoft account behind the privacy settings: each page can be left without a yes. */
export const consumerOffersMachine = setup({
  types: {} as {
    input: ConsumerOffersInput
    context: ConsumerOffersContext
    events: UserEvent<'user.accept'> | UserEvent<'user.skip'>
    output: ConsumerOffersOutcome
    meta: StateMeta
  },
  guards: { ...SKIPS.guards, isOffered: (_, id: string) => EXPERIENCES.some((one) => one === id) },
  actions: { noteBackup: assign({ backsUp: true }) },
}).createMachine({
  id: 'consumerOffers',
  context: ({ input }) => ({ ...input, backsUp: false }),
  output: fromEnding<ConsumerOffersOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('1.1 [D]'), always: [...SKIPS.always, { target: 'choosingExperience' }] },
    choosingExperience: {
      meta: asks('deviceExperience', '1.1 [D]'),
      on: {
        'user.accept': {
          guard: { type: 'isOffered', params: ({ event }) => event.values.experience ?? '' },
          target: 'offeringBackup',
        },
        'user.skip': 'offeringBackup',
      },
    },
    offeringBackup: {
      meta: asks('oneDrive', '1.1 [D]'),
      on: { 'user.accept': { actions: 'noteBackup', target: 'offeringTrial' }, 'user.skip': 'offeringTrial' },
    },
    offeringTrial: {
      meta: asks('microsoft365', '1.1 [D]'),
      on: { 'user.accept': 'registering', 'user.skip': 'registering' },
    },
    registering: {
      meta: asks('oemRegistration', '1.1 [D]'),
      on: { 'user.accept': 'answered', 'user.skip': 'answered' },
    },
    ...endings<ConsumerOffersContext, ConsumerOffersOutcome>({
      answered: ({ backsUp }) => ({ kind: 'answered', backsUp }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
