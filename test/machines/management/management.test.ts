import { expect, test } from 'vitest'
import { type EventObject, fromCallback, fromPromise } from 'xstate'
import { managementMachine } from '../../../machines/management/management.ts'
import type { SessionInput, SessionOutcome } from '../../../machines/management/session.ts'
import { everyMove, firstContext, type Moves, NETWORK_EVENTS, play, replies, stateOf } from '../scene.ts'

const enrolled = { type: 'device.enrolled' } as const
const signedIn = { type: 'user.signedIn' } as const
const pushed = { type: 'push.received' } as const
const disconnected = { type: 'account.disconnected' } as const
const jobFinished = { type: 'job.finished' } as const
const ordered = { type: 'certificates.ordered' } as const
const done: SessionOutcome = { kind: 'held', nextInMs: 180_000, isNewSchedule: false }

interface World {
  isEnrolled?: boolean
  isOnline?: boolean
  results?: SessionOutcome[]
}

/** An enrolled device, unless the test says otherwise. What is installed beside the sessions counts elsewhere. */
async function start(
  { isEnrolled = true, isOnline = true, results = [done, done, done] }: World,
  ...moves: Moves<typeof managementMachine>
) {
  const session = replies<SessionOutcome, SessionInput>(...results)
  const told: string[] = []
  const machine = managementMachine.provide({
    actions: {
      tellUnenrolled: () => void told.push('unenrolled'),
      tellRestart: () => void told.push('restart'),
      tellWiped: () => void told.push('wiped'),
    },
    actors: {
      // Stand-ins for statecharts: only what the session ends in counts here.
      session: session.logic as never,
      installation: fromCallback<EventObject>(() => {}) as never,
      isOnline: fromPromise<boolean>(async () => isOnline),
      watchDevice: fromCallback<EventObject>(() => {}),
    },
  })
  const scene = await play(machine, { isEnrolled }, ...moves)
  return { ...scene, told, state: stateOf(scene), held: session.asked }
}

const none = (sessions: number): SessionInput => ({ loginStatus: 'none', sessions })
const user = (sessions: number): SessionInput => ({ loginStatus: 'user', sessions })

