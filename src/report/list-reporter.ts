import { formatDuration } from '../domain/duration.ts'
import { causeOf } from '../journal/cause/cause-of.ts'
import { whyLines } from '../journal/cause/lines.ts'
import { outcomeOf, outcomeText, requestsText, verdictOf } from '../journal/outcome.ts'
import { durationOf, specIn } from '../journal/story.ts'
import { type Finished, isPassed, type Reporter } from './reporter.ts'

/** One line for each scenario, what failed below it, and the counts at the end. */
export function listReporter(write: (line: string) => void): Reporter {
  const causes: string[] = []
  const count = { passed: 0, failed: 0, notPlayed: 0, realMs: 0, virtualMs: 0 }
  return {
    onFinished(one) {
      count[isPassed(one) ? 'passed' : 'failed']++
      count.realMs += one.realMs
      count.virtualMs += durationOf(one.journal)
      for (const line of linesOf(one)) write(line)
      const cause = isPassed(one) ? undefined : (one.broken?.message ?? causeOf(one.journal)?.sentence)
      if (cause !== undefined) causes.push(`✗ ${one.id}: ${cause}`)
    },
    onNotPlayed({ id }) {
      count.notPlayed++
      write(`- ${id}  not played`)
    },
    onEnd() {
      const { passed, failed, notPlayed, realMs, virtualMs } = count
      const left = notPlayed > 0 ? `, ${notPlayed} not played` : ''
      write('')
      // Below many scenarios: what is far above is said again.
      if (passed + failed > 1) for (const cause of causes) write(cause)
      write(
        `${passed} passed, ${failed} failed${left} (${formatDuration(virtualMs)} of device time in ${(realMs / 1000).toFixed(1)} s)`,
      )
    },
  }
}

function linesOf({ id, journal, broken }: Finished): string[] {
  if (broken) return [`! ${id}`, `    ${broken.code}: ${broken.message}`]
  const { passed, failures, service } = verdictOf(journal)!
  const asked = requestsText(service)
  const outcome = outcomeText(outcomeOf(journal)!)
  const head = `${passed ? '✓' : '✗'} ${id}  ${outcome}  [${formatDuration(durationOf(journal))}, seed ${specIn(journal)!.seed}${asked ? `, ${asked}` : ''}]`
  return [
    head,
    ...failures.map((failure) => `    ${failure}`),
    ...whyLines(journal, id).map((line) => `    why: ${line}`),
  ]
}
