import { expect, test } from 'vitest'
import type { JournalFact } from '../../src/domain/journal.ts'
import { inOrder } from '../../src/ports/seeded-choices.ts'
import { VirtualTimeline } from '../../src/ports/virtual-timeline.ts'
import { RecordedChoices } from '../../src/run/recorded-choices.ts'
import { entriesOf, recordOf, replayOf, sealedScenario } from './recorded.ts'

const NAME = 'second-user'

const choicesIn = (text: string) => entriesOf(text).flatMap((entry) => (entry.kind === 'choice' ? [entry] : []))

test('each choice of a run is journalled once, with what it was between', async () => {
  const choices = choicesIn((await recordOf(sealedScenario(NAME))).text)
  expect(choices.length).toBeGreaterThan(3)
  expect(choices.map(({ choice }) => choice)).toEqual(choices.map((_, index) => index))
  for (const { of, picked } of choices) {
    expect(of.length).toBeGreaterThan(1)
    expect(of[picked]).toBeDefined()
  }
})

test('another answer is the same run up to there, and another one after it', async () => {
  const record = await recordOf(sealedScenario(NAME))
  const requests = choicesIn(record.text).find(({ of }) => of.every((what) => what.startsWith('arrive')))!
  const other = requests.picked === 0 ? 1 : 0
  const text = await replayOf(record, undefined, new Map([[requests.choice, other]]))
  const [lines, others] = [record.text.split('\n'), text.split('\n')]
  expect(others.slice(0, requests.seq)).toEqual(lines.slice(0, requests.seq))
  expect(choicesIn(text)[requests.choice]).toEqual({ ...requests, picked: other })
  expect(others.slice(requests.seq + 1)).not.toEqual(lines.slice(requests.seq + 1))
  expect(text).toContain('"passed":true')
})

test('answers may be pinned in the RunSpec', async () => {
  const sealed = sealedScenario(NAME)
  const [first] = choicesIn((await recordOf(sealed)).text)
  const other = first!.picked === 0 ? 1 : 0
  const { text } = await recordOf({ ...sealed, spec: { ...sealed.spec, choices: { 0: other } } })
  expect(choicesIn(text)[0]).toMatchObject({ picked: other })
})

test.each([
  [{ 0: 9 }, /choice 0 has \d answers, and 9 is none of them/],
  [{ 4000: 0 }, /choice 4000 never came/],
])('a list of answers %j that does not fit is refused', async (choices, message) => {
  const sealed = sealedScenario(NAME)
  await expect(recordOf({ ...sealed, spec: { ...sealed.spec, choices } })).rejects.toMatchObject({
    code: 'ERR_CHOICE',
    message: expect.stringMatching(message),
  })
})

test('what lies within the jitter of the network is a choice, and what lies beyond is none', async () => {
  const asked: string[][] = []
  const facts: JournalFact[] = []
  const choices = new RecordedChoices(
    { write: (fact) => facts.push(fact) },
    { pick: (candidates) => asked.push(candidates.map(({ what }) => what)) && candidates.length - 1 },
    new Map(),
  )
  const timeline = new VirtualTimeline(choices)
  const fired: [string, number][] = []
  for (const [what, delay, slackMs] of [
    ['a', 100, 9],
    ['b', 104, 9],
    ['timer', 108, 0],
    ['late', 120, 0],
  ] as const) {
    timeline.schedule(delay, () => fired.push([what, timeline.now]), { what, slackMs })
  }
  await timeline.run({ done: () => false })
  expect(asked).toEqual([
    ['a', 'b', 'timer'],
    ['a', 'b'],
  ])
  expect(fired).toEqual([
    ['timer', 108],
    ['b', 108],
    ['a', 108],
    ['late', 120],
  ])
  expect(facts.map((fact) => fact.kind === 'choice' && fact.picked)).toEqual([2, 1])
})

test('an entry without an alternative asks for nothing', async () => {
  let asked = 0
  const timeline = new VirtualTimeline({ pick: () => asked++ })
  for (const delay of [1, 2, 3]) timeline.schedule(delay, () => {})
  await timeline.run({ done: () => false })
  expect(asked).toBe(0)
  expect(inOrder.pick([])).toBe(0)
})

test('a moment that is no number is our bug, at once', () => {
  const timeline = new VirtualTimeline(inOrder)
  expect(() => timeline.schedule(Number.NaN, () => {})).toThrow(RangeError)
})
