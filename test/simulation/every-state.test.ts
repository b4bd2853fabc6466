import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/domain/journal.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'
import {
  type Disturbance,
  type DisturbedRun,
  disturbed,
  isSetUp,
  momentsOf,
  type Place,
  statesOf,
} from './disturbed.ts'

/** All states and moments, in about four minutes; without it a sample, the same each time. */
const IS_LONG = process.env.OOBE_LONG === '1'

/** Each way through the first boot, and what a restart or a second person adds to it. */
const WAYS: { name: string; every: number; moments?: true }[] = [
  { name: 'surface-wifi-happy-path', every: 36, moments: true },
  { name: 'asus-ethernet-happy-path', every: 36, moments: true },
  { name: 'self-deploying-ethernet', every: 24, moments: true },
  { name: 'not-registered', every: 36, moments: true },
  { name: 'second-user', every: 40, moments: true },
  { name: 'shared-device-first-person', every: 36, moments: true },
  { name: 'terms-of-use', every: 40, moments: true },
  { name: 'multifactor-number-match', every: 40, moments: true },
  { name: 'federated-sign-in', every: 40 },
  { name: 'reboot-during-device-setup', every: 40, moments: true },
  { name: 'app-wants-restart', every: 40, moments: true },
  { name: 'win32-apps', every: 40 },
]

/** A link that a scenario does not use makes no difference. */
const kindsOf = ({ environment }: Scenario): Disturbance[] => [
  'power',
  'network',
  environment.ethernet.link ? 'cable' : 'wifi',
]

/** What came of one disturbance. The run itself is not kept: there are thousands. */
interface Played {
  what: Disturbance
  place: Place
  why: string | undefined
  isBlocked: boolean
}

/** Where each moment is disturbed too, a state that two ways have in common is left out of a third one: it is the same once more. */
const WAYS_OF_A_STATE = 2
const disturbedIn = new Map<string, number>()

function isNewEnough(what: Disturbance, state: string): boolean {
  const count = disturbedIn.get(`${what} ${state}`) ?? 0
  disturbedIn.set(`${what} ${state}`, count + 1)
  return count < WAYS_OF_A_STATE
}

/**
 * The service has enrolled the device and its answer was lost: to the service the next try is a second use of a
 * self-deploying device, which it refuses until an administrator unblocks the device (oobe-autopilot-esp.md, 11, row 14).
 */
const isBlockedForReuse = (outcome: Outcome): boolean => outcome.kind === 'failed' && outcome.code === '0x80180014'

/** A shared device whose first person is set up: a start leaves it at its sign-in screen, for the next person. */
const isSignedOut = (outcome: Outcome, calm: Outcome): boolean =>
  outcome.kind === 'signInScreen' && calm.kind === 'desktop' && outcome.managed === calm.managed

/** Why a run is a dead end; undefined when it is none. */
function deadEnd({ outcome, waysOut }: DisturbedRun, calm: Outcome): string | undefined {
  if (isBlockedForReuse(outcome) || isSignedOut(outcome, calm)) return undefined
  if (!isSetUp(outcome)) return JSON.stringify(outcome)
  // A reset helps in every case, and costs everything: no other way out of the page did.
  if (waysOut.reset) return `only a reset helped: ${JSON.stringify(waysOut)}`
  // A device without management has lost something on the way.
  if (JSON.stringify(outcome) !== JSON.stringify(calm)) return `another end: ${JSON.stringify(outcome)}`
  return undefined
}

const sampled = <Value>(values: readonly Value[], every: number, offset: number): Value[] =>
  IS_LONG ? [...values] : values.filter((_, index) => index % every === offset % every)

async function sweep(scenario: Scenario, { every, moments }: (typeof WAYS)[number]) {
  const calm = await disturbed(scenario)
  const played: Played[] = []
  for (const [index, what] of kindsOf(scenario).entries()) {
    // Each kind has another sample.
    const states = sampled(statesOf(calm), every, 7 * index + 3)
    const places: Place[] = IS_LONG && moments ? states.filter((state) => isNewEnough(what, state)) : states
    if (what === 'power' && moments) places.push(...sampled(momentsOf(calm), every, 7))
    for (const place of places) {
      const run = await disturbed(scenario, what, place)
      played.push({ what, place, why: deadEnd(run, calm.outcome), isBlocked: isBlockedForReuse(run.outcome) })
    }
  }
  return { calm, played }
}

describe.each(WAYS)('$name', (way) => {
  test('survives a power cut and two minutes without a network, wherever it is', { timeout: 300_000 }, async () => {
    const { calm, played } = await sweep(loadScenarios(way.name)[0]!, way)
    expect(isSetUp(calm.outcome)).toBe(true)
    const found = played.flatMap(({ what, place, why }) => (why === undefined ? [] : [`${what} at ${place}: ${why}`]))
    expect({ found, isSomethingPlayed: played.length >= 6 }).toEqual({ found: [], isSomethingPlayed: true })
    const blocked = played.filter(({ isBlocked }) => isBlocked).map(({ place }) => place)
    // Only while the answer of the service is on its way.
    const states = blocked.filter((place) => typeof place === 'string')
    for (const state of states)
      expect(['enrollment.requestingCertificate', 'enrollment.applyingProvisioning']).toContain(state)
  })
})

test('the checker knows a dead end', async () => {
  const [scenario] = loadScenarios('self-deploying-ethernet')
  const calm = await disturbed(scenario!)
  const ended = (outcome: Outcome, waysOut: Record<string, number> = {}) =>
    deadEnd({ ...calm, outcome, waysOut }, calm.outcome)
  const failed: Outcome = { kind: 'failed', page: 'enrollment', code: '0x8018000f', text: 'no user' }
  expect(ended(failed)).toContain('0x8018000f')
  expect(ended({ kind: 'stuck', state: 'a', waitingFor: 'b', since: 0 })).toContain('stuck')
  expect(ended(calm.outcome, { tryAgain: 100, reset: 1 })).toContain('only a reset helped')
  expect(ended({ kind: 'signInScreen', managed: false, autopilot: true })).toContain('another end')
  expect(ended(calm.outcome, { tryAgain: 2 })).toBeUndefined()
})
