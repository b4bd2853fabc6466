import type { Finished } from './reporter.ts'

/**
 * What comes of a scenario whose file says that it fails for now: a failure of it is none, and one that passes is a failure, for what
 * its file says is not so any more. Infrastructure that failed, and a bug of ours, are what they are.
 */
export function withKnownIssue(one: Finished): Finished {
  const { knownIssue, passed, broken, failures, outcome } = one
  if (knownIssue === undefined || outcome?.kind === 'stopped') return one
  if (broken && broken.kind !== 'run') return one
  if (passed) {
    return {
      ...one,
      passed: false,
      failures: [`this known issue passes now: take knownIssue out of its file. It says: ${knownIssue}`],
    }
  }
  const { broken: _, ...others } = one
  return {
    ...others,
    passed: true,
    failures: [],
    reason: [],
    knownFailures: broken ? [`${broken.code}: ${broken.message}`] : failures,
  }
}