test.each<[string, World, Moves<typeof managementMachine>, string, SessionInput[]]>([
  ['a device that is not enrolled holds no session', { isEnrolled: false }, [86_400_000], 'notEnrolled', []],
  ['enrolment starts the first session', { isEnrolled: false }, [enrolled], 'waiting', [none(0)]],
  ['an enrolled device holds a session at once', {}, [], 'waiting', [none(0)]],
  ['after a start without a network it waits for one', { isOnline: false }, [86_400_000], 'offline', []],
  [
    'a network that comes after the start brings the first session',
    { isOnline: false },
    [signedIn, NETWORK_EVENTS['network.restored']],
    'waiting',
    [user(0)],
  ],
  ['a session may last', { results: [] }, [86_400_000], 'holding', [none(0)]],
  [
    'a failed session is retried by the same schedule',
    { results: [{ ...done, kind: 'failed' } as SessionOutcome, done] },
    [180_000],
    'waiting',
    [none(0), none(1)],
  ],
  ['one millisecond before its time there is no session', {}, [179_999], 'waiting', [none(0)]],
  ['each session is counted', {}, [180_000, 180_000], 'waiting', [none(0), none(1), none(2)]],
  [
    'the schedule is what the session before said',
    { results: [{ ...done, nextInMs: 7 }, done] },
    [7],
    'waiting',
    [none(0), none(1)],
  ],
  [
    'a network that is back is worth a session',
    {},
    [NETWORK_EVENTS['network.restored']],
    'waiting',
    [none(0), none(1)],
  ],
  ['a person who signs in starts the schedule anew', {}, [180_000, signedIn], 'waiting', [none(0), none(1), user(0)]],
  ['a person who signs in interrupts a session', { results: [] }, [signedIn], 'holding', [none(0), user(0)]],
  [
    'who has left is not there in the next session',
    {},
    [signedIn, { type: 'device.signedOut' }, 180_000],
    'waiting',
    [none(0), user(0), none(1)],
  ],
  [
    'a person who signed in before the enrolment is remembered',
    { isEnrolled: false },
    [signedIn, enrolled],
    'waiting',
    [user(0)],
  ],
  ['one millisecond before its report a job is not reported', {}, [jobFinished, 4_999], 'reporting', [none(0)]],
  ['a job that ends is reported', {}, [jobFinished, 5_000], 'waiting', [none(0), none(1)]],
  [
    'jobs that end together are reported together',
    {},
    [jobFinished, 3_000, jobFinished, 2_000],
    'waiting',
    [none(0), none(1)],
  ],
  [
    'a push is worth a session, and says so',
    {},
    [pushed, 180_000],
    'waiting',
    [none(0), { ...none(1), startedBy: 'push' }, none(2)],
  ],
  [
    'a push while results wait to be reported',
    {},
    [jobFinished, pushed],
    'waiting',
    [none(0), { ...none(1), startedBy: 'push' }],
  ],
  ['a push during a session changes nothing', { results: [] }, [pushed], 'holding', [none(0)]],
  [
    'another schedule begins at its beginning',
    { results: [done, { ...done, isNewSchedule: true }, done] },
    [180_000, 180_000],
    'waiting',
    [none(0), none(1), none(1)],
  ],
  [
    'after an unenrolment there are no sessions',
    { results: [{ kind: 'unenroll' }] },
    [86_400_000, pushed],
    'notEnrolled',
    [none(0)],
  ],
  [
    'an account that is disconnected has a last session',
    { results: [done, { kind: 'unenroll' }] },
    [disconnected],
    'notEnrolled',
    [none(0), { ...none(1), startedBy: 'unenrolment' }],
  ],
  [
    'an account that is disconnected interrupts a session',
    { results: [] },
    [disconnected],
    'holding',
    [none(0), { ...none(0), startedBy: 'unenrolment' }],
  ],
  [
    'before a restart there are no more sessions',
    { results: [{ kind: 'restart' }] },
    [86_400_000, signedIn],
    'leaving',
    [none(0)],
  ],
  [
    'before a wipe there are no more sessions',
    { results: [{ kind: 'reset', what: 'everything' }] },
    [86_400_000, pushed],
    'leaving',
    [none(0)],
  ],
  ['a report does not wait when a person signs in', {}, [jobFinished, signedIn], 'waiting', [none(0), user(0)]],
])('%s [points 41, 47, 48]', async (_, world, moves, state, held) => {
  const scene = await start(world, ...moves)
  expect({ state: scene.state, held: scene.held }).toEqual({ state, held })
})

test.each<[SessionOutcome, string]>([
  [{ kind: 'unenroll' }, 'unenrolled'],
  [{ kind: 'restart' }, 'restart'],
  [{ kind: 'reset', what: 'autopilotReset' }, 'wiped'],
])('management tells the first boot of %j', async (outcome, told) => {
  expect((await start({ results: [outcome] })).told).toEqual([told])
})

test('one chart asks for all certificates, however many sessions order some', async () => {
  const heard: string[] = []
  const machine = managementMachine.provide({
    actors: {
      session: fromPromise<SessionOutcome, SessionInput>(() => new Promise(() => {})) as never,
      installation: fromCallback<EventObject>(() => {}) as never,
      isOnline: fromPromise<boolean>(async () => true),
      watchDevice: fromCallback<EventObject>(() => {}),
      certificates: fromCallback<EventObject>(({ receive }) => {
        heard.push('begun')
        receive(({ type }) => heard.push(type))
      }) as never,
    },
  })
  await play(machine, { isEnrolled: true }, ordered, ordered)
  expect(heard).toEqual(['begun', 'certificates.ordered'])
})

everyMove(managementMachine, {
  context: firstContext(managementMachine, { isEnrolled: false }),
  events: { enrolled, signedIn, pushed, disconnected, jobFinished, ...NETWORK_EVENTS },
  moves: {
    starting: {},
    offline: { signedIn: 'offline', 'network.restored': 'holding' },
    notEnrolled: { enrolled: 'holding', signedIn: 'notEnrolled' },
    holding: { signedIn: 'holding', disconnected: 'holding' },
    waiting: {
      signedIn: 'holding',
      jobFinished: 'reporting',
      pushed: 'holding',
      disconnected: 'holding',
      'network.restored': 'holding',
    },
    reporting: { signedIn: 'holding', pushed: 'holding', disconnected: 'holding' },
    leaving: {},
  },
})
