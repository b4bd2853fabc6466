import { collecting } from './collected.ts'
import { isError, isFlaky, isKnown, type Reporter } from './reporter.ts'

/** Of the document: later ones may have more members. */
const FORMAT = 1

/** All that reporters know, for programs. */
export function jsonReporter(write: (text: string) => void, version: string): Reporter {
  return collecting(({ finished, notPlayed, end }) => {
    const document = {
      format: FORMAT,
      tool: { name: 'oobe-sim', version },
      startedAt: new Date(end.startedAt).toISOString(),
      endedAt: new Date(end.endedAt).toISOString(),
      ...(end.stopped ? { stopped: end.stopped } : {}),
      counts: {
        passed: finished.filter((one) => one.passed && !isKnown(one)).length,
        failed: finished.filter((one) => !one.passed && !isError(one)).length,
        errors: finished.filter(isError).length,
        flaky: finished.filter(isFlaky).length,
        known: finished.filter(isKnown).length,
        notPlayed: notPlayed.length,
      },
      scenarios: finished,
      notPlayed,
    }
    write(`${JSON.stringify(document, null, 2)}\n`)
  })
}
