import { expect, test } from 'vitest'
import {
  type BegunProvisioning,
  type ProvisioningReviewInput,
  provisioningReviewMachine,
} from '../../../machines/pages/provisioning-review.ts'
import type { Branding } from '../../../src/domain/autopilot.ts'
import { aProfile } from '../samples.ts'
import {
  contextOf,
  everyMove,
  everyOutcome,
  firstContext,
  type Moves,
  outcomeOf,
  play,
  press,
  replies,
  skipped,
  stateOf,
} from '../scene.ts'

const input: ProvisioningReviewInput = { isBegun: false, profile: aProfile(), reason: 'no Autopilot profile, 815' }

async function start(over: Partial<ProvisioningReviewInput>, ...moves: Moves<typeof provisioningReviewMachine>) {
  const loadBranding = replies<Branding | null, string>({ name: 'Hillview School' })
  const beginProvisioning = replies<BegunProvisioning>({ startedAt: 1_000 })
  const machine = provisioningReviewMachine.provide({
    actors: { loadBranding: loadBranding.logic, beginProvisioning: beginProvisioning.logic },
  })
  return { ...(await play(machine, { ...input, ...over }, ...moves)), asked: loadBranding.asked }
}

test('the organization of the profile is asked for, and the technician reviews', async () => {
  const scene = await start({})
  expect({ state: stateOf(scene), branding: contextOf(scene).branding, asked: scene.asked }).toEqual({
    state: 'reviewing',
    branding: { name: 'Hillview School' },
    asked: ['hillview.test'],
  })
})

test('without a profile there is nothing to provision', async () => {
  const scene = await start({ profile: null }, press('user.provision'))
  expect({ state: stateOf(scene), asked: scene.asked }).toEqual({ state: 'withoutProfile', asked: [] })
})

everyMove(provisioningReviewMachine, {
  context: firstContext(provisioningReviewMachine, input),
  events: {
    'user.provision': press('user.provision'),
    'user.refresh': press('user.refresh'),
    'user.cancel': press('user.cancel'),
  },
  moves: {
    loadingBranding: {},
    reviewing: { 'user.provision': 'beginning', 'user.refresh': 'refresh', 'user.cancel': 'cancelled' },
    withoutProfile: { 'user.refresh': 'refresh', 'user.cancel': 'cancelled' },
    beginning: {},
  },
})

everyOutcome(provisioningReviewMachine, {
  provision: async () => {
    const outcome = outcomeOf(await start({}, press('user.provision')))
    expect(outcome).toEqual({ kind: 'provision', startedAt: 1_000 })
    return outcome
  },
  refresh: async () => outcomeOf(await start({ profile: null }, press('user.refresh'))),
  cancelled: async () => outcomeOf(await start({}, press('user.cancel'))),
  doesNotApply: async () => {
    const outcome = outcomeOf(await start({ isBegun: true }))
    expect(outcome).toEqual(skipped('pre-provisioning began before the restart', 'review skipped'))
    return outcome
  },
})
