import { expect, test } from 'vitest'
import { type AutopilotProfileOutcome, autopilotProfileMachine } from '../../../machines/pages/autopilot-profile.ts'
import type { ProfileAnswer, ProfileOnDisk } from '../../../src/domain/autopilot.ts'
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

/** Runs the machine against a service that gives these answers in turn, with nothing on the disk. */
const start = (answers: ProfileAnswer[], ...moves: Moves<typeof autopilotProfileMachine>) =>
  startWith({ kind: 'none' }, answers, ...moves)

async function startWith(
  disk: ProfileOnDisk,
  answers: ProfileAnswer[],
  ...moves: Moves<typeof autopilotProfileMachine>
) {
  const ask = replies<ProfileAnswer, { attempt: number; attemptsMax: number; waitMs: number }>(...answers)
  const read = replies<ProfileOnDisk>(disk)
  const machine = autopilotProfileMachine.provide({
    actors: { askForProfile: ask.logic, readProfileOnDisk: read.logic },
  })
  return { ...(await play(machine, input, ...moves)), asked: ask.asked, reads: read.asked.length }
}

const fromFile = aProfile({ ztdRegistrationId: '', ztdCorrelationId: 'c' })

test.each([
  ['807', none('807'), []],
  ['809', none('809'), []],
  ['815', none('815'), []],
  ['908', none('908'), []],
  ['a service that cannot be reached', unreachable, [2_000, 2_000]],
])('after %s the profile on the disk is taken', async (_, answer, waits) => {
  const scene = await startWith({ kind: 'profile', profile: fromFile }, [answer, answer, answer], ...waits)
  expect(outcomeOf(scene)).toEqual({
    kind: 'assigned',
    answer: { kind: 'assigned', profile: fromFile },
    profile: fromFile,
  })
})

test('why a profile on the disk is not used is a part of the answer', async () => {
  const scene = await startWith({ kind: 'notUsed', why: 'it is UTF-8' }, [none('807')])
  expect(outcomeOf(scene)).toEqual({ kind: 'notRegistered', answer: { ...none('807'), file: 'it is UTF-8' } })
})

test.each([
  ['a registered profile', [assigned], []],
  ['a device without internet', [offline, offline, offline], [2_000, 2_000]],
])('with %s the disk is not read', async (_, answers, waits) => {
  expect((await startWith({ kind: 'profile', profile: fromFile }, answers, ...waits)).reads).toBe(0)
})

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
    asked: [{ attempt: 1, ...input.retry }],
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
    asked: [1, 2, 3].map((attempt) => ({ attempt, ...input.retry })),
  })
})

test('Windows 11 Home is not asked for', async () => {
  const scene = await play(autopilotProfileMachine, { ...input, edition: 'Home' })
  expect(outcomeOf(scene)).toEqual(skipped('Windows 11 Home cannot join Microsoft Entra', 'Autopilot skipped'))
})

everyMove(autopilotProfileMachine, {
  context: firstContext(autopilotProfileMachine, input),
  events: NETWORK_EVENTS,
  moves: { asking: {}, readingDisk: {}, waitingToRetry: { 'network.restored': 'asking' } },
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
