import { journalText } from '../../src/journal/writer.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

/**
 * Happy paths one after the other in one process, counted from when it is warm. Arguments: how many come before, how many are
 * counted, and the transport. It runs on older revisions too: it may use nothing new.
 */
const [before, count] = process.argv.slice(2, 4).map(Number) as [number, number]
const transport = process.argv[4] === 'msw' ? 'msw' : 'direct'

const scenario = loadScenarios('surface-wifi-happy-path')[0]!
const spent: number[] = []
for (let seed = 1; seed <= before + count; seed++) {
  const startedAt = processorMs()
  const result = await runScenario(scenario, { seed, transport })
  if (!result.passed) throw new Error(`seed ${seed}: ${result.failures.join('; ')}`)
  journalText(result.journal)
  if (seed > before) spent.push(processorMs() - startedAt)
}
const total = spent.reduce((sum, one) => sum + one, 0)
console.log(JSON.stringify({ meanMs: total / count, medianMs: spent.toSorted((a, b) => a - b)[count >> 1] }))

function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
