import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { boardLines, LiveFleet, plainBoard, terminalBoard } from '../../src/cli/fleet/board.ts'
import { redirectPrinting } from '../../src/cli/print.ts'
import { FakeTerminal } from '../ui/terminal.ts'
import { lineOf } from './lines.ts'
import { goodPlan } from './plans.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }))
afterEach(() => void vi.useRealTimers())

function liveOf(count: number, plan = goodPlan(['count: 12', 'count: 40']), toPlay = 40, before = 0): LiveFleet {
  const live = new LiveFleet(plan, toPlay, before)
  for (let index = 0; index < count; index++) live.add(lineOf(index, 1))
  return live
}

/** A terminal that shows what is printed as a note. */
function terminal(columns: number, rows: number): FakeTerminal {
  const one = new FakeTerminal(columns, rows)
  // A terminal driver makes a new line of each line feed.
  onTestFinished(redirectPrinting(() => (_, text) => void one.stdout.write(text.replaceAll('\n', '\r\n'))))
  return one
}

const shownBy = async (one: FakeTerminal): Promise<string[]> => {
  await one.settle()
  return one.rows().map((row) => row.trimEnd())
}

test('it has phases with their times, answers, causes, progress and what is left', () => {
  const live = liveOf(20)
  vi.advanceTimersByTime(10_000)
  expect(boardLines(live)).toEqual([
    'A class',
    '20 of 40 devices, 1 failed, 2.0/s, 10.0s, about 10.0s left',
    '',
    expect.stringMatching(/^phase +devices +p50 +p95 +p99 +max +p95 real +failed$/),
    expect.stringMatching(/^Enrolment in management +20 +10\.0s +19\.1s +20\.0s +20\.0s +0\.0s +0$/),
    expect.stringMatching(/^first boot +20 +10\.0s +19\.1s +20\.0s +20\.0s +0\.0s$/),
    '',
    '60 requests; answers: 200: 40, 503: 20',
    '',
    '1 device: no licence (0x80180018); the first is device 2',
  ])
})

test('before the first device has ended there is no time left, and no table of nothing', () => {
  const [title, progress, ...others] = boardLines(liveOf(0))
  expect([title, progress]).toEqual(['A class', '0 of 40 devices, 0 failed, 0.0/s, 0.0s'])
  expect(others.join('\n')).not.toContain('NaN')
})

test('the backlog is who should have started and has not ended', () => {
  const plan = goodPlan(['count: 12', 'count: 40'], ['closed: { atOnce: 2 }', 'constant: { rate: 2/s }'])
  const live = liveOf(3, plan)
  // Devices 0 to 10 have their time in five seconds.
  vi.advanceTimersByTime(5_000)
  expect([live.backlog, boardLines(live).includes('backlog: 8 devices')]).toEqual([8, true])
  vi.advanceTimersByTime(3_600_000)
  expect(live.backlog).toBe(37)
  expect(liveOf(3).backlog).toBeUndefined()
})

test('a fleet that is continued says how many were played before', () => {
  const live = liveOf(2, goodPlan(['count: 12', 'count: 40']), 10, 30)
  expect(boardLines(live)).toContain('30 of 40 were played before')
})

test('the rate is that of the devices that ended last', () => {
  const live = liveOf(1_000, goodPlan(['count: 12', 'count: 2000']), 2_000)
  vi.advanceTimersByTime(100_000)
  for (let index = 0; index < 200; index++) live.add(lineOf(2, 1))
  vi.advanceTimersByTime(1_000)
  expect(live.rate).toBe(200)
})

test('in a terminal it is drawn in its place, whatever its length, and nothing of before stays', async () => {
  const screen = terminal(90, 24)
  const live = liveOf(0)
  const board = terminalBoard(live, () => ({ columns: 90, rows: 24 }))
  for (let index = 0; index < 5; index++) live.add(lineOf(index, 1))
  live.notes.push('a process was lost')
  vi.advanceTimersByTime(300)
  expect((await shownBy(screen)).filter((row) => row !== '')).toContain('a process was lost')
  live.notes.length = 0
  board.end()
  const lines = boardLines(live)
  expect(await shownBy(screen)).toEqual([...lines, ...Array<string>(24 - lines.length).fill('')])
  const written = screen.written.length
  vi.advanceTimersByTime(10_000)
  expect(screen.written.length).toBe(written)
})

test('in a small window no line is broken, with wide letters neither, and the first rows are left', async () => {
  const screen = terminal(30, 6)
  const live = liveOf(20, goodPlan(['title: A class', 'title: 学校的第一天学校的第一天学校的第一天学校的第一天']))
  const board = terminalBoard(live, () => ({ columns: 30, rows: 6 }))
  vi.advanceTimersByTime(2_000)
  board.end()
  const shown = await shownBy(screen)
  expect(shown[0]).toMatch(/^学校的第一天学校的第一天学校…$/)
  expect(shown[1]).toMatch(/^20 of 40 devices, 1 failed,/)
  expect(shown.filter((row) => row.startsWith('20 of 40')).length).toBe(1)
})

test('a title and a note with control characters do nothing to the terminal', async () => {
  const live = liveOf(1, goodPlan(['title: A class', 'title: "a\\e[2Jb\\u202ec"']))
  live.notes.push('batch 1: \u001b]0;evil\u0007')
  expect(boardLines(live).join('\n')).not.toMatch(/[\u001b\u0007\u202e]/)
})

test('elsewhere it is a line every ten seconds', () => {
  const said: string[] = []
  const board = plainBoard(liveOf(20), (line) => said.push(line))
  vi.advanceTimersByTime(25_000)
  board.end()
  vi.advanceTimersByTime(25_000)
  expect(said).toEqual([
    '20 of 40 devices, 1 failed, 2.0/s, 10.0s, about 10.0s left',
    '20 of 40 devices, 1 failed, 1.0/s, 20.0s, about 20.0s left',
  ])
})
