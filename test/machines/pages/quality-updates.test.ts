import { expect, test } from 'vitest'
import {
  type QualityUpdatesInput,
  qualityUpdatesMachine,
  type UpdatePolicy,
} from '../../../machines/pages/quality-updates.ts'
import type { Update, UpdateInstallation, UpdateScan } from '../../../machines/pages/update-scan.ts'
import { type UpdateDownload, updateStepsMachine } from '../../../machines/pages/update-steps.ts'
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

const input: QualityUpdatesInput = { isDone: false, isEnrolled: true }
const updates: Update[] = [{ id: 'KB5', title: 'Cumulative update', needsRestart: true, offer: {} }]
const found: UpdateScan = { kind: 'found', updates }
const skip = press('user.skip')
/** The last step before a restart counts. */
const COUNTED = [2_500, 2_500, 2_500, 2_500, 2_500]

interface World {
  policy?: UpdatePolicy[]
  scans?: UpdateScan[]
  installations?: UpdateInstallation[]
  input?: Partial<QualityUpdatesInput>
}

/** An enrolled device whose policy asks for the updates. */
async function start(world: World, ...moves: Moves<typeof qualityUpdatesMachine>) {
  const policy = replies<UpdatePolicy>(...(world.policy ?? ['on']))
  const scan = replies<UpdateScan>(...(world.scans ?? []))
  const install = replies<UpdateInstallation, Update[]>(...(world.installations ?? []))
  const download = replies<UpdateDownload, Update[]>({ kind: 'downloaded' })
  const ends: boolean[] = []
  const machine = qualityUpdatesMachine.provide({
    actions: { noteEnd: (_, { needsRestart }) => void ends.push(needsRestart) },
    actors: {
      readUpdatePolicy: policy.logic,
      scanForQualityUpdates: scan.logic,
      updateSteps: updateStepsMachine.provide({
        actors: { downloadUpdates: download.logic, installUpdates: install.logic },
      }),
    },
  })
  const scene = await play(machine, { ...input, ...world.input }, ...moves)
  return { ...scene, ends, reads: policy.asked.length, scans: scan.asked.length, installed: install.asked }
}

test.each<[string, World, [string, string], number]>([
  ['without enrolment', { input: { isEnrolled: false } }, ['the device is not enrolled', 'no quality updates page'], 0],
  ['after a restart', { input: { isDone: true } }, ['done before the restart', 'quality updates skipped'], 0],
  [
    'when the policy says no',
    { policy: ['off'] },
    ['Install Windows quality updates: No', 'quality updates skipped'],
    1,
  ],
  ['on a metered network', { policy: ['metered'] }, ['the network is metered', 'quality updates skipped'], 1],
])('does not apply %s', async (_, world, why, reads) => {
  const scene = await start({ scans: [found], ...world })
  expect({ outcome: outcomeOf(scene), reads: scene.reads, scans: scene.scans }).toEqual({
    outcome: skipped(...why),
    reads,
    scans: 0,
  })
})

test('says why a Windows without support gets none', async () => {
  const scene = await start({ scans: [{ kind: 'notServiced', windows: 'Windows 11 SE 24H2', until: '2026-10-13' }] })
  expect(outcomeOf(scene)).toEqual(
    skipped('the support of Windows 11 SE 24H2 ended on 2026-10-13', 'Windows Update has no updates for it'),
  )
})

test.each<[string, World]>([
  ['readingPolicy', { policy: [] }],
  ['scanning', {}],
  ['installing', { scans: [found] }],
])('waits in %s for its answer', async (state, world) => {
  expect(stateOf(await start(world))).toBe(state)
})

test('what was found is what is installed', async () => {
  expect((await start({ scans: [found] })).installed).toEqual([updates])
})

test.each<[string, World, object]>([
  ['nothing is found', { scans: [{ kind: 'none' }] }, { kind: 'upToDate' }],
  [
    'an update is installed',
    { scans: [found], installations: [{ kind: 'installed', needsRestart: false }] },
    { kind: 'installed' },
  ],
  [
    'an update requires a restart',
    { scans: [found], installations: [{ kind: 'installed', needsRestart: true }] },
    { kind: 'restart' },
  ],
])('continues without a person when %s', async (_, world, outcome) => {
  expect(outcomeOf(await start(world, ...COUNTED))).toEqual(outcome)
})

test.each([true, false])(
  'the event log hears of the end, and whether a restart is needed: %s',
  async (needsRestart) => {
    const scene = await start({ scans: [found], installations: [{ kind: 'installed', needsRestart }] }, ...COUNTED)
    expect(scene.ends).toEqual([needsRestart])
  },
)

test.each<[string, World, string]>([
  ['the scan', { scans: [{ kind: 'unavailable', code: '0x8024402c' }] }, '0x8024402c'],
  ['the installation', { scans: [found], installations: [{ kind: 'failed', code: '0x80070643' }] }, '0x80070643'],
])('a failure of %s waits for a person, who may skip it', async (_, world, code) => {
  expect(stateOf(await start(world, 86_400_000))).toBe('offeringSkip')
  expect(outcomeOf(await start(world, skip))).toEqual({ kind: 'failed', code })
})

everyMove(qualityUpdatesMachine, {
  context: firstContext(qualityUpdatesMachine, input),
  events: { 'user.skip': skip },
  moves: { readingPolicy: {}, scanning: {}, installing: {}, offeringSkip: { 'user.skip': 'failed' } },
})

everyOutcome(qualityUpdatesMachine, {
  upToDate: async () => outcomeOf(await start({ scans: [{ kind: 'none' }] })),
  installed: async () =>
    outcomeOf(await start({ scans: [found], installations: [{ kind: 'installed', needsRestart: false }] })),
  restart: async () =>
    outcomeOf(await start({ scans: [found], installations: [{ kind: 'installed', needsRestart: true }] }, ...COUNTED)),
  failed: async () => outcomeOf(await start({ scans: [{ kind: 'unavailable', code: '0x8024402c' }] }, skip)),
  doesNotApply: async () => outcomeOf(await start({ policy: ['off'] })),
})
