import { expect, test } from 'vitest'
import { criticalUpdatesMachine } from '../../../machines/pages/critical-updates.ts'
import type { Update, UpdateInstallation, UpdateScan } from '../../../machines/pages/update-scan.ts'
import { everyOutcome, outcomeOf, play, replies, skipped, stateOf } from '../scene.ts'

const updates: Update[] = [{ id: 'KB1', title: 'Zero-day package', needsRestart: true, offer: {} }]
/** How long the announcement of a restart shows. */
const NOTICE = 10_000
const found: UpdateScan = { kind: 'found', updates }

/** A device whose scan and installation end like this; without an answer they go on for ever. */
async function start(
  scans: UpdateScan[],
  installations: UpdateInstallation[] = [],
  isDone = false,
  ...moves: number[]
) {
  const scan = replies<UpdateScan>(...scans)
  const install = replies<UpdateInstallation, Update[]>(...installations)
  const actors = { scanForCriticalUpdates: scan.logic, installUpdates: install.logic }
  const scene = await play(criticalUpdatesMachine.provide({ actors }), { isDone }, ...moves)
  return { ...scene, scans: scan.asked.length, installed: install.asked }
}

test('updates that were checked before the restart are not checked again', async () => {
  const scene = await start([found], [], true)
  expect(outcomeOf(scene)).toEqual(skipped('critical updates were checked before the restart', 'update check skipped'))
  expect(scene.scans).toBe(0)
})

test.each<[string, UpdateScan[], string]>([
  ['while the scan lasts', [], 'checking'],
  ['while the updates that were found are installed', [found], 'installing'],
])('stays on its page %s', async (_, scans, state) => {
  expect(stateOf(await start(scans))).toBe(state)
})

test('what was found is what is installed', async () => {
  expect((await start([found])).installed).toEqual([updates])
})

test.each<[UpdateScan, object]>([
  [{ kind: 'none' }, { kind: 'upToDate' }],
  [
    { kind: 'unavailable', code: '0x8024402c' },
    { kind: 'unavailable', code: '0x8024402c' },
  ],
])('a scan that says %j ends without an installation', async (scan, outcome) => {
  const scene = await start([scan])
  expect({ outcome: outcomeOf(scene), installed: scene.installed }).toEqual({ outcome, installed: [] })
})

test('says why a Windows without support gets none', async () => {
  const scene = await start([{ kind: 'notServiced', windows: 'Windows 11 SE 24H2', until: '2026-10-13' }])
  expect(outcomeOf(scene)).toEqual(
    skipped('the support of Windows 11 SE 24H2 ended on 2026-10-13', 'Windows Update has no updates for it'),
  )
})

test.each<[UpdateInstallation, object]>([
  [{ kind: 'installed', needsRestart: false }, { kind: 'installed' }],
  [{ kind: 'installed', needsRestart: true }, { kind: 'restart' }],
  [
    { kind: 'failed', code: '0x80070643' },
    { kind: 'unavailable', code: '0x80070643' },
  ],
])('an installation that says %j ends in %j', async (installation, outcome) => {
  expect(outcomeOf(await start([found], [installation], false, NOTICE))).toEqual(outcome)
})

test('a restart is announced', async () => {
  expect(stateOf(await start([found], [{ kind: 'installed', needsRestart: true }]))).toBe('announcingRestart')
})

everyOutcome(criticalUpdatesMachine, {
  upToDate: async () => outcomeOf(await start([{ kind: 'none' }])),
  installed: async () => outcomeOf(await start([found], [{ kind: 'installed', needsRestart: false }])),
  unavailable: async () => outcomeOf(await start([{ kind: 'unavailable', code: '0x8024402c' }])),
  restart: async () => outcomeOf(await start([found], [{ kind: 'installed', needsRestart: true }], false, NOTICE)),
  doesNotApply: async () => outcomeOf(await start([], [], true)),
})
