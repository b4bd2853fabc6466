import type { Finished, Reporter, RunEnd } from '../../src/report/reporter.ts'

/** A scenario that passed, with some of it changed. */
export const played = (id: string, changes: Partial<Finished> = {}): Finished => ({
  id,
  file: `scenarios/${id}.yaml`,
  title: `About ${id}`,
  passed: true,
  seed: 7,
  realMs: 1_234.4,
  deviceMs: 125_000,
  outcome: { kind: 'desktop', text: 'desktop (standard user, managed, Autopilot)' },
  failures: [],
  reason: [],
  screen: ['[desktop] Desktop', '  Standard user'],
  journal: `out/${id}/journal.ndjson`,
  ...changes,
})

export const failed = (id: string, changes: Partial<Finished> = {}): Finished =>
  played(id, {
    passed: false,
    outcome: { kind: 'failed', text: 'failed on page enrollment with 0x80180018: no licence' },
    failures: ['expected the outcome desktop, got failed', 'expected it within 10:00, took 34:43'],
    reason: ['the user has no licence'],
    screen: ['[enrollment] Something went wrong', '  code 0x80180018'],
    ...changes,
  })

export const broken = (id: string): Finished =>
  played(id, { passed: false, broken: { kind: 'bug', code: 'ERR_BUG', message: 'a bug in oobe-sim: x' } })

export const END: RunEnd = { startedAt: 1_700_000_000_000, endedAt: 1_700_000_002_500 }

/** Tells a reporter of a whole run: names are those that were not played. */
export function tell(reporter: Reporter, all: readonly (Finished | string)[], end: RunEnd = END): void {
  reporter.onStart?.(all)
  for (const one of all) {
    if (typeof one === 'string') reporter.onNotPlayed({ id: one, file: `scenarios/${one}.yaml`, title: one })
    else reporter.onFinished(one)
  }
  reporter.onEnd(end)
}

/** Text that would be more than text, if it were not made harmless. */
export const HOSTILE =
  '::error::owned\r\n::set-output name=x::y\n  ::stop-commands::z ##[add-path]/tmp %0A::debug::x | `a` <img src=x> [a](javascript:b) @team \u001b]52;c;eA==\u0007 "</script>" # not ok'
