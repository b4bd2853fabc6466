import { expect, test } from 'vitest'
import { type EventObject, fromCallback, fromPromise } from 'xstate'
import { enrollmentStatusMachine } from '../../../machines/enrollment-status/enrollment-status.ts'
import type {
  EnrollmentStatusInput,
  OpenedPage,
  ParkingEvent,
} from '../../../machines/enrollment-status/enrollment-status-setup.ts'
import type { CategoryOutcome } from '../../../machines/enrollment-status/setup-category.ts'
import type { EspCategoryId, EspPhase, EspPolicy } from '../../../src/domain/esp.ts'
import { aPolicy, aProgress } from '../samples.ts'
import { contextOf, everyOutcome, type Moves, outcomeOf, play, press, replies, skipped, stateOf } from '../scene.ts'

const input: EnrollmentStatusInput = { phase: 'device', isDone: false, isEnrolled: true }
const userPhase = { phase: 'user' } as const
const CODE = '0x87d1041c'

const succeeded = (id: EspCategoryId): CategoryOutcome => ({
  kind: 'succeeded',
  progress: aProgress(id, { state: 'succeeded' }),
})
const failed = (id: EspCategoryId): CategoryOutcome => ({
  kind: 'failed',
  code: CODE,
  progress: aProgress(id, { state: 'failed' }),
})
const restart: CategoryOutcome = {
  kind: 'restart',
  progress: aProgress('deviceSetup', { state: 'succeeded' }),
}

interface World {
  policy?: Partial<EspPolicy>
  /** Until the limit when the page opens, and when it is tried again: left out, all of it. */
  leftMs?: number
  leftAfterFailure?: number
  /** False: neither a session was held, nor has the server said whether the page is shown. */
  isKnown?: boolean
  input?: Partial<EnrollmentStatusInput>
  /** How the categories end, in turn. */
  ends?: Partial<Record<EspCategoryId, (CategoryOutcome | 'never')[]>>
}

/** An enrolled device in its device phase whose categories all succeed, and a policy that allows every button. */
async function start(world: World, ...moves: Moves<typeof enrollmentStatusMachine>) {
  const order: EspCategoryId[] = []
  const category = (id: EspCategoryId) => {
    const left = [...(world.ends?.[id] ?? [succeeded(id)])]
    // A promise in the place of a statechart: only its outcome counts here.
    return fromPromise<CategoryOutcome>(async () => {
      order.push(id)
      const end = left.shift() ?? 'never'
      return end === 'never' ? new Promise<CategoryOutcome>(() => {}) : end
    }) as never
  }
  const policy = aPolicy(world.policy)
  const readPolicy = replies<OpenedPage, EspPhase>({ policy, leftMs: world.leftMs ?? policy.timeoutMs })
  const retryFailed = replies<number, EspCategoryId>(world.leftAfterFailure ?? policy.timeoutMs)
  const reportOutcome = replies<void, { phase: EspPhase; succeeded: boolean }>(undefined)
  const logged: string[] = []
  const machine = enrollmentStatusMachine.provide({
    actions: {
      reportFailure: ({ context: { code, isTimeout } }) => void logged.push(isTimeout ? 'timed out' : `failed ${code}`),
      reportClosing: () => void logged.push('closed'),
    },
    actors: {
      readPolicy: readPolicy.logic,
      retryFailed: retryFailed.logic,
      reportOutcome: reportOutcome.logic,
      countTime: fromCallback(() => {}),
      // What it would say the tests say.
      watchParking: fromCallback<EventObject, EspPhase>(() => {}),
      watchPolicy: fromCallback<EventObject, { phase: EspPhase; policy: EspPolicy }>(() => {}),
      watchForPolicy: fromCallback<EventObject, EspPhase>(({ sendBack }) => {
        if (world.isKnown !== false) sendBack({ type: 'policy.known', isNew: false })
      }),
      devicePreparation: category('devicePreparation'),
      deviceSetup: category('deviceSetup'),
      accountSetup: category('accountSetup'),
    },
  })
  const scene = await play(machine, { ...input, ...world.input }, ...moves)
  return {
    ...scene,
    order,
    phases: readPolicy.asked,
    retried: retryFailed.asked,
    reported: reportOutcome.asked,
    logged,
  }
}

