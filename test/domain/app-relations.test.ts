import { expect, test } from 'vitest'
import { circleOf, connectedTo, type RelatedApp, relatedTo } from '../../src/domain/app-relations.ts'

const app = (id: string, ...on: string[]): RelatedApp => ({
  id,
  dependsOn: on.map((one) => ({ app: one, install: 'auto' })),
})
const byId = (apps: RelatedApp[]) => new Map(apps.map((one) => [one.id, one]))

test('a circle is found wherever it begins, and one without an end is none', () => {
  expect(circleOf([app('a', 'b'), app('b', 'c'), app('c', 'b')], 'dependsOn')).toEqual(['b', 'c', 'b'])
  expect(circleOf([app('a', 'a')], 'dependsOn')).toEqual(['a', 'a'])
  expect(circleOf([app('a', 'b', 'c'), app('b', 'd'), app('c', 'd'), app('d')], 'dependsOn')).toBeUndefined()
  expect(circleOf([app('a', 'b'), app('b', 'a')], 'supersedes')).toBeUndefined()
})

test('what an app leads to, over others too, and what is connected to it in either direction', () => {
  const apps = [app('a', 'b'), app('b', 'c'), app('c'), app('x', 'c')]
  expect(relatedTo(byId(apps), 'a', 'dependsOn')).toEqual(['b', 'c'])
  expect(relatedTo(byId(apps), 'c', 'dependsOn')).toEqual([])
  expect([...connectedTo(apps, 'a', 'dependsOn')].sort()).toEqual(['a', 'b', 'c', 'x'])
})
