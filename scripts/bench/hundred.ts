import { journalText } from '../../src/journal/writer.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

/** Happy paths one after the other in one process, every journal kept. Arguments: how many, and the transport. */
const count = Number(process.argv[2])
const transport = process.argv[3] === 'direct' ? 'direct' : 'msw'

const scenario = loadScenarios('surface-wifi-happy-path')[0]!
const journals: string[] = []
let virtualMs = 0
const startedAt = performance.now()
for (let seed = 1; seed <= count; seed++) {
  const result = await runScenario(scenario, { seed, transport })
  if (!result.passed) throw new Error(`seed ${seed}: ${result.failures.join('; ')}`)
  journals.push(journalText(result.journal))
  virtualMs += result.durationMs
}
const endedAt = performance.now()
const { user, system } = process.cpuUsage()
console.log(
  JSON.stringify({
    // From the start of the process, as a person who waits for it would count.
    totalMs: endedAt,
    runMs: endedAt - startedAt,
    cpuMs: (user + system) / 1000,
    virtualMs,
    journalBytes: journals.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / count,
    rssMb: process.memoryUsage().rss / 2 ** 20,
  }),
)
