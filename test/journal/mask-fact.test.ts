import { expect, test } from 'vitest'
import type { JournalFact } from '../../src/domain/journal.ts'
import { MASK } from '../../src/domain/secret.ts'
import { KnownSecrets } from '../../src/journal/known-secrets.ts'
import { maskedFact } from '../../src/journal/mask-fact.ts'

const PASSWORD = 'correct-horse'
const session = {
  kind: 'session',
  session: 1,
  event: 'ended',
  address: 'https://mdm.example/',
  startedBy: 'schedule',
} as const

test.each<[string, JournalFact]>([
  ['an odd answer', { ...session, result: 'held', odd: [{ message: 1, text: `the SessionID "${PASSWORD}"` }] }],
  ['a session that failed', { ...session, result: { code: 'ERR_XML_MALFORMED', text: `1:2: <${PASSWORD}>` } }],
  ['a cause', { kind: 'verdict', passed: false, failures: [], causes: [`1 of 1 sessions failed: "${PASSWORD}"`] }],
])('the words of a server that quote a secret are masked: %s', (_, fact) => {
  const secrets = new KnownSecrets()
  secrets.add(PASSWORD)
  const text = JSON.stringify(maskedFact(fact, secrets))
  expect(text).not.toContain(PASSWORD)
  expect(text).toContain(MASK)
})
