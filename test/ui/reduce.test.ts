import { describe, expect, test } from 'vitest'
import type { Screen } from '../../src/domain/screen.ts'
import type { Key } from '../../src/ui/keys.ts'
import { initialModel, type UiModel, valuesOf } from '../../src/ui/model.ts'
import { type Effect, reduce } from '../../src/ui/reduce.ts'
import type { SessionSnapshot } from '../../src/ui/session.ts'
import { EMAIL, FAILURE, PASSWORD, PRIVACY, REGION, SNAPSHOT, WIFI, WIFI_KEY } from './samples.ts'

const SIZE = { columns: 80, rows: 24 }
const ctrl = (letter: string): Key => ({ type: 'ctrl', letter })
const fkey = (number: number): Key => ({ type: 'function', number })
const typed = (text: string): Key[] => [...text].map((char) => ({ type: 'char', text: char }))

function play(keys: Key[], patch: Partial<SessionSnapshot>, size = SIZE) {
  const snapshot = { ...SNAPSHOT, ...patch }
  let model: UiModel = initialModel(snapshot, size)
  const effects: Effect[] = []
  for (const key of keys) {
    const reduced = reduce(model, key, snapshot)
    model = reduced.model
    effects.push(...reduced.effects)
  }
  return { model, effects, values: snapshot.screen ? valuesOf(model, snapshot.screen) : {} }
}

describe('focus', () => {
  test.each<[string, Screen, Key[], string | null]>([
    ['opens at the first list', WIFI, [], 'network'],
    ['opens at the first field', PASSWORD, [], 'password'],
    ['opens at the primary button where nothing is asked', FAILURE, [], 'tryAgain'],
    ['moves with Tab, skipping what is disabled', WIFI, ['tab', 'tab'], 'connect'],
    ['goes round with Tab', WIFI, ['tab', 'tab', 'tab'], 'network'],
    ['goes round with Shift+Tab', WIFI, ['backTab'], 'connect'],
    ['leaves a list at its end', WIFI, ['end', 'down'], 'back'],
    ['stays in a list before its end', WIFI, ['down', 'down'], 'network'],
    ['comes back into a list', WIFI, ['tab', 'up'], 'network'],
    ['does not go round with arrows', FAILURE, ['right', 'right', 'right'], 'tryAgain'],
    ['moves along buttons with arrows', FAILURE, ['left'], 'collectLogs'],
    ['leaves a field with Down', EMAIL, ['down'], 'options'],
  ])('%s', (_, screen, keys, focus) => expect(play(keys, { screen }).model.focus).toBe(focus))
})

describe('values', () => {
  test.each<[string, Screen, Key[], Record<string, string>]>([
    ['start at what the page says', REGION, [], { region: 'australia' }],
    ['move with arrows', REGION, ['down', 'down', 'up'], { region: 'austria' }],
    ['move by pages', REGION, ['pageDown', 'pageDown', 'pageUp'], { region: 'france' }],
    ['reach the end and the start', REGION, ['end', 'home', 'end'], { region: 'spain' }],
    ['jump to a letter, and on', REGION, typed('gg'), { region: 'greece' }],
    ['jump round', REGION, typed('aa'), { region: 'australia' }],
    ['take typed text', EMAIL, typed('a?q b'), { email: 'a?q b' }],
    [
      'edit in the middle',
      EMAIL,
      [...typed('abd'), 'left', ...typed('c'), 'home', 'delete', 'end', 'backspace'],
      { email: 'bc' },
    ],
    ['empty with Ctrl+U', EMAIL, [...typed('abd'), ctrl('u')], { email: '' }],
    ['take a paste without its line breaks', EMAIL, [{ type: 'paste', text: 'a\r\n\u001b[31mb' }], { email: 'a[31mb' }],
    ['end at the greatest length', EMAIL, [{ type: 'paste', text: 'x'.repeat(99) }], { email: 'x'.repeat(40) }],
    ['have no option where none is selected', WIFI, [], {}],
  ])('%s', (_, screen, keys, values) => expect(play(keys, { screen }).values).toEqual(values))
})

