import { expect, test } from 'vitest'
import { fromCallback } from 'xstate'
import { devicePreparationMachine } from '../../../machines/enrollment-status/device-preparation.ts'
import type { ProgressEvent } from '../../../machines/enrollment-status/setup-category.ts'
import type { EspCategoryId, EspProgress } from '../../../src/domain/esp.ts'
import { aProgress } from '../samples.ts'
import { contextOf, type Moves, outcomeOf, play, settle, stateOf } from '../scene.ts'

const told = (over: Partial<EspProgress>): ProgressEvent => ({
  type: 'progress.changed',
  progress: aProgress('devicePreparation', over),
})

/** A device whose tree says nothing unless the test does. */
async function start(...moves: Moves<typeof devicePreparationMachine>) {
  const watched: EspCategoryId[] = []
  const tree: { tell?: (event: ProgressEvent) => void; isWatched: boolean } = { isWatched: false }
  const watchProgress = fromCallback<ProgressEvent, EspCategoryId>(({ input, sendBack }) => {
    watched.push(input)
    Object.assign(tree, { tell: sendBack, isWatched: true })
    return () => {
      tree.isWatched = false
    }
  })
  const scene = await play(devicePreparationMachine.provide({ actors: { watchProgress } }), undefined, ...moves)
  return { ...scene, watched, tree }
}

test('its own category is watched, and what the tree says is shown', async () => {
  const scene = await start()
  expect(scene.watched).toEqual(['devicePreparation'])
  const news = told({ status: 'Preparing for mobile management' })
  scene.tree.tell?.(news)
  await settle()
  expect({ state: stateOf(scene), progress: contextOf(scene).progress }).toEqual({
    state: 'preparing',
    progress: news.progress,
  })
})

test.each<[string, Partial<EspProgress>, object]>([
  ['succeeds', { state: 'succeeded' }, { kind: 'succeeded' }],
  ['fails with its code', { state: 'failed', code: '0x80180014' }, { kind: 'failed', code: '0x80180014' }],
  ['fails without a code', { state: 'failed' }, { kind: 'failed', code: '0x80004005' }],
])('%s', async (_, over, outcome) => {
  const scene = await start(told(over))
  expect(outcomeOf(scene)).toEqual({ ...outcome, progress: aProgress('devicePreparation', over) })
  expect(scene.tree.isWatched).toBe(false)
})

test.each<EspProgress['state']>(['notStarted', 'inProgress', 'notRequired'])('%s is no end', async (state) => {
  expect(stateOf(await start(told({ state })))).toBe('preparing')
})

test('has no time limit of its own: each provider has one', async () => {
  expect(stateOf(await start(told({ status: 'Preparing' }), 86_400_000))).toBe('preparing')
})
