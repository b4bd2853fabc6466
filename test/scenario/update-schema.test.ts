import * as v from 'valibot'
import { expect, test } from 'vitest'
import { update } from '../../src/scenario/schema/update.ts'

const written = { id: 'u', title: 'An update', kind: 'quality', releasedOn: '2026-08-11', build: '26100.9278' }
const issuesOf = (facts: object) => v.safeParse(update, { ...written, ...facts }).issues?.map(({ message }) => message)

test.each([
  [{ build: '26150.1' }, 'there is no version of Windows 11 with the build 26150'],
  [{ version: '25H2' }, 'the build 26100.9278 is of version 24H2, not 25H2'],
  [{ releasedOn: '2024-09-30' }, 'version 24H2 is out since 2024-10-01: its updates are not older'],
  [{ releasedOn: '2026-02-30' }, 'there is no such day'],
  [{ build: 26100.9278 }, expect.stringContaining('string')],
])('%j is refused', (facts, message) => {
  expect(issuesOf(facts)).toEqual([message])
})

test.each([
  ['quality', true],
  ['critical', false],
])('a %s update that says nothing of a restart: %s', (kind, needsRestart) => {
  expect(v.parse(update, { ...written, kind }).needsRestart).toBe(needsRestart)
})

test('what a file says of a restart holds, and is kept when it is read again', () => {
  const once = v.parse(update, { ...written, needsRestart: false })
  expect(v.parse(update, once)).toEqual(once)
  expect(once.needsRestart).toBe(false)
})