describe('what is done', () => {
  const act = (screen: Screen, control: string, values: Record<string, string> = {}): Effect => ({
    kind: 'act',
    action: { page: screen.page, control, values },
  })
  test.each<[string, Partial<SessionSnapshot>, Key[], Effect[]]>([
    [
      'Enter on a list presses the primary button',
      { screen: REGION },
      ['down', 'enter'],
      [act(REGION, 'next', { region: 'austria' })],
    ],
    [
      'Enter on a field too',
      { screen: PASSWORD },
      [...typed('pw'), 'enter'],
      [act(PASSWORD, 'signIn', { password: 'pw' })],
    ],
    ['Enter first selects in a list without selection', { screen: WIFI }, ['enter'], []],
    ['a disabled primary button is not pressed', { screen: WIFI }, ['enter', 'enter'], []],
    ['Space presses a button', { screen: FAILURE }, typed(' '), [act(FAILURE, 'tryAgain')]],
    ['Enter follows a link', { screen: EMAIL }, ['tab', 'enter'], [act(EMAIL, 'options', { email: '' })]],
    ['Esc goes back', { screen: WIFI }, ['escape'], [act(WIFI, 'back')]],
    ['Alt+Left goes back', { screen: PASSWORD }, ['back'], [act(PASSWORD, 'back', { password: '' })]],
    ['Esc cancels', { screen: WIFI_KEY }, ['escape'], [act(WIFI_KEY, 'cancel', { key: '' })]],
    ['Esc does nothing without a way back', { screen: REGION }, ['escape'], []],
    ['Ctrl+K pauses', {}, [ctrl('k')], [{ kind: 'speed', speed: 0 }]],
    ['Ctrl+T: 1 to 60', {}, [ctrl('t')], [{ kind: 'speed', speed: 60 }]],
    ['F6: 60 to as fast as it goes', { speed: 60 }, [fkey(6)], [{ kind: 'speed', speed: Number.POSITIVE_INFINITY }]],
    ['Ctrl+T: and back', { speed: Number.POSITIVE_INFINITY }, [ctrl('t')], [{ kind: 'speed', speed: 1 }]],
    ['Ctrl+E and Ctrl+W', {}, [ctrl('e'), ctrl('w')], [{ kind: 'toggleCable' }, { kind: 'toggleWifi' }]],
    ['no cable without an adapter', { network: { ...SNAPSHOT.network, hasEthernet: false } }, [ctrl('e')], []],
    ['Ctrl+C leaves', {}, [ctrl('c')], [{ kind: 'quit' }]],
    ['Ctrl+C leaves from the help', {}, [fkey(1), ctrl('c')], [{ kind: 'quit' }]],
    ['q does not leave a running device', {}, typed('q'), []],
    ['q leaves when it is over', { ended: { title: '', lines: [] } }, typed('q'), [{ kind: 'quit' }]],
    ['Enter leaves when it is over', { ended: { title: '', lines: [] } }, ['enter'], [{ kind: 'quit' }]],
    ['nothing is pressed where there is no page', { screen: null }, ['enter', 'escape', 'tab', ...typed(' ')], []],
    ['nothing is pressed under the help', {}, [...typed('?'), 'down', 'enter'], []],
    ['nothing is pressed under the panel', {}, [ctrl('b'), 'enter'], []],
  ])('%s', (_, patch, keys, effects) => expect(play(keys, patch).effects).toEqual(effects))

  test('nothing is pressed that cannot be seen', () => {
    expect(play(['enter'], {}, { columns: 70, rows: 20 }).effects).toEqual([])
  })

  test('beside a wide card the panel leaves the keys alone', () => {
    expect(play([fkey(4), 'enter'], {}, { columns: 120, rows: 30 }).effects).toHaveLength(1)
  })

  test('a secret that was sent is forgotten', () => {
    const { model, values } = play([...typed('pw'), 'enter'], { screen: PASSWORD })
    expect([model.drafts, values]).toEqual([{}, { password: '' }])
  })

  test('a pause goes back to the speed it came from', () => {
    const paused = play([ctrl('k')], { speed: 60 }).model
    expect(reduce(paused, ctrl('k'), { ...SNAPSHOT, speed: 0 }).effects).toEqual([{ kind: 'speed', speed: 60 }])
  })
})

describe('the suggestion', () => {
  const suggestion = { values: { email: 'alice@contoso.example', other: 'x' }, press: 'next', text: '' }
  const patch = { screen: EMAIL, suggestion }

  test('fills in and focuses the button', () => {
    const { model, values, effects } = play([ctrl('f')], patch)
    expect([model.focus, values, effects]).toEqual(['next', { email: 'alice@contoso.example' }, []])
  })

  test.each<[string, Key]>([
    ['Ctrl+F', ctrl('f')],
    ['F5', fkey(5)],
    ['Enter', 'enter'],
  ])('%s then presses', (_, key) => expect(play([ctrl('f'), key], patch).effects).toHaveLength(1))

  test('fills in again after an edit', () => {
    const { values, effects } = play([ctrl('f'), 'backTab', 'backTab', 'backspace', ctrl('f')], patch)
    expect([values, effects]).toEqual([{ email: 'alice@contoso.example' }, []])
  })
})

describe('switches', () => {
  const valuesAfter = (...keys: Key[]) => play(keys, { screen: PRIVACY }).values
  const both = (location: string, findMyDevice: string) => ({ location, findMyDevice })

  test('the page opens at its button, with the switches as they are', () => {
    const { model, effects } = play(['enter'], { screen: PRIVACY })
    expect([model.focus, effects]).toEqual([
      'next',
      [{ kind: 'act', action: { page: 'privacy', control: 'next', values: both('on', 'off') } }],
    ])
  })

  test.each<[string, Key[], Record<string, string>]>([
    ['Space turns one', ['tab', { type: 'char', text: ' ' }], both('off', 'off')],
    ['and back', ['tab', { type: 'char', text: ' ' }, { type: 'char', text: ' ' }], both('on', 'off')],
    ['Enter turns one', ['tab', 'tab', 'enter'], both('on', 'on')],
    ['left is off, also when it is off', ['tab', 'left', 'left'], both('off', 'off')],
    ['right is on', ['tab', 'down', 'right'], both('on', 'on')],
    ['up and down move', ['tab', 'down', 'up', 'left'], both('off', 'off')],
  ])('%s', (_, keys, values) => expect(valuesAfter(...keys)).toEqual(values))

  test('in Arabic left is on, as it is drawn', () => {
    const { values } = play(['tab', 'tab', 'left'], { screen: { ...PRIVACY, language: 'ar' } })
    expect(values).toEqual(both('on', 'on'))
  })

  test('the suggestion turns them', () => {
    const suggestion = { values: both('off', 'on'), press: 'next', text: '' }
    expect(play([ctrl('f')], { screen: PRIVACY, suggestion }).values).toEqual(both('off', 'on'))
  })
})
