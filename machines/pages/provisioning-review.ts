import { assign, fromPromise, setup } from 'xstate'
import type { AutopilotProfile, Branding } from '../../src/domain/autopilot.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, known, skips } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, shows, type UserEvent } from '../page.ts'

export interface ProvisioningReviewInput {
  /** The technician has pressed Provision before the restart. */
  isBegun: boolean
  profile: AutopilotProfile | null
  /** Why there is no profile. */
  reason: string
}

/** `startedAt`: Unix milliseconds of the device's clock. */
export interface BegunProvisioning {
  startedAt: number
}

export type ProvisioningReviewOutcome =
  | ({ kind: 'provision' } & BegunProvisioning)
  | { kind: 'refresh' }
  | { kind: 'cancelled' }
  | DoesNotApply

export interface ProvisioningReviewContext extends ProvisioningReviewInput {
  branding: Branding | null
  begun: BegunProvisioning | null
}

const SKIPS = skips<ProvisioningReviewContext>('review skipped')({
  isBegun: { when: ({ isBegun }) => isBegun, fact: 'pre-provisioning began before the restart' },
})

/**
 * What the technician checks before pre-provisioning: the organization, the profile, the assigned user, and the code by which the
 * administrator finds the device. What Windows shows without a profile is nowhere stated: an assumption.
 */
export const provisioningReviewMachine = setup({
  types: {} as {
    input: ProvisioningReviewInput
    context: ProvisioningReviewContext
    events: UserEvent<'user.provision'> | UserEvent<'user.refresh'> | UserEvent<'user.cancel'>
    output: ProvisioningReviewOutcome
    meta: StateMeta
  },
  actors: {
    loadBranding: fromPromise<Branding | null, string>(mustBeProvided('loadBranding')),
    beginProvisioning: fromPromise<BegunProvisioning>(mustBeProvided('beginProvisioning')),
  },
  guards: { ...SKIPS.guards, hasProfile: ({ context }) => context.profile !== null },
  actions: {
    noteBranding: assign({ branding: (_, branding: Branding | null) => branding }),
    noteBegun: assign({ begun: (_, begun: BegunProvisioning) => begun }),
  },
}).createMachine({
  id: 'provisioningReview',
  context: ({ input }) => ({ ...input, branding: null, begun: null }),
  output: fromEnding<ProvisioningReviewOutcome>(),
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('2.4 [D]'),
      always: [...SKIPS.always, { guard: 'hasProfile', target: 'loadingBranding' }, { target: 'withoutProfile' }],
    },
    loadingBranding: {
      meta: shows('provisioningReview', '2.4 [D]'),
      invoke: {
        id: 'loadBranding',
        src: 'loadBranding',
        input: ({ context }) => known(context.profile, 'a profile').tenantDomain,
        onDone: { actions: { type: 'noteBranding', params: answered }, target: 'reviewing' },
      },
    },
    reviewing: {
      meta: asks('provisioningReview', '2.4 [D]'),
      on: { 'user.provision': 'beginning', 'user.refresh': 'refresh', 'user.cancel': 'cancelled' },
    },
    withoutProfile: {
      meta: asks('provisioningReview', '2.4 [U]'),
      on: { 'user.refresh': 'refresh', 'user.cancel': 'cancelled' },
    },
    beginning: {
      meta: shows('provisioningReview', '2.4 [D]'),
      invoke: {
        id: 'beginProvisioning',
        src: 'beginProvisioning',
        onDone: { actions: { type: 'noteBegun', params: answered }, target: 'provision' },
      },
    },
    ...endings<ProvisioningReviewContext, ProvisioningReviewOutcome>({
      provision: ({ begun }) => ({ kind: 'provision', ...known(begun, 'a beginning') }),
      refresh: { kind: 'refresh' },
      cancelled: { kind: 'cancelled' },
      doesNotApply: SKIPS.outcome,
    }),
  },
})
