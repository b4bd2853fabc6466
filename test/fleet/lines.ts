import type { DeviceLine } from '../../src/fleet/device-line.ts'

/** A device that took `index + 1` seconds, and failed where its number is 1. */
export const lineOf = (index: number, attempt: number): DeviceLine => ({
  index,
  serial: `SIM-${index}`,
  model: 'm',
  tenant: 't',
  person: 'p',
  network: 'n',
  fault: 'none',
  seed: index,
  attempt,
  passed: index !== 1,
  outcome: index === 1 ? 'failed' : 'desktop',
  ...(index === 1 ? { cause: 'no licence', code: '0x80180018' } : {}),
  deviceMs: 1_000 * (index + 1),
  realMs: 10,
  intendedMs: 100 * index,
  startedMs: 100 * index + 7,
  phases: [{ name: 'Enrolment in management', deviceMs: 1_000 * (index + 1), realMs: 3, state: 'succeeded' }],
  requests: 3,
  statuses: { 200: 2, 503: 1 },
  unanswered: {},
  spec: `s${index}`,
})
