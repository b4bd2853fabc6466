import { expect, test } from 'vitest'
import {
  type ResultInput,
  type Sealed,
  type TechnicianStatusInput,
  technicianStatusMachine,
} from '../../../machines/pages/technician-status.ts'
import type { Branding } from '../../../src/domain/autopilot.ts'
import { aTrouble } from '../samples.ts'
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
  stateOf,
} from '../scene.ts'

const green: TechnicianStatusInput = { failure: null, startedAt: 60_000, tenantDomain: 'hillview.test' }
const red: TechnicianStatusInput = { ...green, failure: { kind: 'gaveUp', trouble: aTrouble({ code: '0x80180005' }) } }

async function start(input: TechnicianStatusInput, ...moves: Moves<typeof technicianStatusMachine>) {
  const noteResult = replies<number, ResultInput>(1_800_000)
  const loadBranding = replies<Branding | null, string>({ name: 'Hillview School' })
  const reseal = replies<Sealed>({ resealedAt: 1_860_000 })
  const retryFailed = replies<void>(undefined)
  const machine = technicianStatusMachine.provide({
    actors: {
      noteResult: noteResult.logic,
      loadBranding: loadBranding.logic,
      reseal: reseal.logic,
      retryFailed: retryFailed.logic,
    },
  })
  return { ...(await play(machine, input, ...moves)), noted: noteResult.asked, retried: retryFailed.asked.length }
}

test.each([
  ['green', green, 'succeeded', false],
  ['red', red, 'failed', true],
])('the end of the technician flow is %s, with the time that it took', async (_, input, state, hasFailed) => {
  const scene = await start(input)
  expect({ state: stateOf(scene), elapsedMs: contextOf(scene).elapsedMs, noted: scene.noted }).toEqual({
    state,
    elapsedMs: 1_800_000,
    noted: [{ startedAt: 60_000, hasFailed }],
  })
})

test('what failed is installed anew before the page leads back', async () => {
  const scene = await start(red, press('user.retry'))
  expect({ outcome: outcomeOf(scene), retried: scene.retried }).toEqual({ outcome: { kind: 'retry' }, retried: 1 })
})

test('Export logs stays on the page, and the page says so', async () => {
  const scene = await start(red, press('user.collectLogs'))
  expect({ state: stateOf(scene), logsCollected: contextOf(scene).logsCollected }).toEqual({
    state: 'failed',
    logsCollected: true,
  })
})

everyMove(technicianStatusMachine, {
  context: firstContext(technicianStatusMachine, green),
  events: {
    'user.reseal': press('user.reseal'),
    'user.retry': press('user.retry'),
    'user.reset': press('user.reset'),
    'user.collectLogs': press('user.collectLogs'),
  },
  moves: {
    noting: {},
    loadingBranding: {},
    retrying: {},
    succeeded: { 'user.reseal': 'sealing' },
    sealing: {},
    failed: { 'user.retry': 'retrying', 'user.reset': 'reset', 'user.collectLogs': 'failed' },
  },
})

everyOutcome(technicianStatusMachine, {
  resealed: async () => {
    const outcome = outcomeOf(await start(green, press('user.reseal')))
    expect(outcome).toEqual({ kind: 'resealed', resealedAt: 1_860_000 })
    return outcome
  },
  retry: async () => outcomeOf(await start(red, press('user.retry'))),
  reset: async () => outcomeOf(await start(red, press('user.reset'))),
})
