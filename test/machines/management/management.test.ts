import { expect, test } from 'vitest'
import { fromCallback } from 'xstate'
import {
  type JobResult,
  managementMachine,
  type SessionInput,
  type SessionResult,
} from '../../../machines/management/management.ts'
import { firstContext, type Moves, moveOf, NETWORK_EVENTS, play, replies, settle, stateOf } from '../scene.ts'

const enrolled = { type: 'device.enrolled' } as const
const signedIn = { type: 'user.signedIn' } as const
const pushed = { type: 'push.received' } as const
const disconnected = { type: 'account.disconnected' } as const
const jobFinished = { type: 'job.finished' } as const
const done: SessionResult = { kind: 'done', nextInMs: 180_000 }
const nothing: JobResult = { hasResult: false, remaining: 0 }

interface World {
  isEnrolled?: boolean
  results?: SessionResult[]
  jobs?: JobResult[]
}

/** An enrolled device with nothing to install, unless the test says otherwise. */
async function start(
  { isEnrolled = true, results = [done, done, done], jobs = [nothing, nothing] }: World,
  ...moves: Moves<typeof managementMachine>
) {
  const session = replies<SessionResult, SessionInput>(...results)
  const job = replies<JobResult>(...jobs)
  const tree = { order: () => {}, isWatched: false }
  const watchOrders = fromCallback<{ type: 'jobs.queued' }>(({ sendBack }) => {
    Object.assign(tree, { order: () => sendBack({ type: 'jobs.queued' }), isWatched: true })
    return () => {
      tree.isWatched = false
    }
  })
  const watchDevice = fromCallback<{ type: 'push.received' | 'account.disconnected' }>(() => {})
  const told: string[] = []
  const machine = managementMachine.provide({
    actions: {
      tellUnenrolled: () => void told.push('unenrolled'),
      tellRestart: () => void told.push('restart'),
      tellWiped: () => void told.push('wiped'),
    },
    actors: { holdSession: session.logic, runNextJob: job.logic, watchOrders, watchDevice },
  })
  const scene = await play(machine, { isEnrolled }, ...moves)
  const { sessions, installation } = stateOf(scene) as { sessions: string; installation: string }
  return { ...scene, tree, told, sessions, installation, held: session.asked, looks: job.asked.length }
}

const none = (sessions: number): SessionInput => ({ loginStatus: 'none', sessions })
const user = (sessions: number): SessionInput => ({ loginStatus: 'user', sessions })

test.each<[string, World, Moves<typeof managementMachine>, string, SessionInput[]]>([
  ['a device that is not enrolled holds no session', { isEnrolled: false }, [86_400_000], 'notEnrolled', []],
  ['enrolment starts the first session', { isEnrolled: false }, [enrolled], 'waiting', [none(0)]],
  ['an enrolled device holds a session at once', {}, [], 'waiting', [none(0)]],
  ['a session may last', { results: [] }, [86_400_000], 'holding', [none(0)]],
  [
    'a failed session is retried by the same schedule',
    { results: [{ ...done, kind: 'failed' }, done] },
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
    { results: [{ kind: 'unenroll', nextInMs: 0 }] },
    [86_400_000, pushed],
    'notEnrolled',
    [none(0)],
  ],
  [
    'an account that is disconnected has a last session',
    { results: [done, { kind: 'unenroll', nextInMs: 0 }] },
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
    { results: [{ kind: 'restart', nextInMs: 0 }] },
    [86_400_000, signedIn],
    'leaving',
    [none(0)],
  ],
  [
    'before a wipe there are no more sessions',
    { results: [{ kind: 'reset', nextInMs: 0 }] },
    [86_400_000, pushed],
    'leaving',
    [none(0)],
  ],
  ['a report does not wait when a person signs in', {}, [jobFinished, signedIn], 'waiting', [none(0), user(0)]],
])('%s [points 41, 47, 48]', async (_, world, moves, state, held) => {
  const scene = await start(world, ...moves)
  expect({ state: scene.sessions, held: scene.held }).toEqual({ state, held })
})

