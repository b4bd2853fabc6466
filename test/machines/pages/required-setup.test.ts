import { describe, expect, test } from 'vitest'
import { fromCallback } from 'xstate'
import { requiredSetupMachine } from '../../../machines/pages/required-setup.ts'
import type { PreparationReport, RequiredSetupInput } from '../../../machines/pages/required-setup-setup.ts'
import type {
  PreparationProgress,
  PreparationSettings,
  Workload,
  WorkloadState,
} from '../../../src/domain/device-preparation.ts'
import {
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

const input: RequiredSetupInput = { isDone: false, isStandard: false }
const settings: PreparationSettings = {
  limitMs: 60 * 60_000,
  agentLimitMs: 30 * 60_000,
  errorText: '',
  canSkip: true,
  canCollectLogs: true,
  isStandardUser: true,
  policy: 'Students',
}

const KINDS = { lob: 'msi', script: 'script', win32: 'win32' } as const
type States = Partial<Record<keyof typeof KINDS, WorkloadState>>

const workload = (name: keyof typeof KINDS, state: WorkloadState): Workload => ({
  id: name,
  name,
  kind: KINDS[name],
  state,
  ...(state === 'failed' ? { code: '0x80070643' } : {}),
})

/** With the extension in place. */
const here = (states: States): PreparationProgress => ({
  agent: { state: 'here' },
  workloads: (['lob', 'script', 'win32'] as const).map((name) => workload(name, states[name] ?? 'notStarted')),
})
const sees = (progress: PreparationProgress) => ({ type: 'workloads.changed', progress }) as const
const done = here({ lob: 'completed', script: 'completed', win32: 'completed' })
const SYNCED = [sees(here({})), { type: 'sync.over' }] as const

const tryAgain = press('user.tryAgain')
const continueAnyway = press('user.continueAnyway')
const collectLogs = press('user.collectLogs')
const next = press('user.next')

interface World {
  settings?: Partial<PreparationSettings>
  input?: Partial<RequiredSetupInput>
}

/** A device whose tree and extension say what a test says. */
async function start(world: World = {}, ...moves: Moves<typeof requiredSetupMachine>) {
  const held: string[] = []
  const read = replies<PreparationSettings>({ ...settings, ...world.settings })
  const retry = replies<PreparationProgress>(here({}), here({}))
  const machine = requiredSetupMachine.provide({
    actors: {
      readSettings: read.logic,
      watchWorkloads: fromCallback(() => {}),
      watchSync: fromCallback(() => {}),
      enforceAccountType: replies<void, { isStandardUser: boolean }>(undefined, undefined, undefined).logic,
      reportOutcome: replies<void, PreparationReport>(undefined, undefined, undefined).logic,
      retryFailed: retry.logic,
    },
    actions: { holdTo: (_: unknown, part: string) => void held.push(part) },
  })
  const scene = await play(machine, { ...input, ...world.input }, ...moves)
  return { ...scene, held }
}

/** `running.syncing`. */
const pathOf = (scene: Parameters<typeof stateOf>[0]): string => {
  const value = stateOf(scene)
  return typeof value === 'string' ? value : `running.${JSON.stringify(value.running).replaceAll('"', '')}`
}

test('does not apply after a restart', async () => {
  expect(outcomeOf(await start({ input: { isDone: true } }))).toEqual(
    skipped('device preparation was over before', 'device preparation skipped'),
  )
})

describe('the order of work', () => {
  test.each<[string, Moves<typeof requiredSetupMachine>, string]>([
    ['the extension comes first', [], 'running.installingAgent'],
    ['then the session', [sees(here({}))], 'running.syncing'],
    ['then LOB apps', [...SYNCED], 'running.installingApps'],
    ['then scripts', [...SYNCED, sees(here({ lob: 'completed' }))], 'running.runningScripts'],
    [
      'then Win32 apps',
      [...SYNCED, sees(here({ lob: 'skipped', script: 'completed' }))],
      'running.installingFurtherApps',
    ],
    ['then the page that says so', [...SYNCED, sees(done)], 'complete'],
  ])('%s', async (_, moves, state) => {
    expect(pathOf(await start({}, ...moves))).toBe(state)
  })

  test('is what may be installed', async () => {
    const { held } = await start({}, ...SYNCED, sees(here({ lob: 'completed' })), sees(done))
    expect(held).toEqual(['agent', 'sync', 'apps', 'scripts', 'furtherApps', 'over'])
  })
})

describe('the percentage', () => {
  const percentAt = async (...moves: Moves<typeof requiredSetupMachine>) =>
    (await start({}, ...moves)).actor.getSnapshot().context.percent

  test('is the time that has passed, and not the work that is done', async () => {
    expect(await percentAt(36_000)).toBe(1)
    expect(await percentAt(...SYNCED, ...Array<number>(48).fill(36_000))).toBe(48)
  })

  test('jumps to 100 at the end', async () => {
    expect(await percentAt(36_000, ...SYNCED, sees(done))).toBe(100)
  })

  test('begins anew with another try', async () => {
    expect(await percentAt(...SYNCED, 10 * 60_000, sees(here({ lob: 'failed' })), tryAgain)).toBe(0)
  })
})

describe('ends with the code', () => {
  test.each<[string, Moves<typeof requiredSetupMachine>, object]>([
    [
      'of the extension',
      [sees({ agent: { state: 'failed', code: '0x80070652' }, workloads: [] })],
      { code: '0x80070652', stage: 'agent', isTimeout: false },
    ],
    [
      'of a LOB app, while the session is not over yet',
      [sees(here({})), sees(here({ lob: 'failed' }))],
      { code: '0x80070643', stage: 'apps' },
    ],
    [
      'of a script',
      [...SYNCED, sees(here({ lob: 'completed', script: 'failed' }))],
      { code: '0x80070643', stage: 'scripts', failed: { name: 'script' } },
    ],
    [
      'of the first failure, whatever else is open',
      [...SYNCED, sees(here({ lob: 'completed', script: 'completed', win32: 'failed' }))],
      { code: '0x80070643', stage: 'furtherApps', failed: { name: 'win32' } },
    ],
    [
      'of its time limit',
      [...SYNCED, 60 * 60_000],
      { code: '0x800705b4', stage: 'apps', isTimeout: true, failed: null },
    ],
    ['of the limit of the extension', [30 * 60_000], { code: '0x800705b4', stage: 'agent', isTimeout: true }],
  ])('%s', async (_, moves, context) => {
    const scene = await start({}, ...moves)
    expect(stateOf(scene)).toBe('failed')
    expect(scene.actor.getSnapshot().context).toMatchObject(context)
    expect(scene.held.at(-1)).toBe('failed')
  })
})

const FAILED = [...SYNCED, sees(here({ lob: 'failed' }))] as const

test('what a policy forbids is not done', async () => {
  const forbidden = { settings: { canSkip: false, canCollectLogs: false } }
  const scene = await start(forbidden, ...FAILED, continueAnyway, collectLogs)
  expect([stateOf(scene), scene.actor.getSnapshot().context.logsCollected]).toEqual(['failed', false])
})

test('a person who continues is no administrator, where the policy had taken that away', async () => {
  expect(outcomeOf(await start({}, ...FAILED, continueAnyway))).toEqual({ kind: 'continuedAnyway', isStandard: true })
  const early = sees({ agent: { state: 'failed' }, workloads: [] })
  expect(outcomeOf(await start({}, early, continueAnyway))).toEqual({ kind: 'continuedAnyway', isStandard: false })
})

test('Retry begins with what is not done', async () => {
  const scene = await start({}, ...FAILED, tryAgain)
  expect([pathOf(scene), scene.actor.getSnapshot().context.code]).toEqual(['running.syncing', ''])
})

everyMove(requiredSetupMachine, {
  context: { ...firstContext(requiredSetupMachine, input), settings },
  events: {
    'user.tryAgain': tryAgain,
    'user.continueAnyway': continueAnyway,
    'user.collectLogs': collectLogs,
    'user.next': next,
    'sync.over': { type: 'sync.over' },
    'limit.reached': { type: 'limit.reached' },
  },
  moves: {
    readingSettings: {},
    'running.enforcingAccountType': { 'limit.reached': 'failed' },
    finishing: {},
    complete: { 'user.next': 'finished' },
    failed: { 'user.tryAgain': 'retrying', 'user.continueAnyway': 'continuedAnyway', 'user.collectLogs': 'failed' },
    retrying: {},
  },
})

everyOutcome(requiredSetupMachine, {
  finished: async () => outcomeOf(await start({}, ...SYNCED, sees(done), next)),
  restart: async () =>
    outcomeOf(
      await start({}, ...SYNCED, sees(here({ lob: 'completed', script: 'completed', win32: 'rebootRequired' })), next),
    ),
  continuedAnyway: async () => outcomeOf(await start({}, ...FAILED, continueAnyway)),
  doesNotApply: async () => outcomeOf(await start({ input: { isDone: true } })),
})
