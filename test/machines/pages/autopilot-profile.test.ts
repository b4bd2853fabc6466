import { expect, test } from 'vitest'
import { type AutopilotProfileOutcome, autopilotProfileMachine } from '../../../machines/pages/autopilot-profile.ts'
import type { ProfileAnswer } from '../../../src/domain/autopilot.ts'
import { aProfile } from '../samples.ts'
import {
  everyMove,
  everyOutcome,
  firstContext,
  type Moves,
  NETWORK_EVENTS,
  outcomeOf,
  play,
  replies,
  skipped,
  stateOf,
} from '../scene.ts'

const input = { retry: { attemptsMax: 3, waitMs: 2_000 }, edition: 'SE' as const }
const assigned: ProfileAnswer = { kind: 'assigned', profile: aProfile() }
const unreachable: ProfileAnswer = { kind: 'unreachable', code: '0x80072ee7', text: 'no such host' }
const offline: ProfileAnswer = { ...unreachable, isOffline: true }
const none = (code: '807' | '809' | '815' | '908'): ProfileAnswer => ({ kind: 'none', code, text: `said ${code}` })

/** Runs the machine against a service that gives these answers in turn. */
async function start(answers: ProfileAnswer[], ...moves: Moves<typeof autopilotProfileMachine>) {
  const ask = replies<ProfileAnswer, { attempt: number; attemptsMax: number }>(...answers)
  const machine = autopilotProfileMachine.provide({ actors: { askForProfile: ask.logic } })
  return { ...(await play(machine, input, ...moves)), asked: ask.asked }
}

test.each<[string, AutopilotProfileOutcome, ProfileAnswer]>([
  ['a profile', { kind: 'assigned', answer: assigned, profile: aProfile() }, assigned],
  ['807', { kind: 'notRegistered', answer: none('807') }, none('807')],
  ['809', { kind: 'notAssigned', answer: none('809') }, none('809')],
  ['815', { kind: 'notAssigned', answer: none('815') }, none('815')],
  ['908', { kind: 'mismatch', answer: none('908') }, none('908')],
])('%s is an answer, and nothing is asked again', async (_, outcome, answer) => {
  const scene = await start([answer, assigned])
  expect({ outcome: outcomeOf(scene), asked: scene.asked }).toEqual({
    outcome,
    asked: [{ attempt: 1, attemptsMax: 3 }],
  })
})

test.each([
  [1_999, 'waitingToRetry'],
  [2_000, 'asking'],
])('%i ms after a service that cannot be reached it is %s', async (ms, state) => {
  expect(stateOf(await start([unreachable], ms))).toBe(state)
})

test('a network that is back cuts the wait short', async () => {
  const scene = await start([unreachable, assigned], NETWORK_EVENTS['network.restored'])
  expect(outcomeOf(scene)).toEqual({ kind: 'assigned', answer: assigned, profile: aProfile() })
})

test.each<[string, ProfileAnswer, AutopilotProfileOutcome]>([
  ['the trouble is the answer', unreachable, { kind: 'unreachable', answer: unreachable }],
  ['a device without internet is offline', offline, { kind: 'offline' }],
])('after the last attempt %s', async (_, answer, outcome) => {
  const scene = await start([answer, answer, answer, assigned], 2_000, 2_000, 2_000)
  expect({ outcome: outcomeOf(scene), asked: scene.asked }).toEqual({
    outcome,
    asked: [1, 2, 3].map((attempt) => ({ attempt, attemptsMax: 3 })),
  })
})

test('Windows 11 Home is not asked for', async () => {
  const scene = await play(autopilotProfileMachine, { ...input, edition: 'Home' })
  expect(outcomeOf(scene)).toEqual(skipped('Windows 11 Home cannot join Microsoft Entra', 'Autopilot skipped'))
})

everyMove(autopilotProfileMachine, {
  context: firstContext(autopilotProfileMachine, input),
  events: NETWORK_EVENTS,
  moves: { asking: {}, waitingToRetry: { 'network.restored': 'asking' } },
})

everyOutcome(autopilotProfileMachine, {
  assigned: async () => outcomeOf(await start([assigned])),
  notRegistered: async () => outcomeOf(await start([none('807')])),
  notAssigned: async () => outcomeOf(await start([none('815')])),
  mismatch: async () => outcomeOf(await start([none('908')])),
  offline: async () => outcomeOf(await start([offline, offline, offline], 2_000, 2_000)),
  unreachable: async () => outcomeOf(await start([unreachable, unreachable, unreachable], 2_000, 2_000)),
  doesNotApply: async () => outcomeOf(await play(autopilotProfileMachine, { ...input, edition: 'Home' })),
})
