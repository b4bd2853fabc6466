import { describe, expect, test } from 'vitest'
import type { Screen } from '../../src/domain/screen.ts'
import { frameRows } from '../../src/ui/frame.ts'
import { frameOf, textOfRow } from '../../src/ui/frame-text.ts'
import type { Key } from '../../src/ui/keys.ts'
import { chosenOption, initialModel, type UiModel } from '../../src/ui/model.ts'
import { respond } from '../../src/ui/respond.ts'
import type { SessionSnapshot } from '../../src/ui/session.ts'
import { DOWNLOAD, EMAIL, FAILURE, PASSWORD, PRIVACY, REGION, SNAPSHOT, WIFI } from './samples.ts'

const SIZE = { columns: 80, rows: 24 }
const letters = (text: string): Key[] => [...text].map((char) => ({ type: 'char', text: char }))
const ctrl = (letter: string): Key => ({ type: 'ctrl', letter })

function play(
  patch: Partial<SessionSnapshot>,
  keys: (Key | ((model: UiModel) => Key))[],
  change: Partial<UiModel> = {},
) {
  const snapshot = { ...SNAPSHOT, ...patch }
  let model: UiModel = { ...initialModel(snapshot, SIZE), ...change }
  const effects = keys.flatMap((key) => {
    const reduced = respond({ snapshot, model, tick: 0 }, typeof key === 'function' ? key(model) : key)
    model = reduced.model
    return reduced.effects
  })
  const hint = textOfRow(frameRows({ snapshot, model, tick: 0 })[22]!).trim()
  return { model, effects, hint, snapshot }
}

describe('a key that does nothing says why', () => {
  const off = { type: 'off' as const }
  const noNetwork = { ...SNAPSHOT.network, hasEthernet: false, hasWifi: false }
  test.each<[string, Partial<SessionSnapshot>, Key[], string]>([
    [
      'Enter where nothing is asked',
      { screen: DOWNLOAD },
      ['enter'],
      'Nothing to press: this page leaves when its work',
    ],
    ['Space there', { screen: DOWNLOAD }, letters(' '), 'Nothing to press'],
    [
      'Enter while the main button cannot be pressed',
      { screen: WIFI },
      ['down', 'enter'],
      '"Next" cannot be pressed yet.',
    ],
    ['Esc where there is no way back', { screen: REGION }, ['escape'], 'This page has no way back.'],
    ['Alt+Left there', { screen: REGION }, ['back'], 'This page has no way back.'],
    ['Ctrl+F without a suggestion', { screen: REGION, suggestion: null }, [ctrl('f')], 'has no answer here'],
    ['Ctrl+E without a socket', { screen: REGION, network: noNetwork }, [ctrl('e')], 'no network socket'],
    ['F7 without Wi-Fi', { screen: REGION, network: noNetwork }, [{ type: 'function', number: 7 }], 'has no Wi-Fi'],
    ['Enter while it starts', { screen: null, dark: 'start' }, ['enter'], 'The device is starting.'],
    ['Enter while it is off', { screen: null, dark: off.type }, ['enter'], 'F9 has its power button'],
    ['a letter at the end', { screen: REGION, ended: { title: 't', lines: [] } }, letters('x'), 'Enter leaves'],
  ])('%s', (_, patch, keys, said) => {
    const { hint, effects } = play(patch, keys)
    expect(hint).toContain(said)
    expect(effects).toEqual([])
    // And it is gone with the next key that does something.
    expect(play(patch, [...keys, ctrl('b')]).model.notice).toBeUndefined()
  })

  test('nothing is said where something was done, or where nothing is expected', () => {
    expect(play({ screen: REGION }, ['enter']).model.notice).toBeUndefined()
    expect(play({ screen: REGION }, ['left']).model.notice).toBeUndefined()
    expect(play({ screen: EMAIL }, letters(' ')).model.notice).toBeUndefined()
  })
})

describe('no network, and none in reach', () => {
  const empty: Screen = { ...WIFI, controls: WIFI.controls.filter(({ kind }) => kind === 'button') }
  const network = { ...SNAPSHOT.network, via: 'none' as const }
  test.each([
    [{ hasEthernet: true, cable: false, hasWifi: false, radio: false }, 'Ctrl+E plugs in a network cable'],
    [{ hasEthernet: true, cable: false, hasWifi: true, radio: false }, 'Ctrl+W switches Wi-Fi on'],
    [{ hasEthernet: false, cable: false, hasWifi: true, radio: true }, ''],
  ])('%j', (facts, said) => {
    expect(play({ screen: empty, network: { ...network, ...facts } }, []).hint).toBe(said)
  })
})

