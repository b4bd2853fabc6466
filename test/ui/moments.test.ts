import { describe, expect, test } from 'vitest'
import type { JournalEntry, RecordedSpec } from '../../src/domain/journal.ts'
import type { Screen } from '../../src/domain/screen.ts'
import { frameRows } from '../../src/ui/frame.ts'
import { frameOf } from '../../src/ui/frame-text.ts'
import { painted } from '../../src/ui/look/paint.ts'
import { THEMES } from '../../src/ui/look/themes.ts'
import { initialModel } from '../../src/ui/model.ts'
import type { SessionSnapshot } from '../../src/ui/session.ts'
import { Watched } from '../../src/ui/watched.ts'
import { DOWNLOAD, SNAPSHOT, STATUS } from './samples.ts'

const SIZE = { columns: 80, rows: 24 }
const page = (rest: Partial<Screen>): Screen => ({
  page: 'powerOn',
  title: '',
  body: [],
  controls: [],
  why: [],
  ...rest,
})
const drawn = (patch: Partial<SessionSnapshot>, size = SIZE) => frameOf({ ...SNAPSHOT, ...patch }, size)

const POWER_ON = page({ title: 'Just a moment…', progress: {} })
const HI = page({ page: 'firstLogon', title: 'Hi Alice Park', progress: {} })
const BRAND = { name: 'Contoso School', color: '#ffd700', logo: ['  ▄▄', ' ▀██▀'] }
const GREETING = page({
  page: 'welcome',
  step: 'greeting',
  title: 'Welcome to Contoso School',
  body: [{ text: 'Alice Park' }],
  progress: {},
  brand: BRAND,
})

describe('quiet moments fill the screen', () => {
  test.each([
    ['power-on', { screen: POWER_ON }, 'Just a moment…'],
    ['the first greeting', { screen: HI }, 'Hi Alice Park'],
    ['the greeting of the school', { screen: GREETING }, 'Welcome to Contoso School'],
    ['a restart', { screen: null, dark: 'restart' }, 'Restarting'],
    ['the start', { screen: null, dark: 'start' }, '█████ █████'],
  ] as const)('%s', (_, patch, said) => {
    const rows = drawn(patch).split('\n')
    expect(rows).toHaveLength(24)
    expect(rows.join('\n')).not.toContain('╭')
    expect(rows.join('\n')).not.toContain('Windows 11 SE  simulated')
    const row = rows.find((one) => one.includes(said))!
    const [left, right] = [row.indexOf(row.trim()), 80 - row.length]
    expect(Math.abs(left - right)).toBeLessThanOrEqual(1)
  })

  test('a page that asks, or that failed, has its box', () => {
    const failure = { code: '0x80070002', text: 'It failed.' }
    expect(drawn({ screen: { ...GREETING, step: 'failed', failure } })).toContain('╭')
    expect(drawn({ screen: { ...POWER_ON, failure } })).toContain('╭')
    expect(drawn({ screen: POWER_ON, ended: { title: 'The first boot has ended', lines: [] } })).toContain('╭')
  })

  test('help lies over them', () => {
    const snapshot = { ...SNAPSHOT, screen: POWER_ON }
    const model = { ...initialModel(snapshot, SIZE), isHelpOpen: true }
    const text = frameRows({ snapshot, model, tick: 0 })
      .flat()
      .map((one) => one.text)
    expect(text.join('')).toContain('Shift+Tab')
  })

  test('the colour of the school is behind all cells of its greeting, and its logo keeps its shape', () => {
    const snapshot = { ...SNAPSHOT, screen: GREETING }
    const rows = frameRows({ snapshot, model: initialModel(snapshot, SIZE), tick: 0 }).slice(0, 22)
    for (const one of rows.flat()) expect(painted(one, THEMES.dark)).toEqual({ ink: '#000000', fill: '#ffd700' })
    const [first, second] = drawn({ screen: GREETING })
      .split('\n')
      .filter((row) => row.includes('▄▄') || row.includes('▀██▀'))
    expect(first!.indexOf('▄▄') - second!.indexOf('▀██▀')).toBe(1)
  })
})