test.each<[string, World, [string, string]]>([
  [
    'without enrolment',
    { input: { isEnrolled: false, isDone: true } },
    ['the device is not enrolled', 'no Enrollment Status Page'],
  ],
  ['when the phase is over', { input: { isDone: true } }, ['this phase was finished before', 'phase skipped']],
  [
    'when the policy skips the device phase',
    { policy: { skipped: true } },
    ['FirstSyncStatus/SkipDeviceStatusPage true', 'Enrollment Status Page skipped'],
  ],
  [
    'when the policy skips the user phase',
    { policy: { skipped: true }, input: userPhase },
    ['FirstSyncStatus/SkipUserStatusPage true', 'Enrollment Status Page skipped'],
  ],
])('does not apply %s', async (_, world, why) => {
  const scene = await start(world)
  expect({ outcome: outcomeOf(scene), order: scene.order, reported: scene.reported }).toEqual({
    outcome: skipped(...why),
    order: [],
    reported: [],
  })
})

test.each<[EspPhase, EspCategoryId[]]>([
  ['device', ['devicePreparation', 'deviceSetup']],
  ['user', ['accountSetup']],
])('the %s phase runs its categories in order, keeps how they ended and reports it', async (phase, order) => {
  const scene = await start({ input: { phase } })
  expect(outcomeOf(scene)).toEqual({ kind: 'finished' })
  expect({ order: scene.order, phases: scene.phases, reported: scene.reported }).toEqual({
    order,
    phases: [phase],
    reported: [{ phase, succeeded: true }],
  })
  expect(contextOf(scene).finished).toEqual(Object.fromEntries(order.map((id) => [id, succeeded(id).progress])))
})

test('a restart that device setup requires is a success that is reported', async () => {
  const scene = await start({ ends: { deviceSetup: [restart] } })
  expect({ outcome: outcomeOf(scene), reported: scene.reported }).toEqual({
    outcome: { kind: 'restart' },
    reported: [{ phase: 'device', succeeded: true }],
  })
})

const FAILURES: [EspCategoryId, Partial<EnrollmentStatusInput>, string][] = [
  ['devicePreparation', {}, 'preparing'],
  ['deviceSetup', {}, 'settingUp'],
  ['accountSetup', userPhase, 'settingUpAccount'],
]

test.each(FAILURES)('a failure of %s is shown with its code', async (id, over) => {
  const scene = await start({ ends: { [id]: [failed(id)] }, input: over })
  expect(stateOf(scene)).toBe('failed')
  const notes = { failedIn: id, code: CODE, isTimeout: false, logsCollected: false }
  expect(contextOf(scene)).toMatchObject({ ...notes, finished: { [id]: failed(id).progress } })
})

test.each(FAILURES)('%s may be tried again, and is all that is repeated', async (id, over) => {
  const ends = { [id]: [failed(id), succeeded(id)] }
  const scene = await start({ ends, input: over }, press('user.tryAgain'))
  const before: EspCategoryId[] = id === 'deviceSetup' ? ['devicePreparation'] : []
  const after: EspCategoryId[] = id === 'devicePreparation' ? ['deviceSetup'] : []
  expect({ outcome: outcomeOf(scene), order: scene.order, retried: scene.retried }).toEqual({
    outcome: { kind: 'finished' },
    order: [...before, id, id, ...after],
    retried: [id],
  })
})

test.each(FAILURES)('one millisecond before the limit %s still runs', async (id, over, state) => {
  const scene = await start({ policy: { timeoutMs: 60_000 }, ends: { [id]: [] }, input: over }, 59_999)
  expect(stateOf(scene)).toEqual({ running: state })
})

test.each(FAILURES)('the limit ends %s with the time-out code', async (id, over) => {
  const scene = await start({ policy: { timeoutMs: 60_000 }, ends: { [id]: [] }, input: over }, 60_000)
  expect(stateOf(scene)).toBe('failed')
  expect(contextOf(scene)).toMatchObject({ failedIn: id, code: '0x800705b4', isTimeout: true })
})

