import { expect, test } from 'vitest'
import type { HttpRequest } from '../../src/domain/http.ts'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { journalText } from '../../src/journal/writer.ts'
import { formsOf } from '../forms-of.ts'
import { against, changed, flipped, textOf, withHeader } from './foreign-server.ts'

/** Enrolling without a token, as the policy of a server of other making requires it. */
test('without a token a policy OnPremise has the name and the password sent, to policies and issuance alike [point 9: foreign server]', async () => {
  const run = await against(['enrollee=password'])
  expect(run.result.outcome).toMatchObject({ kind: 'desktop', managed: true })
  const sent = run.exchanges.filter(({ request }) => textOf(request).includes(':UsernameToken'))
  expect(sent.map(({ request }) => request.url.split('/').at(-1))).toEqual(['rules', 'issue'])
  expect(run.log.filter(({ event }) => event === 'refused')).toEqual([])
  expectNoPassword(run.result.journal)
})

/** Of the foreign server's profile. */
const PASSWORD = 'hedge & <row>'

function expectNoPassword(journal: readonly JournalEntry[]): void {
  const text = journalText(journal)
  expect(formsOf(PASSWORD).filter((form) => text.includes(form))).toEqual([])
}

const GATE = ['enrollee=password', 'auth=Federated', 'gate=open']

test('without a token a policy Federated asks for a sign-in on its page, and shows its result [point 9: foreign server]', async () => {
  const run = await against(GATE)
  expect(run.result.outcome).toMatchObject({ kind: 'desktop', managed: true })
  const shown = run.exchanges.filter(({ request }) => textOf(request).includes('DeviceEnrollmentUserToken"'))
  expect(shown.map(({ request }) => request.url.split('/').at(-1))).toEqual(['rules', 'issue'])
  expect(run.log.filter(({ event }) => event === 'refused')).toEqual([])
  expectNoPassword(run.result.journal)
})

test.each<[string, (request: HttpRequest) => HttpRequest, string]>([
  [
    'another password',
    (request) => (request.url.endsWith('/gate/in') ? changed(request, 'word=hedge', 'word=Hedge') : request),
    '0x8018000f',
  ],
  [
    'a form without its cookie',
    (request) => (request.url.endsWith('/gate/in') ? withHeader(request, 'cookie', 'visit=0') : request),
    '0x8018000f',
  ],
  [
    'a result that is a bit another',
    (request) => {
      const token = /UserToken"[^>]*>([^<]+)</.exec(textOf(request))?.[1]
      return token ? changed(request, token, flipped(token, 2)) : request
    },
    '0x80180002',
  ],
])('%s is no sign-in [point 9: foreign server]', async (_, change, code) => {
  const run = await against(GATE, change)
  expect(run.result.outcome).toMatchObject({ kind: 'failed', page: 'enrollment', code })
  expect(run.log.some(({ event }) => event === 'issued')).toBe(false)
})

test('another password is refused, and nothing is asked for twice [points 9, 26: foreign server]', async () => {
  const run = await against(['enrollee=password'], (request) =>
    textOf(request).includes(':UsernameToken') ? changed(request, 'hedge &amp;', 'hedge  &amp;') : request,
  )
  expect(run.result.outcome).toMatchObject({ kind: 'failed', page: 'enrollment', code: '0x80180002' })
  expect(run.log.filter(({ event }) => event === 'refused')).toHaveLength(1)
})

test.each<[string, string]>([
  ['Federated', '0x8018000f'],
  ['Certificate', '0x80180028'],
])('who has a password alone does not enrol by the policy %s [point 9: foreign server]', async (auth, code) => {
  const run = await against(['enrollee=password', `auth=${auth}`])
  expect(run.result.outcome).toMatchObject({ kind: 'failed', page: 'enrollment', code })
})
