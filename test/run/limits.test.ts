import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { Limits } from '../../src/run/limits.ts'

const ENTRY = { kind: 'power', event: 'off', at: 0, seq: 0 } as unknown as JournalEntry

function counted(limits: Limits, entries: number): void {
  for (let entry = 0; entry < entries; entry++) limits.count(ENTRY)
}

describe('statecharts that go round and round at one moment', () => {
  test('are a bug, and end the run', () => {
    const limits = new Limits({ stuckAfterMs: 1_000 })
    counted(limits, 20_000)
    expect(() => limits.count(ENTRY)).toThrow(
      'a statechart does not come to rest: 20,000 journal entries at one moment',
    )
  })

  test('are not those that go on at another moment', () => {
    const limits = new Limits({ stuckAfterMs: 1_000 })
    for (let moment = 0; moment < 4; moment++) {
      expect(limits.isReached(moment)).toBe(false)
      counted(limits, 20_000)
    }
  })
})
