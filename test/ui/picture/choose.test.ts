import { describe, expect, test } from 'vitest'
import type { TerminalFacts } from '../../../src/ui/ask-terminal.ts'
import { PLAIN_LOOK } from '../../../src/ui/look/look.ts'
import { asksForPictures, PICTURE_NAMES, picturesOf } from '../../../src/ui/picture/choose.ts'

const CELL = { width: 9, height: 18 }
const NOTHING: TerminalFacts = { isKitty: false }
const ALL: TerminalFacts = { isKitty: true, hasGraphics: true, hasSixel: true, cell: CELL, name: 'iTerm2 3.6' }
const kindOf = (facts: Partial<TerminalFacts>, env = {}) =>
  picturesOf('auto', { isKitty: false, ...facts }, PLAIN_LOOK, env)?.kind

describe('the terminal says what it takes', () => {
  test.each([
    ['kitty', ALL, {}],
    ['iterm', { name: 'iTerm2 3.5.11' }, {}],
    ['iterm', { name: 'WezTerm 20240203', hasSixel: true, cell: CELL }, {}],
    ['iterm', {}, { TERM_PROGRAM: 'iTerm.app' }],
    ['iterm', {}, { LC_TERMINAL: 'iTerm2' }],
    ['sixel', { hasSixel: true, cell: CELL, name: 'foot(1.20)' }, {}],
    [undefined, { hasSixel: true }, {}],
    [undefined, { cell: CELL, name: 'VTE(7600)' }, {}],
  ] as const)('%s: %j %j', (kind, facts, env) => expect(kindOf(facts, env)).toBe(kind))

  test('a cell that it does not say is taken for 10 x 20 where the picture is scaled', () => {
    expect(picturesOf('auto', { isKitty: false, hasGraphics: true }, PLAIN_LOOK, {})?.cell).toEqual({
      width: 10,
      height: 20,
    })
    expect(picturesOf('auto', ALL, PLAIN_LOOK, {})?.cell).toEqual(CELL)
  })
})

describe('where there is none', () => {
  test.each([
    { TMUX: '/tmp/tmux-0/default,1,0' },
    { STY: '1.pts' },
    { TERM: 'screen-256color' },
    { TERM: 'tmux-256color' },
  ])('%j', (env) => {
    expect(kindOf(ALL, env)).toBeUndefined()
    expect(asksForPictures('auto', env)).toBe(false)
    for (const choice of ['kitty', 'iterm'] as const) {
      expect(picturesOf(choice, ALL, PLAIN_LOOK, env)).toBeUndefined()
      expect(asksForPictures(choice, env)).toBe(false)
    }
    expect(picturesOf('sixel', ALL, PLAIN_LOOK, env)?.kind).toBe('sixel')
  })

  test.each([{ TERM: 'linux' }, { TERM_PROGRAM: 'Apple_Terminal' }])(
    'it is not asked for where the question is shown: %j',
    (env) => expect(asksForPictures('auto', env)).toBe(false),
  )

  test('no colours, sixteen of them, or ASCII', () => {
    const looks = [
      { ...PLAIN_LOOK, depth: 'none' },
      { ...PLAIN_LOOK, depth: '16' },
      { ...PLAIN_LOOK, isAscii: true },
    ] as const
    for (const look of looks)
      for (const choice of PICTURE_NAMES) expect(picturesOf(choice, ALL, look, {})).toBeUndefined()
  })
})

test('a person may choose, whatever the terminal says', () => {
  expect(picturesOf('none', ALL, PLAIN_LOOK, {})).toBeUndefined()
  expect(asksForPictures('none', {})).toBe(false)
  expect(picturesOf('iterm', ALL, PLAIN_LOOK, {})?.kind).toBe('iterm')
  expect(picturesOf('kitty', NOTHING, PLAIN_LOOK, {})?.kind).toBe('kitty')
})

test('sixels are not scaled: without the size of a cell there are none', () => {
  expect(picturesOf('sixel', NOTHING, PLAIN_LOOK, {})).toBeUndefined()
})