test.each([
  ['unenroll', 'unenrolled'],
  ['restart', 'restart'],
  ['reset', 'wiped'],
] as const)('the first boot is told of %s', async (kind, told) => {
  expect((await start({ results: [{ kind, nextInMs: 0 }] })).told).toEqual([told])
})

const ran = (remaining: number): JobResult => ({ hasResult: true, remaining })

const ordered = { type: 'jobs.queued' } as const

test.each<[string, World, Moves<typeof managementMachine>, string, string, number]>([
  ['nothing to install', { isEnrolled: false }, [], 'notEnrolled', 'idle', 1],
  ['a job that lasts', { isEnrolled: false, jobs: [] }, [], 'notEnrolled', 'looking', 1],
  [
    'three jobs left by a power cut',
    { isEnrolled: false, jobs: [ran(2), ran(1), ran(0)] },
    [],
    'notEnrolled',
    'idle',
    3,
  ],
  ['nothing that a session ordered', {}, [180_000], 'waiting', 'idle', 1],
  ['a job that was ordered', { jobs: [nothing, ran(0)] }, [ordered], 'reporting', 'idle', 2],
  ['two jobs that were ordered', { jobs: [nothing, ran(1), ran(0)] }, [ordered], 'reporting', 'idle', 3],
  ['an order that is gone again', { jobs: [nothing, nothing] }, [ordered], 'waiting', 'idle', 2],
  ['a job that lasts while sessions go on', { jobs: [] }, [180_000], 'waiting', 'looking', 1],
])('installs one at a time: %s', async (_, world, moves, sessions, installation, looks) => {
  const scene = await start(world, ...moves)
  expect({ sessions: scene.sessions, installation: scene.installation, looks: scene.looks }).toEqual({
    sessions,
    installation,
    looks,
  })
})

test('what a session orders is installed without waiting for its end', async () => {
  const { actor, tree } = await start({ results: [], jobs: [nothing] })
  expect(stateOf({ actor })).toEqual({ sessions: 'holding', installation: 'idle' })
  tree.order()
  await settle()
  expect(stateOf({ actor })).toEqual({ sessions: 'holding', installation: 'looking' })
})

test('orders are watched until the power is cut', async () => {
  const { actor, tree } = await start({ isEnrolled: false })
  expect(tree.isWatched).toBe(true)
  actor.stop()
  expect(tree.isWatched).toBe(false)
})

const EVENTS = { enrolled, signedIn, pushed, disconnected, jobFinished, jobsQueued: ordered, ...NETWORK_EVENTS }
const MOVES: Record<string, Partial<Record<keyof typeof EVENTS, string>>> = {
  notEnrolled: { enrolled: 'holding', signedIn: 'notEnrolled', jobsQueued: 'notEnrolled+looking' },
  holding: { signedIn: 'holding', disconnected: 'holding', jobsQueued: 'holding+looking' },
  waiting: {
    signedIn: 'holding',
    jobFinished: 'reporting',
    pushed: 'holding',
    disconnected: 'holding',
    jobsQueued: 'waiting+looking',
    'network.restored': 'holding',
  },
  reporting: { signedIn: 'holding', pushed: 'holding', disconnected: 'holding', jobsQueued: 'reporting+looking' },
  leaving: { jobsQueued: 'leaving+looking' },
}
const NAMES = Object.keys(EVENTS) as (keyof typeof EVENTS)[]

test.each(
  Object.entries(MOVES).flatMap(([state, row]) =>
    NAMES.map((event) => ({ state, event, to: row[event] ?? 'ignored' })),
  ),
)('$state, $event: $to', ({ state, event, to }) => {
  const context = firstContext(managementMachine, { isEnrolled: false })
  const value = { sessions: state, installation: 'idle' }
  const [sessions, installation = 'idle'] = to.split('+')
  expect(moveOf(managementMachine, value, context, EVENTS[event])).toBe(
    to === 'ignored' ? 'ignored' : `sessions.${sessions},installation.${installation}`,
  )
})

test('while a job runs, the order of another is left to its end', () => {
  const context = firstContext(managementMachine, { isEnrolled: true })
  const value = { sessions: 'waiting', installation: 'looking' }
  expect(moveOf(managementMachine, value, context, EVENTS.jobsQueued)).toBe('ignored')
})
