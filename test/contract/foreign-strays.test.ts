import { expect, test } from 'vitest'
import { judged } from '../../src/scenario/run-scenario.ts'
import { judge } from '../../src/scenario/verdict.ts'
import { against, type Played, seenAs } from './foreign-server.ts'
import { EXPECTING_NOTHING } from './plain-server.ts'

/** How a run against a real service is judged that expects nothing but a desktop. */
function failuresOf({ run, result }: Played): string[] {
  const prepared = { run, release: () => {}, service: { title: 'Hedgerow', requests: () => 9 } }
  return judged(prepared, EXPECTING_NOTHING, result).failures
}

const NOTE = 'enrolled, and no session with the management server was held'

test.each([
  ['session', 'ERR_SYNCML_OTHER_SESSION', 'allowsOtherSessionId'],
  ['target', 'ERR_SYNCML_OTHER_DEVICE', 'allowsOtherTarget'],
  ['ref', 'ERR_SYNCML_OTHER_MESSAGE', 'allowsOtherMessageId'],
])(
  'a server that mixes up the %s gets no pass: nothing is carried out, and all of it is reported',
  async (mix, code, allows) => {
    const { result, log } = await against([`mix=${mix}`])
    expect(result.journal.filter((entry) => entry.kind === 'csp' && entry.by === 'server')).toEqual([])
    const ends = result.journal.flatMap((entry) =>
      entry.kind === 'session' && entry.event === 'ended' ? [entry.result] : [],
    )
    expect(ends.length).toBeGreaterThan(2)
    for (const end of ends)
      expect(end).toMatchObject({ code, text: expect.stringMatching(/^the answer to message 1 of/) })
    const said = result.journal.flatMap((entry) =>
      entry.kind === 'log' && entry.level === 'error' ? [entry.text] : [],
    )
    expect(said).toContainEqual(
      `MDM Session: OMA-DM message failed to be sent. Result: (Unknown Win32 Error code: ${code}).`,
    )
    expect(seenAs('status', log)).toEqual([])
    expect(result.outcome).toMatchObject({ managed: false, note: expect.stringContaining(NOTE) })
    expect(judge(null, result)).toEqual(['no session with the management server was held'])
    expect(result.outcome).toMatchObject({ note: expect.stringContaining(`the last one failed with ${code}: `) })

    // A session that is allowed to be another one loses the order of its messages too.
    const behaviour = { [allows]: true, ...(mix === 'session' ? { allowsOtherMessageId: true } : {}) }
    const allowed = await against([`mix=${mix}`], undefined, { behaviour })
    expect(allowed.result.journal.some((entry) => entry.kind === 'csp' && entry.by === 'server')).toBe(true)
    expect(allowed.result.journal).toContainEqual(
      expect.objectContaining({ kind: 'log', level: 'warning', text: expect.stringMatching(`^${code} `) }),
    )
  },
)

test('a server that gives each message one MsgID, or its first answer again and again, gets no pass', async () => {
  for (const mix of ['message', 'replay']) {
    const played = await against([`mix=${mix}`, 'busy=no'])
    const ends = played.result.journal.flatMap((entry) =>
      entry.kind === 'session' && entry.result && entry.result !== 'held' ? [entry.result] : [],
    )
    expect(ends.length).toBeGreaterThan(0)
    for (const end of ends)
      expect(end).toMatchObject({ code: expect.stringMatching(/^ERR_SYNCML_(REPLAY|OTHER_SESSION)$/) })
    expect(failuresOf(played)).toContainEqual(
      expect.stringMatching(/^\d+ of \d+ management sessions ended with an answer to /),
    )
  }
})

test('a server that answers what was asked has nothing of that in its verdict', async () => {
  const played = await against([])
  expect(failuresOf(played)).toEqual([])
  expect(played.run.journal.entries.at(-1)).toMatchObject({
    kind: 'verdict',
    service: { title: 'Hedgerow', requests: 9 },
  })
})
