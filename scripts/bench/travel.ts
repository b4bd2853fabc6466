import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { specOf } from '../../src/scenario/spec-of.ts'
import { byHand } from '../../test/cli/by-hand.ts'

/**
 * Milliseconds from the key to the moment 30 minutes before, in a run by hand that has come to its end: over its restarts, journals and all.
 * What is neither processor time nor waiting is the machine's: other programs had its cores.
 */
const ROUNDS = Number(process.argv[2] ?? 9)
const MINUTES = 30

/** The second one is long: most of it is played again. */
const SCENARIOS = ['surface-wifi-happy-path', 'slow-and-lossy']

const out = mkdtempSync(join(tmpdir(), 'oobe-bench-travel-'))
const found: Record<string, { first: number; median: number; cpuMs: number; waitedMs: number; deviceMinutes: number }> =
  {}
try {
  for (const name of SCENARIOS) {
    const sealed = specOf(loadScenarios(name)[0]!, 1)
    const times: number[] = []
    const spent: number[] = []
    const waited: number[] = []
    let deviceMinutes = 0
    for (let round = 0; round < ROUNDS; round++) {
      const { session, travel, answerUpTo } = await byHand(sealed, out)
      await answerUpTo()
      const { now } = session.snapshot()
      deviceMinutes = now / 60_000
      const before = process.cpuUsage()
      const loop = performance.eventLoopUtilization()
      const startedAt = performance.now()
      const refusal = await travel.back({ to: 'earlier', minutes: MINUTES }, now)
      times.push(performance.now() - startedAt)
      waited.push(performance.eventLoopUtilization(loop).idle)
      const { user, system } = process.cpuUsage(before)
      spent.push((user + system) / 1000)
      const moved = now - session.snapshot().now
      if (refusal || Math.abs(moved - MINUTES * 60_000) > 1_000)
        throw new Error(`${name}: ${refusal ?? `moved ${moved} ms`}`)
      await travel.end()
    }
    const medianOf = (values: number[]): number => values.toSorted((a, b) => a - b)[ROUNDS >> 1]!
    found[name] = {
      first: times[0]!,
      median: medianOf(times),
      cpuMs: medianOf(spent),
      waitedMs: medianOf(waited),
      deviceMinutes,
    }
  }
} finally {
  rmSync(out, { recursive: true, force: true })
}
console.log(JSON.stringify(found))
