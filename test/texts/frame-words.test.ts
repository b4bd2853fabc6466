import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LANGUAGE_IDS } from '../../src/domain/languages.ts'
import type { Screen } from '../../src/domain/screen.ts'
import { FRAME } from '../../src/texts/en-frame.ts'
import { FRAME_WORDINGS, frameWords } from '../../src/texts/frame-words.ts'
import { frameRows } from '../../src/ui/frame.ts'
import { textOfRow } from '../../src/ui/frame-text.ts'
import { initialModel } from '../../src/ui/model.ts'
import { rowWidth } from '../../src/ui/rows/row.ts'
import type { SessionSnapshot } from '../../src/ui/session.ts'
import { EMAIL, SNAPSHOT } from '../ui/samples.ts'

const SIZE = { columns: 80, rows: 24 }
const others = LANGUAGE_IDS.filter((id) => id !== 'en')

const rowsOf = (patch: Partial<SessionSnapshot>, more: object = {}, size = SIZE) => {
  const snapshot = { ...SNAPSHOT, ...patch }
  return frameRows({ snapshot, model: { ...initialModel(snapshot, size), ...more }, tick: 0 })
}
const bare = (text: string): string => text.replace(/[\s\u2067\u2069]/g, '')
const drawn = (...of: Parameters<typeof rowsOf>): string =>
  bare(
    rowsOf(...of)
      .map(textOfRow)
      .join('\n'),
  )

test('every word around the pages is read', () => {
  const source = ['src/ui', 'src/cli']
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((file) => `${folder}/${String(file)}`))
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  // Of `chords` and of what happens to the power the key is a value.
  const byValue = [...Object.keys(FRAME.chords), 'on', 'off', 'cut', 'restart', 'reset']
  const keys = Object.values(FRAME).flatMap((words) => Object.keys(words))
  const unread = keys.filter((key) => !byValue.includes(key) && !new RegExp(`[.'{ ]${key}\\b`).test(source))
  expect(unread).toEqual([])
})

test.each(others)('%s has each word, marked as our own translation', (id) => {
  const wordings = Object.entries(FRAME_WORDINGS[id]).flatMap(([group, words]) =>
    Object.entries(words).map(([key, wording]) => ({ at: `${group}.${key}`, ...wording })),
  )
  expect(wordings.filter(({ tag }) => tag !== 'assumed')).toEqual([])
  expect(wordings.filter(({ text }) => text.trim() !== text || text === '')).toEqual([])
  // Nothing was left in English. "Error:" is the same word in Spanish.
  const english = Object.values(FRAME).flatMap((words) => Object.values(words).map(({ text }) => text))
  const long = wordings.filter(({ text }) => text.length > 12 && english.includes(text)).map(({ at }) => at)
  expect(long).toEqual(id === 'es' ? ['ask.error'] : [])
})

const failing = (language: (typeof LANGUAGE_IDS)[number]): Screen => ({
  ...EMAIL,
  ...(language === 'en' ? {} : { language }),
  failure: { code: '0x80180014', text: '…' },
  progress: {},
})

test.each(LANGUAGE_IDS)('the frame speaks %s, and is as wide as the terminal', (language) => {
  const screen = failing(language)
  const { frame, hints, help, hands } = frameWords(screen.language)
  const page = drawn({ screen, dark: undefined } as never)
  for (const word of [frame.errorCode, frame.working, frame.simulated, hints.help]) expect(page).toContain(bare(word))
  const dark = { screen: null, dark: 'restart', ...(language === 'en' ? {} : { language }) } as const
  expect(drawn(dark)).toContain(bare(frame.restarting))
  expect(drawn({ screen }, { isHelpOpen: true })).toContain(bare(help.parts))
  expect(drawn({ screen }, { isHandsOpen: true })).toContain(bare(hands.lidAbout))
  expect(drawn({ screen }, {}, { columns: 60, rows: 10 })).toContain(bare(frame.tooSmall))
  const ended = { title: frame.ended, lines: ['desktop'] }
  expect(drawn({ screen, ended })).toContain(bare(frame.leave))
  const all = [rowsOf({ screen }), rowsOf({ screen }, { isHelpOpen: true }), rowsOf(dark), rowsOf({ screen, ended })]
  expect(all.flat().filter((row) => rowWidth(row) > SIZE.columns)).toEqual([])
})

test('the frame of a page in Arabic is read from the right', () => {
  const bottom = textOfRow(rowsOf({ screen: failing('ar') }).at(-1)!)
  expect(bottom.trimEnd()).toMatch(/ F1$/)
  expect(bottom.indexOf('0:01:02')).toBeLessThan(bottom.indexOf('F1'))
})