describe('letters find an entry of a list', () => {
  const find = (text: string) => {
    const { model, hint } = play({ screen: REGION }, letters(text))
    const [list] = REGION.controls
    return [list?.kind === 'choice' ? chosenOption(model, list) : undefined, hint]
  }
  test.each([
    // The first letter leads to the next entry, the others stay where they fit.
    ['au', 'austria'],
    ['austra', 'australia'],
    ['austria', 'austria'],
    ['ic', 'iceland'],
    ['ire', 'ireland'],
    ['gg', 'greece'],
    ['fx', 'finland'],
    ['fxn', 'norway'],
  ])('%s: %s', (text, found) => expect(find(text)[0]).toBe(found))

  test('what is typed is shown', () => expect(find('ire')[1]).toBe('Find: ire'))

  test('accents do not count, and a space is part of a name that has begun', () => {
    const options = ['Österreich', 'United Kingdom', 'United States'].map((label) => ({ id: label, label }))
    const screen: Screen = { ...REGION, controls: [{ kind: 'choice', id: 'region', label: '', options }] }
    const chosen = (keys: Key[]) => play({ screen }, keys).model.chosen.region
    expect(chosen(letters('united s'))).toBe('United States')
    expect(chosen(letters('o'))).toBe('Österreich')
    expect(chosen([...letters('u'), 'down', ...letters('o')])).toBe('Österreich')
  })

  test('on a page in another language its names count, and the English ones', () => {
    const options = [
      { id: 'DE', label: 'ألمانيا', english: 'Germany' },
      { id: 'JP', label: 'اليابان', english: 'Japan' },
    ]
    const screen: Screen = {
      ...REGION,
      controls: [{ kind: 'choice', id: 'region', label: '', options, selected: 'DE' }],
    }
    const chosen = (keys: Key[]) => play({ screen }, keys).model.chosen.region
    expect([chosen(letters('jap')), chosen(letters('الي'))]).toEqual(['JP', 'JP'])
  })
})

describe('the mouse', () => {
  /** At the middle of a text on the screen. */
  const at =
    (text: string, patch: Partial<SessionSnapshot>, action: 'click' | 'wheelUp' | 'wheelDown' = 'click') =>
    (model: UiModel): Key => {
      const rows = frameRows({ snapshot: { ...SNAPSHOT, ...patch }, model, tick: 0 }).map(textOfRow)
      const row = rows.findIndex((one) => one.includes(text))
      expect(row, text).toBeGreaterThanOrEqual(0)
      return { type: 'mouse', action, row, column: rows[row]!.indexOf(text) + Math.floor(text.length / 2) }
    }
  const away: Key = { type: 'mouse', action: 'click', column: 0, row: 0 }

  test('presses a button, with what is selected', () => {
    const patch = { screen: REGION }
    expect(play(patch, [at('Brazil', patch), at('[ Yes ]', patch)]).effects).toEqual([
      { kind: 'act', action: { page: 'region', control: 'next', values: { region: 'brazil' } } },
    ])
  })

  test('selects an option by any cell of its row', () => {
    const patch = { screen: REGION }
    const right = (model: UiModel): Key => ({ ...(at('Brazil', patch)(model) as object), column: 60 }) as Key
    expect(play(patch, [right]).model.chosen).toEqual({ region: 'brazil' })
  })

  test('enters a field, follows a link', () => {
    const patch = { screen: PASSWORD }
    expect(play(patch, [at('Forgot', patch)]).effects).toMatchObject([{ action: { control: 'forgot' } }])
    expect(play(patch, ['tab', at('Password', patch)]).model.focus).toBe('password')
  })

  test('turns a switch, by its name and by its knob', () => {
    const patch = { screen: PRIVACY }
    const knob = (model: UiModel): Key => ({ ...(at('Find my device', patch)(model) as object), column: 52 }) as Key
    const { model, snapshot } = play(patch, [at('Location', patch), knob])
    expect(model.chosen).toEqual({ location: 'off', findMyDevice: 'on' })
    const rows = frameRows({ snapshot, model, tick: 0 }).map(textOfRow)
    expect(rows.find((row) => row.includes('Location'))).toMatch(/Location +○─ Off/)
    expect(rows.find((row) => row.includes('Find my device'))).toMatch(/▸ Find my device +━● On/)
  })

  test('a button that cannot be pressed, and what is no control, do nothing', () => {
    const patch = { screen: WIFI }
    expect(play(patch, [at('[ Next ]', patch), away]).effects).toEqual([])
    expect(play({ screen: null }, [away]).effects).toEqual([])
  })

  test('the wheel moves in a list, and stays in it at its ends', () => {
    const patch = { screen: REGION }
    const down = at('Belgium', patch, 'wheelDown')
    expect(play(patch, [down, down, down, at('Belgium', patch, 'wheelUp')]).model.chosen).toEqual({ region: 'belgium' })
    expect(
      play(patch, Array(50).fill({ type: 'mouse', action: 'wheelDown', column: 10, row: 8 } satisfies Key)).model,
    ).toMatchObject({ chosen: { region: 'spain' }, focus: 'region' })
  })

  test('closes what lies over the page', () => {
    expect(play({ screen: FAILURE }, [away], { isHelpOpen: true }).model.isHelpOpen).toBe(false)
    expect(play({ screen: FAILURE }, [away], { isHandsOpen: true }).model.isHandsOpen).toBe(false)
    expect(play({ screen: FAILURE }, [away], { isPanelOpen: true }).model.isPanelOpen).toBe(false)
  })
})

test('the pause, the cable and the radio have keys of their own', () => {
  const pressed = (number: number) => play({ screen: REGION, speed: 60 }, [{ type: 'function', number }]).effects
  expect([pressed(3), pressed(7), pressed(8)]).toEqual([
    [{ kind: 'toggleCable' }],
    [{ kind: 'toggleWifi' }],
    [{ kind: 'speed', speed: 0 }],
  ])
  expect(frameOf({ ...SNAPSHOT, screen: REGION }, SIZE)).toContain('F1 help')
})
