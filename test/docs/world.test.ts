import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { administrator } from '../../src/events/administrator.ts'
import { EVENT_KINDS } from '../../src/events/event-kinds.ts'
import { oneDeviceSchema } from '../../src/scenario/schema/scenario.ts'

const PAGE = readFileSync('docs/world.md', 'utf8')

/** Names of a schema's keys, however it is wrapped. */
function keysOf(schema: unknown): string[] {
  const { entries, pipe, wrapped, item } = schema as Record<string, never>
  if (entries) return Object.keys(entries)
  if (pipe) return keysOf(pipe[0])
  return keysOf(wrapped ?? item)
}

test('docs/world.md has each condition, each effect and each action', () => {
  const event = (
    oneDeviceSchema.entries.events as unknown as { wrapped: { item: { pipe: [{ entries: { when: unknown } }] } } }
  ).wrapped.item.pipe[0]
  const names = [...keysOf(event.entries.when), ...EVENT_KINDS, ...keysOf(administrator.schema)]
  expect(names.length).toBeGreaterThan(35)
  expect(names.filter((name) => !new RegExp(`\`${name}\\b|, \`${name}`).test(PAGE))).toEqual([])
})
