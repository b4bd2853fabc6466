import { expect, test } from 'vitest'
import { type EventObject, fromCallback } from 'xstate'
import type { Carried } from '../../../machines/carried.ts'
import { installationMachine, type Job } from '../../../machines/management/installation.ts'
import type { InstallationOutcome } from '../../../machines/management/msi-installation.ts'
import { everyMove, firstContext, type Moves, play, replies, settle, stateOf } from '../scene.ts'

const ordered = { type: 'jobs.queued' } as const
const none: Job = { kind: 'none' }
const checkIn: Job = { kind: 'checkIn', checkIn: { due: 'now' } }
const download = { request: {}, urls: [] }
const msi: Job = { kind: 'msi', order: {}, attempts: 0, retryCount: 0, retryIntervalMs: 0, ...download }
const msix: Job = { kind: 'msix', order: {}, packages: [download] }
const office: Job = { kind: 'office', order: {}, ...download }
const win32: Job = { kind: 'win32', app: {}, isApplicable: true, retryMs: 300_000, ...download }
const later: Job = { kind: 'later', waitMs: 60_000 }
const installed: InstallationOutcome = { kind: 'installed' }

/** A device with these jobs, in turn; each is done at once unless `lasts`. */
async function start(jobs: Job[], { lasts = false } = {}, ...moves: Moves<typeof installationMachine>) {
  const answers = <Output>(output: Output) => (lasts ? [] : [output, output, output])
  const nextJob = replies<Job>(...jobs)
  const checkedIn = replies<void, Carried>(...answers(undefined))
  const ends = {
    msi: replies(...answers(installed)),
    msix: replies(...answers(installed)),
    office: replies(...answers(installed)),
    win32: replies(...answers({})),
  }
  const tree = { order: () => {}, isWatched: false }
  const finished: unknown[] = []
  const told: string[] = []
  const machine = installationMachine.provide({
    actions: {
      finishOrder: (_, outcome) => void finished.push(outcome),
      tellFinished: () => void told.push('job.finished'),
    },
    actors: {
      watchOrders: fromCallback<EventObject>(({ sendBack }) => {
        Object.assign(tree, { order: () => sendBack(ordered), isWatched: true })
        return () => {
          tree.isWatched = false
        }
      }),
      nextJob: nextJob.logic as never,
      checkIn: checkedIn.logic,
      // Stand-ins for statecharts: only that they end counts here.
      msiInstallation: ends.msi.logic as never,
      msixInstallation: ends.msix.logic as never,
      officeInstallation: ends.office.logic as never,
      win32Installation: ends.win32.logic as never,
    },
  })
  const scene = await play(machine, { lane: 'all' }, ...moves)
  await settle()
  const counts = { looks: nextJob.asked.length, checkIns: checkedIn.asked.length }
  return { ...scene, tree, told, finished, state: stateOf(scene), ...counts }
}

test.each<[string, Job[], number, number]>([
  ['nothing', [none], 1, 0],
  ['an MSI', [msi, none], 2, 1],
  ['an MSIX package', [msix, none], 2, 1],
  ['Microsoft 365 Apps', [office, none], 2, 1],
  ['a Win32 app, which no server waits for', [win32, none], 2, 0],
  ['a check-in', [checkIn, none], 2, 0],
  ['three jobs that a power cut left', [msi, msix, msi, none], 4, 3],
])('does one thing at a time: %s', async (_, jobs, looks, reported) => {
  const scene = await start(jobs)
  expect({ state: scene.state, looks: scene.looks }).toEqual({ state: 'idle', looks })
  expect({ told: scene.told.length, finished: scene.finished.length }).toEqual({ told: reported, finished: reported })
})

test.each<[Job, string]>([
  [checkIn, 'checkingIn'],
  [msi, 'installingMsi'],
  [msix, 'installingMsix'],
  [office, 'installingOffice'],
  [win32, 'installingWin32'],
  [later, 'waiting'],
])('a job of the kind $kind is at %s', async (job, state) => {
  expect((await start([job], { lasts: true })).state).toBe(state)
})

test('what is to be done later is looked for then, and not before', async () => {
  expect((await start([later, none], {}, 59_999)).looks).toBe(1)
  expect((await start([later, none], {}, 60_000)).looks).toBe(2)
})

test.each<[string, Job[]]>([
  ['nothing is to be done', [none, msi, none]],
  ['something waits', [later, msi, none]],
])('an order is looked at when %s', async (_, jobs) => {
  const scene = await start(jobs, {}, ordered)
  expect({ state: scene.state, finished: scene.finished }).toEqual({ state: 'idle', finished: [installed] })
})

test('an order that comes while the device looks is not lost', async () => {
  const scene = await start([none], {}, ordered)
  expect(scene.looks).toBe(2)
})

test('orders are watched until the power is cut', async () => {
  const { actor, tree } = await start([none])
  expect(tree.isWatched).toBe(true)
  actor.stop()
  expect(tree.isWatched).toBe(false)
})

everyMove(installationMachine, {
  context: { ...firstContext(installationMachine), job: msi },
  events: { ordered },
  moves: {
    looking: { ordered: 'looking' },
    checkingIn: {},
    installingMsi: {},
    installingMsix: {},
    installingOffice: {},
    installingWin32: {},
    waiting: { ordered: 'looking' },
    idle: { ordered: 'looking' },
  },
})