test.each(FAILURES)('what is left before the end of %s is known: it failed, or was at work', async (id, over) => {
  const failure = await start({ ends: { [id]: [failed(id)] }, input: over }, press('user.continueAnyway'))
  expect(outcomeOf(failure)).toEqual({ kind: 'continuedAnyway', left: { category: id, hasFailed: true } })
  const atWork = await start(
    { policy: { mayLeave: true }, ends: { [id]: [] }, input: over },
    press('user.continueAnyway'),
  )
  expect(outcomeOf(atWork)).toEqual({ kind: 'continuedAnyway', left: { category: id, hasFailed: false } })
})

const parked = (isParked: boolean): ParkingEvent => ({ type: 'parking.changed', isParked })

test.each(FAILURES.slice(1))('while an agent owes its list the limit does not end %s [point 53]', async (id, over) => {
  const world: World = { policy: { timeoutMs: 60_000 }, ends: { [id]: [] }, input: over }
  const waiting = await start(world, parked(true), 86_400_000)
  expect(stateOf(waiting)).not.toBe('failed')
  const late = await start(world, parked(true), 60_000, parked(false))
  expect({ state: stateOf(late), context: contextOf(late) }).toMatchObject({
    state: 'failed',
    context: { code: '0x800705b4', isTimeout: true },
  })
  const early = await start(world, parked(true), 59_999, parked(false))
  expect(stateOf(early)).not.toBe('failed')
})

test('device preparation has no list to wait for', async () => {
  const world: World = { policy: { timeoutMs: 60_000 }, ends: { devicePreparation: [] } }
  expect(stateOf(await start(world, parked(true), 60_000))).toBe('failed')
})

test.each(FAILURES)('BlockInStatusPage 0: people may leave %s, and otherwise not [point 52]', async (id, over) => {
  const leave = async (mayLeave: boolean) =>
    start({ policy: { mayLeave }, ends: { [id]: [] }, input: over }, press('user.continueAnyway'))
  const left = await leave(true)
  expect({ outcome: outcomeOf(left), reported: left.reported }).toEqual({
    outcome: { kind: 'continuedAnyway', left: { category: id, hasFailed: false } },
    reported: [{ phase: over.phase ?? 'device', succeeded: false }],
  })
  expect(stateOf(await leave(false))).toMatchObject({ running: expect.any(String) })
})

test('a restart that does not wait for the end is not reported as a success', async () => {
  const early: CategoryOutcome = { ...restart, kind: 'earlyRestart' }
  const scene = await start({ ends: { deviceSetup: [early] } })
  expect({ outcome: outcomeOf(scene), reported: scene.reported }).toEqual({
    outcome: { kind: 'earlyRestart' },
    reported: [],
  })
})

test.each([60_000, 7_000])('another try has the time that it is given: %i ms', async (leftAfterFailure) => {
  const ends = { deviceSetup: [failed('deviceSetup')] }
  const world: World = { policy: { timeoutMs: 60_000 }, leftAfterFailure, ends }
  const waiting = await start(world, 59_999, press('user.tryAgain'), leftAfterFailure - 1)
  expect(stateOf(waiting)).toEqual({ running: 'settingUp' })
  const over = await start(world, 59_999, press('user.tryAgain'), leftAfterFailure)
  expect({ state: stateOf(over), code: contextOf(over).code }).toEqual({ state: 'failed', code: '0x800705b4' })
})

test('a page that opens once more has what is left of its limit', async () => {
  const world: World = { policy: { timeoutMs: 60_000 }, leftMs: 20_000, ends: { deviceSetup: [] } }
  expect(stateOf(await start(world, 19_999))).toEqual({ running: 'settingUp' })
  expect(contextOf(await start(world, 20_000))).toMatchObject({ code: '0x800705b4', isTimeout: true })
})

const changed = (over: Partial<EspPolicy>, leftMs: number) =>
  ({ type: 'policy.changed', policy: aPolicy(over), leftMs }) as const

