import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { journalText } from '../../src/journal/writer.ts'
import type { Transport } from '../../src/ports/http.ts'
import { type RunScenarioOptions, runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

const [scenario] = loadScenarios('surface-wifi-happy-path')
const [wired] = loadScenarios('cable-pulled-during-esp')

/** Real handlers take their time, and never the same. */
const withRandomDelay =
  (transport: Transport): Transport =>
  async (request, peer, signal) => {
    if (Math.random() < 0.3) await new Promise((resolve) => setTimeout(resolve, Math.random() * 4))
    return transport(request, peer, signal)
  }

async function digestOf(options: RunScenarioOptions, which = scenario!) {
  const { journal, durationMs } = await runScenario(which, options)
  const requests = journal.filter(({ kind }) => kind === 'request').length
  return { digest: createHash('sha256').update(journalText(journal)).digest('hex'), durationMs, requests }
}

test('the same seed gives the same journal over 20 reruns, with random real delay in the service', async () => {
  const first = await digestOf({ seed: 7, transport: 'direct' })
  // Identical journals of a wrong run prove nothing: where it ends and what it asked is asserted too.
  expect(first).toMatchObject({ durationMs: 2_295_100, requests: 70 })
  for (let run = 0; run < 20; run++) {
    expect(await digestOf({ seed: 7, transport: 'direct', wrap: withRandomDelay })).toEqual(first)
  }
})

test('eight runs at once do not touch each other', async () => {
  const alone = await Promise.all([7, 8].map((seed) => digestOf({ seed, transport: 'direct' })))
  const wiredAlone = await digestOf({ seed: 7, transport: 'direct' }, wired)
  const together = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      index % 4 === 3
        ? digestOf({ seed: 7, transport: 'direct', wrap: withRandomDelay }, wired)
        : digestOf({ seed: 7 + (index % 2), transport: 'direct', wrap: withRandomDelay }),
    ),
  )
  together.forEach((result, index) => {
    expect(result).toEqual(index % 4 === 3 ? wiredAlone : alone[index % 2])
  })
})

test('eight runs at once through MSW keep to their own tenants', async () => {
  const alone = await digestOf({ seed: 3, transport: 'direct' })
  const together = await Promise.all(
    Array.from({ length: 8 }, () => digestOf({ seed: 3, transport: 'msw', wrap: withRandomDelay })),
  )
  for (const result of together) expect(result).toEqual(alone)
})

test('another seed gives another journal, and the same device', async () => {
  const { journal: one } = await runScenario(scenario!, { seed: 1, transport: 'direct' })
  const { journal: two } = await runScenario(scenario!, { seed: 2, transport: 'direct' })
  expect(journalText(one)).not.toBe(journalText(two))
  const serial = (journal: typeof one) =>
    journal.find((entry) => entry.kind === 'csp' && entry.uri.endsWith('SMBIOSSerialNumber'))
  expect(serial(one)).toMatchObject({ value: 'SIM-SLSE-000001' })
  expect(serial(two)).toMatchObject({ value: 'SIM-SLSE-000001' })
})

test('nothing of ours reads the clock or chance but the ports', async () => {
  const callers: string[] = []
  const trap = <Name extends 'now' | 'random'>(owner: { [Key in Name]: () => number }, name: Name) => {
    const real = owner[name]
    owner[name] = () => {
      const caller = new Error('trap').stack?.split('\n')[2] ?? ''
      if (/\/(src|machines)\//.test(caller) && !caller.includes('/src/ports/')) callers.push(caller)
      return real.call(owner)
    }
    return () => {
      owner[name] = real
    }
  }
  const release = [trap(Date, 'now'), trap(Math, 'random')]
  try {
    await runScenario(scenario!, { seed: 1, transport: 'direct' })
  } finally {
    for (const undo of release) undo()
  }
  expect(callers).toEqual([])
})
