import { expect, test } from 'vitest'
import type { HttpRequest } from '../../src/domain/http.ts'
import { against, changed, type Played, type Playing, type Seen, textOf } from './foreign-server.ts'

/** Terms of use of a server of other making: what it is asked with, and what its answers lead to. */
const ASKED: Playing = { scenario: 'terms-of-use' }
const isPage = ({ url }: HttpRequest) => new URL(url).pathname === '/TermsOfUse'
const of = (run: { log: Seen[] }, event: string) => run.log.filter((seen) => seen.event === event)
const outcomeOf = ({ result }: Played) => result.outcome

test('terms are shown, accepted by the right button, and their blob comes back with the enrolment [point 11: foreign server]', async () => {
  const run = await against(['terms=yes'], undefined, ASKED)
  expect(outcomeOf(run)).toMatchObject({ kind: 'desktop', managed: true })
  expect([of(run, 'terms').length, of(run, 'agreed').length, of(run, 'refused')]).toEqual([1, 1, []])
  const text = JSON.stringify(run.result.journal.filter((entry) => entry.kind === 'screen'))
  expect(text).toContain('Keep it dry & charged.')
})

test('a server that denies them says why, and no device joins [point 11: foreign server]', async () => {
  const run = await against(['terms=denied'], undefined, ASKED)
  // There are no terms to accept, as the person would.
  const text = expect.stringContaining('ERR_TERMS_OF_USE_ACCESS_DENIED')
  expect(outcomeOf(run)).toMatchObject({ kind: 'unanswered', page: 'deviceJoin', text })
  expect(of(run, 'discover')).toEqual([])
})

test('who declines does not enrol [point 11: foreign server]', async () => {
  const run = await against(['terms=yes'], undefined, { scenario: 'terms-of-use-declined' })
  expect([of(run, 'terms').length, of(run, 'discover').length]).toEqual([1, 0])
})

const query = (name: string, value: string) => (request: HttpRequest) => {
  const url = new URL(request.url)
  url.searchParams.set(name, value)
  return { ...request, url: url.href }
}
const header = (name: string, change: (value: string) => string) => (request: HttpRequest) => ({
  ...request,
  headers: { ...request.headers, [name]: change(request.headers[name] ?? '') },
})
/** Another character of base64url, well inside the signature. */
const spoilt = (token: string) => `${token.slice(0, -40)}${token.at(-40) === 'A' ? 'B' : 'A'}${token.slice(-39)}`

test.each<[string, (request: HttpRequest) => HttpRequest, RegExp]>([
  ['another api-version', query('api-version', '2.0'), /^api-version 2.0$/],
  ['another mode', query('mode', 'settings'), /^mode settings$/],
  ['another way back', query('redirect_uri', 'https://else.example/'), /^the answer is wanted at https:/],
  ['a client-request-id that is none', query('client-request-id', '1'), /^client-request-id$/],
  ['another CXH-HOST', header('cxh-host', () => 'CLOUDEXPERIENCEHOST'), /^CXH-HOST/],
  ['a token that is a bit another', header('authorization', spoilt), /^the signature of the token does not verify$/],
])('terms that are asked for with %s are not shown [point 11: foreign server]', async (_, change, text) => {
  const run = await against(['terms=yes'], (request) => (isPage(request) ? change(request) : request), ASKED)
  expect(of(run, 'refused')[0]).toMatchObject({ where: 'page', text: expect.stringMatching(text) })
  expect(outcomeOf(run)).not.toMatchObject({ kind: 'desktop' })
})

test('another blob than the one of the acceptance is refused with InvalidEnrollmentData [points 11, 25: foreign server]', async () => {
  const item = /(Name="EnrollmentData"><ac:Value>)./
  const run = await against(
    ['terms=yes'],
    (request) => (item.test(textOf(request)) ? changed(request, item, '$1*') : request),
    ASKED,
  )
  expect(outcomeOf(run)).toMatchObject({ kind: 'failed', code: '0x80180019' })
})