test('a limit that is shortened while the page is open ends it in the time that is left', async () => {
  const world: World = { policy: { timeoutMs: 60_000 }, ends: { deviceSetup: ['never'] } }
  const shorter = changed({ timeoutMs: 40_000, customErrorText: 'Call us' }, 10_000)
  expect(stateOf(await start(world, 30_000, shorter, 9_999))).toEqual({ running: 'settingUp' })
  const over = await start(world, 30_000, shorter, 10_000)
  expect({ state: stateOf(over), text: contextOf(over).policy.customErrorText }).toEqual({
    state: 'failed',
    text: 'Call us',
  })
  const longer = changed({ timeoutMs: 90_000 }, 60_000)
  expect(stateOf(await start(world, 30_000, longer, 59_999))).toEqual({ running: 'settingUp' })
  // A text alone changes no limit.
  const sameLimit = changed({ timeoutMs: 60_000, customErrorText: 'Call us' }, 30_000)
  expect(stateOf(await start(world, 30_000, sameLimit, 30_000))).toBe('failed')
})

test('the failure page has the buttons that the server writes while it is shown', async () => {
  const scene = await start(
    { policy: { canReset: false }, ends: { deviceSetup: [failed('deviceSetup')] } },
    press('user.reset'),
    changed({ canReset: true }, 0),
    press('user.reset'),
  )
  expect(outcomeOf(scene)).toEqual({ kind: 'reset' })
})

test.each<[string, World]>([
  ['while it works', { ends: { deviceSetup: ['never'] } }],
  ['while it shows a failure', { ends: { deviceSetup: [failed('deviceSetup')] } }],
])('a page that the server skips %s closes', async (_, world) => {
  const scene = await start(world, changed({ skipped: true }, 0))
  expect(outcomeOf(scene)).toEqual(
    skipped('FirstSyncStatus/SkipDeviceStatusPage true', 'Enrollment Status Page skipped'),
  )
})

test('a failure after a time-out is not a time-out', async () => {
  const ends: World['ends'] = { devicePreparation: ['never', failed('devicePreparation')] }
  const scene = await start({ policy: { timeoutMs: 60_000 }, ends }, 60_000, press('user.tryAgain'))
  expect(stateOf(scene)).toBe('failed')
  expect(contextOf(scene)).toMatchObject({ code: CODE, isTimeout: false })
})

test('continuing anyway is reported as no success', async () => {
  const scene = await start({ ends: { deviceSetup: [failed('deviceSetup')] } }, press('user.continueAnyway'))
  expect({ outcome: outcomeOf(scene), reported: scene.reported }).toEqual({
    outcome: { kind: 'continuedAnyway', left: { category: 'deviceSetup', hasFailed: true } },
    reported: [{ phase: 'device', succeeded: false }],
  })
})

const failing: World = { ends: { deviceSetup: [failed('deviceSetup')] } }

everyOutcome(enrollmentStatusMachine, {
  finished: async () => outcomeOf(await start({})),
  continuedAnyway: async () => outcomeOf(await start(failing, press('user.continueAnyway'))),
  restart: async () => outcomeOf(await start({ ends: { deviceSetup: [restart] } })),
  earlyRestart: async () => outcomeOf(await start({ ends: { deviceSetup: [{ ...restart, kind: 'earlyRestart' }] } })),
  reset: async () => outcomeOf(await start(failing, press('user.reset'))),
  doesNotApply: async () => outcomeOf(await start({ input: { isDone: true } })),
  gaveUp: async () => {
    const outcome = outcomeOf(await start({ ...failing, input: { endsAtFailure: true } }))
    expect(outcome).toMatchObject({ kind: 'gaveUp', trouble: { code: CODE } })
    return outcome
  },
})

test.each([
  [59 * 60_000 + 59_999, 'awaitingPolicy', 0],
  [60 * 60_000, { running: 'preparing' }, 1],
])('it waits an hour for a first session and no longer: after %i ms it is %s', async (ms, state, read) => {
  const scene = await start({ isKnown: false, ends: { devicePreparation: [] } }, ms)
  expect({ state: stateOf(scene), read: scene.phases.length }).toEqual({ state, read })
})

test('what the server says in the meantime opens the page', async () => {
  const scene = await start(
    { isKnown: false, ends: { devicePreparation: [] } },
    { type: 'policy.known', isNew: true },
    1_000,
  )
  expect(stateOf(scene)).toEqual({ running: 'preparing' })
})