test('a device without power is dark, and has no network', () => {
  const rows = drawn({ screen: null, dark: 'off' }).split('\n')
  expect(rows.slice(0, 23).join('').trim()).toBe('')
  expect(rows[23]).not.toContain('Contoso-Students')
  expect(drawn({ screen: null, dark: 'restart' })).not.toContain('Contoso-Students')
})

test('what is dark, by the journal', () => {
  const watched = new Watched({
    device: { adapters: [], smbios: {}, windows: { languages: ['en-US'] }, title: '' },
  } as unknown as RecordedSpec)
  const take = (entry: object) => watched.take({ seq: 0, ...entry } as JournalEntry)
  const seen = () => [watched.snapshot().dark, watched.snapshot().since]
  expect(seen()).toEqual(['start', 0])
  take({ kind: 'power', event: 'on', at: 5, boot: 1 })
  take({ kind: 'screen', at: 7, screen: POWER_ON })
  expect(seen()).toEqual([undefined, 7])
  take({ kind: 'screen', at: 9, screen: POWER_ON })
  expect(seen()).toEqual([undefined, 7])
  take({ kind: 'power', event: 'restart', at: 20, boot: 1 })
  expect(seen()).toEqual(['restart', 20])
  take({ kind: 'power', event: 'off', at: 21, boot: 1 })
  expect(seen()).toEqual(['off', 21])
})

test('the language of the last page is kept over a restart, and forgotten by a reset', () => {
  const watched = new Watched({
    device: { adapters: [], smbios: {}, windows: { languages: ['en-US'] }, title: '' },
  } as unknown as RecordedSpec)
  const take = (entry: object) => watched.take({ seq: 0, ...entry } as JournalEntry)
  const words = () => drawn({ ...watched.snapshot(), screen: null, dark: 'restart' })
  take({ kind: 'screen', at: 7, screen: { ...POWER_ON, language: 'de' } })
  expect(watched.snapshot().language).toBe('de')
  take({ kind: 'power', event: 'restart', at: 20, boot: 1 })
  expect(watched.snapshot().language).toBe('de')
  expect(words()).toContain('Neustart')
  take({ kind: 'power', event: 'reset', at: 30, boot: 2 })
  expect(watched.snapshot().language).toBeUndefined()
  expect(words()).toContain('Restarting')
})

test('before the first page, and after a reset, the language is that of the device', () => {
  const watched = new Watched({
    device: { adapters: [], smbios: {}, windows: { languages: ['ja-JP', 'de-DE'] }, title: '' },
  } as unknown as RecordedSpec)
  const take = (entry: object) => watched.take({ seq: 0, ...entry } as JournalEntry)
  expect(watched.snapshot().language).toBe('ja')
  expect(drawn(watched.snapshot())).toContain('F1 ヘルプ')
  take({ kind: 'screen', at: 7, screen: { ...POWER_ON, language: 'de' } })
  expect(watched.snapshot().language).toBe('de')
  take({ kind: 'power', event: 'reset', at: 30, boot: 2 })
  expect(watched.snapshot().language).toBe('ja')
})

describe('something moves on a page that works for long', () => {
  test('the time that it has taken', () => {
    const at = (now: number, screen: Screen) => drawn({ screen, since: 60_000, now })
    expect(at(69_000, STATUS)).not.toMatch(/Working….*0:00:09/)
    expect(at(185_000, STATUS)).toMatch(/Working….*0:02:05/)
    expect(at(185_000, DOWNLOAD)).toContain('0:02:05  │')
  })

  test('the speed that long work comes to', () => {
    expect(drawn({ screen: STATUS, speed: 60, rate: 240.4 })).toContain('×240')
    expect(drawn({ screen: STATUS, speed: 0, rate: 0 })).toContain('❚❚')
  })
})
