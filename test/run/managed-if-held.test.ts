import { expect, test } from 'vitest'
import type { Outcome } from '../../src/domain/journal.ts'
import { managedIfHeld } from '../../src/run/managed-if-held.ts'

const NOTE = 'enrolled, and no session with the management server was held'
const desktop: Outcome = { kind: 'desktop', account: 'standard', managed: true, autopilot: true }

test.each<[string, Outcome, number, Outcome]>([
  ['a session that was held', desktop, 1, desktop],
  ['none', desktop, 0, { ...desktop, managed: false, note: NOTE }],
  [
    'none, beside another note',
    { ...desktop, note: 'first' },
    0,
    { ...desktop, managed: false, note: `first; ${NOTE}` },
  ],
  ['no enrolment', { ...desktop, managed: false }, 0, { ...desktop, managed: false }],
  ['another end', { kind: 'poweredOff' }, 0, { kind: 'poweredOff' }],
])('a device is managed once a session was held: %s', (_, outcome, held, ended) => {
  expect(managedIfHeld(outcome, held, undefined)).toEqual(ended)
})

test('the note says what the last session failed with', () => {
  expect(managedIfHeld(desktop, 0, { code: 'ERR_HTTP_500', text: 'answered with HTTP 500' })).toMatchObject({
    note: `${NOTE}; the last one failed with ERR_HTTP_500: answered with HTTP 500`,
  })
})
