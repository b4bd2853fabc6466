import { expect, test, vi } from 'vitest'
import { fromCallback } from 'xstate'
import { type AwaitedEvent, devicePreparationMachine } from '../../../machines/enrollment-status/device-preparation.ts'
import type { OverdueEvent } from '../../../machines/enrollment-status/provider-limit.ts'
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
  const tree: { tell?: (event: ProgressEvent | AwaitedEvent) => void; isWatched: boolean; heard: OverdueEvent[] } = {
    isWatched: false,
    heard: [],
  }
  const watchProgress = fromCallback<OverdueEvent, EspCategoryId>(({ input, sendBack, receive }) => {
    watched.push(input)
    Object.assign(tree, { tell: sendBack, isWatched: true })
    receive((event) => tree.heard.push(event))
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
  const news = told({ status: { says: 'installed', done: 2, of: 2 } })
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
  expect(outcomeOf(scene)).toEqual({
    ...outcome,
    progress: aProgress('devicePreparation', over),
  })
  expect(scene.tree.isWatched).toBe(false)
})

test.each<EspProgress['state']>(['notStarted', 'inProgress', 'notRequired'])('%s is no end', async (state) => {
  expect(stateOf(await start(told({ state })))).toBe('preparing')
})

test('has no own time limit: each provider has one', async () => {
  expect(stateOf(await start(told({ status: { says: 'identifying' } }), 86_400_000))).toBe('preparing')
})

const awaited = (provider: string, timeoutMs: number): AwaitedEvent => ({
  type: 'provider.awaited',
  provider,
  timeoutMs,
})
const overdue = (provider: string): OverdueEvent => ({ type: 'provider.overdue', provider })

test('each provider has its own time, from when it is known', async () => {
  const scene = await start(awaited('Sidecar', 60_000), 30_000, awaited('Other', 60_000), 29_999)
  expect(scene.tree.heard).toEqual([])
  scene.clock.increment(1)
  expect(scene.tree.heard).toEqual([overdue('Sidecar')])
  scene.clock.increment(30_000)
  expect(scene.tree.heard).toEqual([overdue('Sidecar'), overdue('Other')])
})

test('no time limit outlives the category', async () => {
  const scene = await start(awaited('Sidecar', 60_000), told({ state: 'succeeded' }), 60_000)
  expect({ heard: scene.tree.heard, errors: scene.errors }).toEqual({ heard: [], errors: [] })
})

test('nor does any of several', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const scene = await start(awaited('Sidecar', 60_000), awaited('Other', 60_000), told({ state: 'succeeded' }), 60_000)
  // A limit that lives on would tell a category that is no more.
  expect({ warned: warned.mock.calls, errors: scene.errors }).toEqual({ warned: [], errors: [] })
  warned.mockRestore()
})
