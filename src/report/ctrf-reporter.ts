import { collecting, cut } from './collected.ts'
import { reasonLine } from './reason.ts'
import { type Finished, isError, isFlaky, isKnown, type Reporter } from './reporter.ts'
import { againOf } from './sum-up.ts'

/** Of the Common Test Report Format. */
const SPEC_VERSION = '0.0.0'
const TEXT_MAX = 10_000

/** Common Test Report Format: its schema allows no other members than these. */
export function ctrfReporter(write: (text: string) => void, version: string): Reporter {
  return collecting(({ finished, notPlayed, end }) => {
    const start = Math.round(end.startedAt)
    const stop = Math.round(end.endedAt)
    const known = finished.filter(isKnown).length
    const passed = finished.filter((one) => one.passed).length - known
    const other = finished.filter(isError).length
    const summary = {
      tests: finished.length + notPlayed.length,
      passed,
      failed: finished.length - passed - other - known,
      skipped: notPlayed.length,
      pending: known,
      other,
      flaky: finished.filter(isFlaky).length,
      start,
      stop,
      duration: stop - start,
    }
    const tests = [
      ...finished.map(testOf),
      ...notPlayed.map(({ id, file }) => ({ name: id, status: 'skipped', duration: 0, filePath: file })),
    ]
    const results = { tool: { name: 'oobe-sim', version }, summary, tests }
    write(`${JSON.stringify({ reportFormat: 'CTRF', specVersion: SPEC_VERSION, results }, null, 2)}\n`)
  })
}

function testOf(one: Finished): object {
  const { id, title, file, passed, realMs, deviceMs, seed, outcome, failures, reason, screen, journal, broken } = one
  const message = broken ? `${broken.code}: ${broken.message}` : failures.join('\n')
  return {
    name: id,
    status: isKnown(one) ? 'pending' : passed ? 'passed' : isError(one) ? 'other' : 'failed',
    rawStatus: broken ? broken.kind : (outcome?.kind ?? 'none'),
    duration: Math.round(realMs),
    suite: ['scenarios'],
    type: 'first boot',
    filePath: file,
    ...(passed ? {} : { message: cut(message, TEXT_MAX) }),
    ...(passed || reason.length === 0 ? {} : { trace: cut(reason.map(reasonLine).join('\n'), TEXT_MAX) }),
    ...(one.retries === undefined ? {} : { retries: one.retries }),
    ...(isFlaky(one) ? { flaky: true } : {}),
    ...(passed ? {} : { stdout: [...screen, ...againOf(one)].map((line) => cut(line, TEXT_MAX)) }),
    extra: {
      title,
      deviceSeconds: deviceMs / 1_000,
      ...(seed === undefined ? {} : { seed }),
      ...(outcome ? { outcome: outcome.text } : {}),
      ...(isKnown(one) ? { knownIssue: one.knownIssue, knownFailures: one.knownFailures } : {}),
      ...(journal === undefined ? {} : { journal }),
    },
  }
}
