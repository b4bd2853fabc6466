import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import type { ServerWords } from '../../src/domain/server-act.ts'
import type { EventRule } from '../../src/events/event-rules.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

const once = { times: 1, from: 1 }
const MINUTE_MS = 60_000

const at = (minutes: number, value: ServerWords, forMs?: number): EventRule => ({
  when: { kind: 'time', atMs: minutes * MINUTE_MS },
  does: { kind: 'server', value },
  ...(forMs === undefined ? {} : { forMs }),
  ...once,
})

/** The ordinary first boot, which is over after 35 minutes, with these events. */
async function withEvents(...events: EventRule[]) {
  const [scenario] = loadScenarios('surface-wifi-happy-path')
  return runScenario({ ...scenario!, events, expect: null }, { seed: 1, transport: 'direct' })
}

const written = (journal: readonly JournalEntry[], uri: RegExp) =>
  journal.flatMap((entry) =>
    entry.kind === 'csp' && entry.by === 'server' && uri.test(entry.uri) ? [[entry.at, entry.status]] : [],
  )

const RELEASE = /^\.\/Device.*ServerHasFinishedProvisioning$/
const USER_RELEASE = /^\.\/User.*ServerHasFinishedProvisioning$/
const NAME = /DevDetail\/Ext\/Microsoft\/DeviceName$/
const NAME_URI = './DevDetail/Ext/Microsoft/DeviceName'

describe('the management server', () => {
  test('releases a phase that it holds when it is ordered to, and not before', async () => {
    const { journal } = await withEvents(at(0, { hold: 'device' }), at(20, { release: 'device', session: 'push' }))
    const [[releasedAt], ...others] = written(journal, RELEASE) as [[number], ...unknown[]]
    expect(others).toEqual([])
    expect(releasedAt).toBeGreaterThan(20 * MINUTE_MS)
    expect(releasedAt).toBeLessThan(20.1 * MINUTE_MS)
  })

  test('releases it in the next session when the hold ends', async () => {
    const { journal, outcome } = await withEvents(at(0, { hold: 'user' }, 50 * MINUTE_MS))
    const times = written(journal, USER_RELEASE).map(([time]) => time!)
    expect(times).toHaveLength(1)
    expect(times[0]).toBeGreaterThan(50 * MINUTE_MS)
    expect(outcome).toMatchObject({ kind: 'desktop' })
  })

  test('releases at once what it never planned to release', async () => {
    const [scenario] = loadScenarios('server-never-finishes')
    const events = [at(10, { release: 'device' as const, session: 'push' as const })]
    const { journal } = await runScenario({ ...scenario!, events, expect: null }, { seed: 1, transport: 'direct' })
    expect(written(journal, RELEASE)).toHaveLength(1)
  })

  test.each<['next' | 'this' | 'push', (begun: number[], sent: number) => boolean]>([
    // A session that begins after the event.
    ['next', (begun, sent) => begun.some((time) => time > 20 * MINUTE_MS && sent >= time)],
    ['push', (_, sent) => sent < 20 * MINUTE_MS + 1_000],
  ])('sends a command in the session %s', async (session, isRight) => {
    const { journal } = await withEvents(at(20, { command: 'Get', uri: NAME_URI, session }))
    const begun = journal.flatMap((entry) => (entry.kind === 'session' && entry.event === 'begun' ? [entry.at] : []))
    const own = written(journal, NAME).map(([time]) => time!)
    expect(own.some((sent) => sent > 20 * MINUTE_MS && isRight(begun, sent))).toBe(true)
  })

  test('has no session to send a command in, where none is under way', async () => {
    const { failures } = await withEvents(at(20, { command: 'Get', uri: NAME_URI, session: 'this' }))
    expect(failures).toEqual([expect.stringContaining('the device holds no session')])
  })

  test('cannot release what no person has signed in for', async () => {
    const { failures } = await withEvents(at(4, { release: 'user' }))
    expect(failures).toEqual([expect.stringContaining('no person has signed in')])
  })

  test('that is silent gives no answer until it ends', async () => {
    const { journal, outcome } = await withEvents(at(4, { silent: true }, 10 * MINUTE_MS))
    const held = journal.flatMap((entry) => (entry.kind === 'csp' && entry.by === 'server' ? [entry.at] : []))
    expect(held.filter((time) => time > 4.1 * MINUTE_MS && time < 14 * MINUTE_MS)).toEqual([])
    expect(held.some((time) => time > 14 * MINUTE_MS)).toBe(true)
    expect(outcome).toMatchObject({ kind: 'desktop' })
  })
})

test('a device that refuses a command does not carry it out', async () => {
  const refuse = { csp: 'Add */WiFi/Profile/*', status: 500 }
  const { journal, outcome } = await withEvents({
    when: { kind: 'time', atMs: 0 },
    does: { kind: 'refuse', value: refuse },
    ...once,
  })
  const statuses = written(journal, /\/WiFi\/Profile\//).map(([, status]) => status)
  expect(new Set(statuses)).toEqual(new Set([500]))
  // The page counts what is not there.
  expect(outcome.kind).not.toBe('desktop')
})
