import { causeOf } from '../../src/journal/cause/cause-of.ts'
import { evidenceManifest, evidenceOf, logArchive } from '../../src/report/evidence/evidence.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

/** Milliseconds from a journal to its cause, cold and then again and again, and to the archive of its logs and all of its evidence. */
const ROUNDS = 200

const [scenario] = loadScenarios('server-never-finishes')
const { journal } = await runScenario(scenario!, { seed: 1, transport: 'direct' })

function millisecondsOf(work: () => unknown): { first: number; median: number } {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now()
    work()
    times.push(performance.now() - startedAt)
  }
  return { first: times[0]!, median: times.toSorted((a, b) => a - b)[ROUNDS >> 1]! }
}

console.log(
  JSON.stringify({
    entries: journal.length,
    cause: millisecondsOf(() => causeOf(journal)),
    archive: millisecondsOf(() => logArchive(journal)),
    evidence: millisecondsOf(() => evidenceManifest(journal, evidenceOf(journal))),
  }),
)
