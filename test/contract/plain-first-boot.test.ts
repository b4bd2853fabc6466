import { expect, test } from 'vitest'
import type { Screen } from '../../src/domain/screen.ts'
import { sessionCausesOf } from '../../src/journal/cause/sessions.ts'
import { exchangesOf } from '../../src/journal/wire.ts'
import { seenAs } from './foreign-server.ts'
import { againstPlain, type PlainRun, verdictOf } from './plain-server.ts'

/** A first boot against a server that is like those in use: POST alone, no Final, no lists, GUIDs, a prefix that it does not declare. */
const ARRIVED = { kind: 'desktop', managed: true, autopilot: true }
const MINUTE_MS = 60_000
const SYNC = '/Vendor/MSFT/DMClient/Provider/Allotment/FirstSyncStatus'

const toServer = ({ exchanges }: PlainRun) =>
  exchanges.filter(({ request }) => new URL(request.url).hostname === 'localhost')
const screens = ({ result }: PlainRun): { at: number; screen: Screen }[] =>
  result.journal.flatMap((entry) =>
    entry.kind === 'screen' && 'screen' in entry ? [{ at: entry.at, screen: entry.screen }] : [],
  )
const sessionsOf = ({ result }: PlainRun) =>
  result.journal.flatMap((entry) => (entry.kind === 'session' && entry.event === 'ended' ? [entry] : []))

test('a server that lists nothing and never says Final brings the device to the desktop, asked by POST alone', async () => {
  const run = await againstPlain([])
  expect(run.result.outcome).toMatchObject(ARRIVED)
  expect(screens(run).filter(({ screen }) => screen.page === 'enrollmentStatus').length).toBeGreaterThan(0)
  expect(run.result.durationMs).toBeLessThan(30 * MINUTE_MS)
  expect(seenAs('asked', run.log).filter(({ method }) => method !== 'POST')).toEqual([])
  expect([...seenAs('closed', run.log), ...seenAs('refused', run.log), ...seenAs('bug', run.log)]).toEqual([])
  expect(toServer(run).map(({ response }) => response.status)).not.toContain(405)
  expect(sessionsOf(run).map(({ result }) => result)).toEqual(Array(4).fill('held'))
})

test('the release of a user is refused before the user is there, and taken once it is repeated', async () => {
  const { log } = await againstPlain([])
  const releases = seenAs('status', log).filter(({ uri }) => uri === `./User${SYNC}/ServerHasFinishedProvisioning`)
  expect(releases.length).toBeGreaterThan(1)
  for (const { code } of releases.slice(0, -1)) expect([404, 405]).toContain(code)
  expect(releases.at(-1)).toMatchObject({ code: 200 })
})

test('a release of a user whose nodes the server has not added is refused, and the page waits until its limit', async () => {
  const run = await againstPlain(['nodes=no', 'minutes=20'])
  const codes = seenAs('status', run.log).flatMap(({ uri, code }) => (String(uri).startsWith('./User/') ? [code] : []))
  expect(codes).toContain(404)
  expect(codes).not.toContain(200)
  expect(run.result.outcome).toMatchObject({ page: 'enrollmentStatusFailure', code: '0x800705b4' })
})

test('a server that never says Final costs one request more in each session, and none beside', async () => {
  const [without, with_] = [await againstPlain([]), await againstPlain(['final=yes'])]
  expect(with_.result.outcome).toMatchObject(ARRIVED)
  const sessions = sessionsOf(without).length
  expect(sessions).toBe(sessionsOf(with_).length)
  const ordered = ({ log }: PlainRun) => seenAs('status', log).map(({ command, uri, code }) => [command, uri, code])
  expect(ordered(without)).toEqual(ordered(with_))
  expect(toServer(without).length).toBeLessThanOrEqual(toServer(with_).length + sessions)
})

test('what the server writes while the page is open counts: limit, text and buttons', async () => {
  const run = await againstPlain(['shorten=yes'])
  const text = 'The exam app failed. Ask at the office.'
  expect(run.result.outcome).toMatchObject({ page: 'enrollmentStatusFailure', code: '0x800705b4', text })
  const written = run.result.journal.findLast(
    (entry) => entry.kind === 'csp' && entry.uri.endsWith('/CustomErrorText'),
  )!
  const isOpen = screens(run).find(({ screen }) => screen.page === 'enrollmentStatus')!
  expect(written.at).toBeGreaterThan(isOpen.at)
  const { at, screen } = screens(run).at(-1)!
  expect(at - written.at).toBeLessThanOrEqual(2 * MINUTE_MS)
  expect(screen.controls.map(({ id }) => id)).toEqual(['collectLogs', 'reset', 'continueAnyway'])
})

test('a prefix that is declared nowhere is reported in the journal and in the verdict, and carried out', async () => {
  const run = await againstPlain([])
  const odd = expect.stringMatching(/ has at 1:\d+ a prefix that is declared nowhere, "A": it is read/)
  expect(sessionsOf(run)[0]).toMatchObject({ result: 'held', odd: [{ message: 1, text: odd }] })
  expect(verdictOf(run)).toMatchObject({
    passed: true,
    causes: [expect.stringMatching(/^against the rules, and taken all the same, \d+ times: /)],
  })
  // What is named and marked is the exchange that has it, and not the last of its session.
  const [cause] = sessionCausesOf(run.result.journal)
  const marked = exchangesOf(run.result.journal).filter(({ why }) => why)
  expect(marked[0]).toMatchObject({ id: cause!.exchange, why: [cause!.text] })
  expect(marked.map(({ operation }) => operation.replace(/^OMA-DM session \d+ /, ''))).toEqual(
    Array(4).fill('message 1'),
  )
})

test('a device that takes no undeclared prefix fails, and says at which line and column', async () => {
  const run = await againstPlain(['minutes=20'], { behaviour: { allowsUndeclaredPrefix: false } })
  expect(seenAs('status', run.log)).toEqual([])
  const { passed, causes } = verdictOf(run)
  expect(passed).toBe(false)
  expect(causes).toContainEqual(
    expect.stringMatching(/sessions failed, by the server's answer: .*\b1:\d+\b.*ERR_XML_MALFORMED/),
  )
})

test('a refusal in plain text has the code of its HTTP status', async () => {
  const run = await againstPlain(['refuse=400'])
  expect(run.result.outcome).toMatchObject({ page: 'enrollment', code: '0x80190190' })
})

test('a list that the server sends is waited for', async () => {
  const run = await againstPlain(['lists=yes'])
  expect(run.result.outcome).toMatchObject(ARRIVED)
  const steps = screens(run).flatMap(({ screen }) => screen.progress?.categories?.flatMap(({ steps }) => steps) ?? [])
  expect(steps.map(({ status }) => status)).toContain('1 of 1 applied')
})

test.each(['yes', 'no'])(
  'a server without a status page is enough, whatever becomes of other addresses (close=%s)',
  async (close) => {
    const run = await againstPlain(['page=none', `close=${close}`], { scenario: 'server-without-status-page' })
    expect(run.result.outcome).toMatchObject(ARRIVED)
    expect(screens(run).map(({ screen }) => screen.page)).not.toContain('enrollmentStatus')
  },
)
