import { expect, test } from 'vitest'
import { decodeValues, encodeValues } from '../../../src/cli/serve/values.ts'
import { Changes } from '../../../src/mock-service/changes.ts'
import { Directory } from '../../../src/mock-service/directory/directory.ts'
import { type DirectoryPart, newDirectory } from '../../../src/mock-service/directory/directory-part.ts'
import { stateOf } from '../../../src/mock-service/directory/load.ts'
import { type PackedPast, packPast, unpackPast } from '../../../src/mock-service/directory/packed-past.ts'
import { type Group, withEntry } from '../../../src/mock-service/directory/state.ts'
import { loadTenantFile } from '../../../src/scenario/library.ts'

const REACH_MS = 20 * 60_000
const definition = loadTenantFile('contoso-school')
interface Known extends Directory {
  part: DirectoryPart
}

function directory(part = newDirectory(stateOf(definition))): Known {
  return Object.assign(new Directory(() => part, REACH_MS, new Changes()), { part })
}

const RULE = '(device.devicePhysicalIds -any (_ -eq "[OrderID]:Kitchen"))'
const group = (id: string, changes: Partial<Group> = {}): Group => ({
  id,
  name: id,
  description: '',
  rule: RULE,
  members: [],
  ...changes,
})
const put = (to: Directory, at: number, id: string, value: Group | undefined) =>
  to.change(at, ({ groups }) => ({ groups: withEntry(groups, id, value) }))

const inFile = ({ part }: Known): string => encodeValues(packPast(part.past))

const again = (from: Known): Known =>
  directory({ ...from.part, past: unpackPast(decodeValues(inFile(from)) as PackedPast) })

test('the past comes back at each of its moments, in the order of its entries', () => {
  const known = directory()
  put(known, 0, 'a', group('a'))
  put(known, 2_000, 'b', group('b', { rule: undefined, members: ['x'] }))
  put(known, 4_000, 'a', group('a', { name: 'other' }))
  // Taken out and put in again within a second: it comes last now.
  put(known, 6_000, 'a', undefined)
  put(known, 6_500, 'a', group('a'))
  put(known, 8_000, 'b', undefined)
  known.change(10_000, ({ users }) => ({ users: new Map([...users].reverse()) }))
  known.change(12_000, () => ({ branding: { color: '#123456' } as never }))
  const restored = again(known)
  for (const at of [-1, 0, 2_000, 4_000, 6_600, 8_000, 10_000, 12_000]) {
    const [was, is] = [known.at(at), restored.at(at)]
    expect(is).toEqual(was)
    for (const name of ['groups', 'users', 'devices'] as const)
      expect([...is[name].keys()]).toEqual([...was[name].keys()])
  }
  // And it can be changed on, and kept again.
  put(restored, 14_000, 'c', group('c'))
  put(known, 14_000, 'c', group('c'))
  expect(again(restored).part).toEqual(known.part)
  expect(() => put(restored, 13_000, 'd', group('d'))).toThrow(/in the past/)
})

test('what did not change stays the same object: by that the service tells that it has caught up', () => {
  const known = directory()
  put(known, 0, 'a', group('a'))
  put(known, 2_000, 'b', group('b'))
  const restored = again(known)
  expect(restored.at(2_000).groups.get('a')).toBe(restored.at(0).groups.get('a'))
  expect(restored.at(2_000).profiles).toBe(restored.at(0).profiles)
})

test('twenty minutes of changes take the space of the changes', () => {
  const sizeAfter = (changes: number) => {
    const known = directory()
    for (let index = 0; index < 500; index++) put(known, index, `g${index}`, group(`g${index}`))
    for (let index = 0; index < changes; index++) put(known, 10_000 + index * 1_000, 'g1', group('g1'))
    return inFile(known).length
  }
  const [none, many] = [sizeAfter(0), sizeAfter(1_000)]
  // Each version of a group takes some 200 characters, and never the other 499 again.
  expect((many - none) / 1_000).toBeLessThan(500)
})
