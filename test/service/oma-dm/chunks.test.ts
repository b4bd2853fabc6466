import { beforeEach, expect, test } from 'vitest'
import type { Item, NodeCommand } from '../../../src/protocols/syncml/message.ts'
import { ChunkReceiver, OBJECT_BYTES_MAX } from '../../../src/service/oma-dm/chunks.ts'

let chunks: ChunkReceiver
beforeEach(() => {
  chunks = new ChunkReceiver()
})

const URI = './Device/Vendor/MSFT/Policy/Config/A/B'
const command = (kind: NodeCommand['kind'] = 'Add', meta?: Item['meta']): NodeCommand => ({
  kind,
  cmdId: '1',
  ...(meta ? { meta } : {}),
  items: [],
})
const chunk = (data: string, more: boolean, size?: string, target = URI): Item => ({
  target,
  data,
  ...(size === undefined ? {} : { meta: { size, format: 'chr' } }),
  ...(more ? { moreData: true } : {}),
})

test('an object is whole when its last chunk is here', () => {
  expect(chunks.take(command(), chunk('ab', true, '7'))).toEqual({ status: 213 })
  expect(chunks.take(command(), chunk('cdé', true))).toEqual({ status: 213 })
  expect(chunks.take(command(), chunk('f', false))).toEqual({
    item: { target: URI, data: 'abcdéf', meta: { size: '7', format: 'chr' } },
  })
})

test('the size may stand in the meta of the command, and counts bytes', () => {
  expect(chunks.take(command('Add', { size: '3' }), chunk('é', true))).toEqual({ status: 213 })
  expect(chunks.take(command(), chunk('f', false))).toMatchObject({ item: { data: 'éf' } })
})

test.each<[string, Item[], number]>([
  ['a first chunk without a size', [chunk('a', true)], 411],
  ['a size that is none', [chunk('a', true, '-1')], 411],
  ['a size that the device does not take', [chunk('a', true, String(OBJECT_BYTES_MAX + 1))], 416],
  ['one byte more than it said', [chunk('ab', true, '3'), chunk('cd', false)], 424],
  ['one byte less than it said', [chunk('ab', true, '5'), chunk('cd', false)], 424],
  ['more than it said, and still going on', [chunk('ab', true, '3'), chunk('cd', true)], 424],
  ['an object in one piece that is too large', [chunk('x'.repeat(OBJECT_BYTES_MAX + 1), false)], 413],
])('%s', (_, items, status) => {
  expect(items.map((item) => chunks.take(command(), item)).at(-1)).toEqual({ status })
})

test('after a failure the next object begins afresh', () => {
  chunks.take(command(), chunk('ab', true, '2'))
  chunks.take(command(), chunk('c', false))
  expect(chunks.interrupt()).toBeUndefined()
  expect(chunks.take(command(), chunk('whole', false))).toMatchObject({ item: { data: 'whole' } })
})

test.each<[string, NodeCommand, Item]>([
  ['an object for another node', command(), chunk('x', false, undefined, './other')],
  ['another command for the same node', command('Replace'), chunk('x', false)],
])('%s breaks off the one under way, and is taken itself', (_, next, item) => {
  chunks.take(command(), chunk('ab', true, '4'))
  expect(chunks.take(next, item)).toMatchObject({ item: { data: 'x' }, broken: URI })
})
