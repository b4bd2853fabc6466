import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forecastOf } from '../../src/cli/offers/forecast.ts'
import { offersFor } from '../../src/cli/offers/offers.ts'
import { FAULTS } from '../../src/domain/faults/faults.ts'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { journalText } from '../../src/journal/writer.ts'
import { isRecordedStimulus } from '../../src/run/recorded-stimulus.ts'
import { widthOf, wrap } from '../../src/ui/text-width.ts'
import { entriesOf, recordOf, replayOf, sealedScenario } from '../run/recorded.ts'
import { byHand } from './by-hand.ts'

let out: string
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'oobe-offers-'))
})
afterAll(() => rm(out, { recursive: true }))

const sealed = sealedScenario('surface-wifi-happy-path')

test('every offer has its own name, is explained, and can be written to a journal and read again', async () => {
  const entries = entriesOf((await recordOf(sealed)).text)
  const forecast = await forecastOf(sealed)
  // At the first page, in the middle of the status page, and at the end.
  for (const count of [30, 550, entries.length]) {
    const offers = offersFor(sealed.spec, entries.slice(0, count), forecast)
    expect(offers.length).toBeGreaterThan(60)
    expect(new Set(offers.map(({ id }) => id)).size).toBe(offers.length)
    expect(new Set(offers.map(({ group, label }) => `${group} ${label}`)).size).toBe(offers.length)
    for (const { label, about, stimuli } of offers) {
      expect(label).not.toBe('')
      expect(about).toMatch(/\.$/)
      // The palette of a terminal of 80 x 24 has three lines for it, and one for its name.
      expect.soft(wrap(about, 70).length, about).toBeLessThanOrEqual(3)
      expect.soft(widthOf(label), label).toBeLessThanOrEqual(54)
      expect(stimuli.length).toBeGreaterThan(0)
      for (const stimulus of stimuli) {
        const recorded = JSON.parse(JSON.stringify({ at: 0, by: 'terminal', step: 0, stimulus })) as unknown
        expect(isRecordedStimulus(recorded), label).toBe(true)
      }
    }
  }
})

test('a fault is offered while its request is to come, and no more once the page is passed', async () => {
  const entries = entriesOf((await recordOf(sealed)).text)
  const forecast = await forecastOf(sealed)
  const faultsAt = (count: number) =>
    offersFor(sealed.spec, entries.slice(0, count), forecast).flatMap(({ id }) =>
      id.startsWith('fault ') ? [id.slice('fault '.length)] : [],
    )
  const first = faultsAt(30)
  expect(first).toContain('enrolment-answers-503')
  expect(first.length).toBeGreaterThan(50)
  expect(faultsAt(entries.length)).not.toContain('enrolment-answers-503')
  // What has to be so from the beginning cannot begin now.
  const fromStart = FAULTS.filter(({ bites }) => 'fromStart' in bites).map(({ name }) => name)
  expect(first.filter((name) => fromStart.includes(name))).toEqual([])
})

test('what lasts is offered to be taken back once it is so', () => {
  const down: JournalEntry = {
    at: 1,
    seq: 1,
    kind: 'stimulus',
    by: 'terminal',
    stimulus: { kind: 'uplink', position: 'down' },
  }
  const at = (entries: readonly JournalEntry[]) => offersFor(sealed.spec, entries, []).map(({ label }) => label)
  expect(at([])).toContain('network down')
  expect(at([down])).not.toContain('network down')
  expect(at([down])).toContain('takes back: network down')
})

test('the licence of a person is taken away by hand: the journal has it, and the enrolment is refused', async () => {
  const { session, travel, answerUpTo, until } = await byHand(sealed, out)
  await answerUpTo('region')
  const offer = session.snapshot().cockpit!.offers!().find(({ label }) => /take the licence of alice/.test(label))!
  session.apply(offer.stimuli)
  const { entries } = travel.present.run.journal
  await until(() => entries.some((entry) => entry.kind === 'stimulus' && entry.stimulus.kind === 'tenantChange'))
  await answerUpTo('enrollment')
  await until(() => session.snapshot().screen?.failure !== undefined)
  expect(session.snapshot().screen).toMatchObject({ page: 'enrollment', failure: { code: '0x80180018' } })
  await travel.end()
})

test('a fault of the catalogue that is given by hand shows its code', async () => {
  const { session, travel, answerUpTo, until } = await byHand(sealed, out)
  await answerUpTo('region')
  await travel.forecast()
  const offered = () => session.snapshot().cockpit!.offers!().find(({ label }) => label === 'enrolment-answers-503')
  await until(() => offered() !== undefined)
  session.apply(offered()!.stimuli)
  await answerUpTo('enrollment')
  const { code } = FAULTS.find(({ name }) => name === 'enrolment-answers-503')!
  await until(() => session.snapshot().screen?.failure !== undefined)
  expect(session.snapshot().screen?.failure?.code).toBe(code)
  await travel.end()
})

test('what lasts ends when it was said, also after going back between, and the run can be played again', async () => {
  const { session, travel, answerUpTo, until } = await byHand(sealed, out)
  const links = () =>
    travel.present.run.journal.entries.flatMap((entry) =>
      entry.kind === 'stimulus' && entry.stimulus.kind === 'uplink' ? [{ at: entry.at, seq: entry.seq }] : [],
    )
  await answerUpTo('region')
  const offer = session.snapshot().cockpit!.offers!().find(({ label }) => label === 'network down')!
  expect(offer.back).toEqual([{ kind: 'uplink', position: 'up' }])
  session.apply(offer.stimuli, { ms: 40_000, stimuli: offer.back! })
  await until(() => links().length === 2)
  const [down, up] = links()
  expect(up!.at - down!.at).toBe(40_000)
  const first = travel.present
  session.travel({ to: 'entry', seq: down!.seq })
  await until(() => travel.present !== first)
  expect(links()).toHaveLength(1)
  session.setSpeed(Number.POSITIVE_INFINITY)
  await until(() => links().length === 2)
  expect(links()[1]!.at).toBe(up!.at)
  await answerUpTo()
  await travel.end()
  const { run, vault } = travel.present
  const text = journalText(run.journal.entries)
  expect(entriesOf(await replayOf({ text, vault })).slice(0, -1)).toEqual(entriesOf(text).slice(0, -1))
})
