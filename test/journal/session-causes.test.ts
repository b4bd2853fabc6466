import { expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { sessionCausesOf, sessionCauseText } from '../../src/journal/cause/sessions.ts'
import { exchangesOf } from '../../src/journal/wire.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

const SYNC = '/devicemanagement/'
type Spoil = (text: string) => { status?: number; text: string }

/** The happy path with a management server whose answers are spoiled. */
const play = async (spoil: Spoil) => {
  const [scenario] = loadScenarios('surface-wifi-happy-path')
  return runScenario(scenario!, {
    seed: 1,
    transport: 'direct',
    wrap: (transport) => async (request, peer, signal) => {
      const response = await transport(request, peer, signal)
      if (!request.url.includes(SYNC)) return response
      const { status = 200, text } = spoil(new TextDecoder().decode(response.body))
      return { ...response, status, headers: {}, body: new TextEncoder().encode(text) }
    },
  })
}
const verdictIn = (journal: readonly JournalEntry[]) => journal.findLast((entry) => entry.kind === 'verdict')!

test.each<[string, Spoil, object, RegExp]>([
  [
    'one wrong byte',
    (text) => ({ text: text.replace('</SyncBody>', '</SyncBodi>') }),
    { side: 'server', code: 'ERR_XML_MALFORMED' },
    /^(\d+) of \1 management sessions failed, by the server's answer: the answer of OMA-DM session 1 message 1 cannot be read: 1:\d+: .* \(ERR_XML_MALFORMED\), first at \d+:\d+ in exchange \d+$/,
  ],
  [
    'a page of a filter',
    () => ({ text: '<html>Blocked by the school filter</html>' }),
    { side: 'server', code: 'ERR_SYNCML_MALFORMED' },
    /the root element is not a SyncML of version 1\.2/,
  ],
  [
    'an error',
    () => ({ status: 503, text: 'busy' }),
    { side: 'server', code: 'ERR_HTTP_503' },
    /was answered with HTTP 503 \(ERR_HTTP_503\)/,
  ],
  ['nothing', () => ({ text: '' }), { side: 'server' }, /by the server's answer: /],
])('a server that sends %s: the reason is in outcome, verdict and wire', async (_, spoil, cause, text) => {
  const { journal, outcome, passed } = await play(spoil)
  expect(passed).toBe(false)
  const [first, ...others] = sessionCausesOf(journal)
  expect(others).toEqual([])
  expect(first).toMatchObject(cause)
  expect(sessionCauseText(first!)).toMatch(text)
  expect(verdictIn(journal)).toMatchObject({ causes: [sessionCauseText(first!)] })
  expect('note' in outcome && outcome.note).toContain(`the last one failed with ${first!.code}`)
  const exchange = exchangesOf(journal).find(({ id }) => id === first!.exchange)!
  expect(exchange).toMatchObject({ url: expect.stringContaining(SYNC), why: [`${first!.text} (${first!.code})`] })
})

test('a run without trouble has no cause', async () => {
  const { journal } = await play((text) => ({ text }))
  expect(sessionCausesOf(journal)).toEqual([])
  expect(verdictIn(journal)).not.toHaveProperty('causes')
})
