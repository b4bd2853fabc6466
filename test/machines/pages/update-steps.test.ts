import { expect, test } from 'vitest'
import type { Update, UpdateInstallation } from '../../../machines/pages/update-scan.ts'
import { type UpdateDownload, updateStepsMachine } from '../../../machines/pages/update-steps.ts'
import { contextOf, everyOutcome, type Moves, outcomeOf, play, replies, stateOf } from '../scene.ts'

const updates: Update[] = [{ id: 'KB5', title: 'Cumulative update', needsRestart: true, offer: {} }]
const PART = 2_500

async function start(
  downloads: UpdateDownload[],
  installations: UpdateInstallation[],
  ...moves: Moves<typeof updateStepsMachine>
) {
  const download = replies<UpdateDownload, Update[]>(...downloads)
  const install = replies<UpdateInstallation, Update[]>(...installations)
  const actors = { downloadUpdates: download.logic, installUpdates: install.logic }
  return play(updateStepsMachine.provide({ actors }), { updates }, ...moves)
}

const downloaded: UpdateDownload[] = [{ kind: 'downloaded' }]
const needsRestart: UpdateInstallation = { kind: 'installed', needsRestart: true }

test.each<[string, UpdateDownload[], UpdateInstallation[]]>([
  ['downloading', [], []],
  ['installing', downloaded, []],
  ['preparingToRestart', downloaded, [needsRestart]],
])('each step begins at nothing: %s', async (state, downloads, installations) => {
  const scene = await start(downloads, installations)
  expect({ state: stateOf(scene), percent: contextOf(scene).percent }).toEqual({ state, percent: 0 })
})

test('a step shows how far its work is', async () => {
  expect(contextOf(await start(downloaded, [], { type: 'update.progressed', percent: 75 })).percent).toBe(75)
})

test('the last step counts to the end, and then the device restarts', async () => {
  const parts = [PART, PART, PART, PART]
  const scene = await start(downloaded, [needsRestart], ...parts)
  expect({ state: stateOf(scene), percent: contextOf(scene).percent }).toEqual({
    state: 'preparingToRestart',
    percent: 100,
  })
  expect(outcomeOf(await start(downloaded, [needsRestart], ...parts, PART))).toEqual({ kind: 'restart' })
})

everyOutcome(updateStepsMachine, {
  installed: async () => outcomeOf(await start(downloaded, [{ kind: 'installed', needsRestart: false }])),
  restart: async () => outcomeOf(await start(downloaded, [needsRestart], PART, PART, PART, PART, PART)),
  failed: async () => outcomeOf(await start([{ kind: 'failed', code: '0x80070643' }], [])),
})

test('a failure has its code, in both steps', async () => {
  const failed = { kind: 'failed', code: '0x80070643' } as const
  expect(outcomeOf(await start([failed], []))).toEqual(failed)
  expect(outcomeOf(await start(downloaded, [failed]))).toEqual(failed)
})
