import * as v from 'valibot'
import { expect, test } from 'vitest'
import type { Action, Control, Screen } from '../../src/domain/screen.ts'
import { personSchema } from '../../src/scenario/schema/person.ts'
import { ScriptedPerson } from '../../src/scenario/scripted-person.ts'

const button = (id: string, primary = false): Control => ({
  id,
  kind: 'button',
  label: id.toUpperCase(),
  event: `user.${id}`,
  primary,
})

const list: Control = {
  id: 'region',
  kind: 'choice',
  label: 'Region',
  options: [
    { id: 'US', label: 'United States' },
    { id: 'FR', label: 'France' },
  ],
  selected: 'US',
}
const screen = (page: Screen['page'], controls: Control[], more: Partial<Screen> = {}): Screen => ({
  page,
  title: '',
  body: [],
  controls,
  why: [],
  ...more,
})

const actionOf = (answer: ReturnType<ScriptedPerson['answer']>): Action | undefined =>
  typeof answer === 'object' && answer !== null && 'control' in answer ? answer : undefined

const region = screen('region', [list, button('yes', true)])
const offer = screen('secondKeyboard', [button('back'), button('add'), button('skip', true)])
const email = screen('signIn', [{ id: 'email', kind: 'text', label: 'E-mail' }, button('next', true)], {
  step: 'email',
})
const password = screen('signIn', [{ id: 'password', kind: 'secret', label: 'Password' }, button('signIn', true)], {
  step: 'password',
})

const switches = screen('privacy', [
  { id: 'location', kind: 'switch', label: 'Location', isOn: true },
  { id: 'inking', kind: 'switch', label: 'Inking', isOn: true },
  button('next', true),
])

test('a switch is on or off, and nothing else', () => {
  const person = (value: string) => new ScriptedPerson({ privacy: { location: value } })
  expect(person('off').answer(switches)).toEqual({
    page: 'privacy',
    control: 'next',
    values: { location: 'off', inking: 'on' },
  })
  expect(person('of').answer(switches)).toBeNull()
  expect(person('of').explain(switches)?.text).toContain('is a switch: on or off, not "of"')
})

test.each([
  ['an option by its label', { region: 'France' }, region, { control: 'yes', values: { region: 'FR' } }],
  ['an option by its id', { region: 'FR' }, region, { control: 'yes', values: { region: 'FR' } }],
  ['a button by its id', { secondKeyboard: 'add' }, offer, { control: 'add', values: {} }],
  ['a button by its label, in any case', { secondKeyboard: 'Skip' }, offer, { control: 'skip', values: {} }],
  [
    'a button by its id, with what the page has selected',
    { region: 'yes' },
    region,
    { control: 'yes', values: { region: 'US' } },
  ],
  ['fields by their ids', { signIn: { email: 'a@b' } }, email, { control: 'next', values: { email: 'a@b' } }],
  ['fields, and a button of its choice', { secondKeyboard: { press: 'add' } }, offer, { control: 'add', values: {} }],
])('answers with %s', (_, answers, shown, action) => {
  expect(new ScriptedPerson(answers).answer(shown)).toEqual({ page: shown.page, ...action })
})

test.each([
  ['a page that the scenario does not foresee', { keyboard: 'US' }, region],
  ['an option that the list does not have', { region: 'Atlantis' }, region],
  ['a field that the answer leaves open', { signIn: { email: 'a@b' } }, password],
  ['a disabled button', { region: 'yes' }, screen('region', [{ ...button('yes', true), disabled: true } as Control])],
  [
    'a failure, unasked',
    { signIn: { email: 'a@b' } },
    screen('signIn', [button('tryAgain', true)], { failure: { code: '1', text: '' } }),
  ],
])('has no answer for %s', (_, answers, shown) => {
  expect(new ScriptedPerson(answers).answer(shown)).toBeNull()
})

test('one answer serves the steps of one visit, and the next one the next visit', () => {
  const person = new ScriptedPerson({
    signIn: [
      { email: 'a@b', password: 'wrong' },
      { email: 'a@b', password: 'right' },
    ],
  })
  const given = [email, password, password].map((shown) => actionOf(person.answer(shown))?.values)
  expect(given).toEqual([{ email: 'a@b' }, { password: 'wrong' }, { password: 'right' }])
  expect(person.answer(password)).toBeNull()
})

test('a list of buttons is used up one by one', () => {
  const failure = screen('enrollmentStatusFailure', [button('tryAgain', true), button('continueAnyway')], {
    failure: { code: '1', text: '' },
  })
  const person = new ScriptedPerson({ enrollmentStatusFailure: ['tryAgain', 'continueAnyway'] })
  expect([1, 2, 3].map(() => actionOf(person.answer(failure))?.control ?? null)).toEqual([
    'tryAgain',
    'continueAnyway',
    null,
  ])
})

test('a list of names in a file answers visit after visit', () => {
  const person = new ScriptedPerson(v.parse(personSchema, { region: ['US', 'FR'] }))
  expect([1, 2, 3].map(() => actionOf(person.answer(region))?.values.region)).toEqual(['US', 'FR', undefined])
})

const wifiList = screen('network', [
  { id: 'wifi', kind: 'choice', label: 'Wi-Fi', options: [{ id: 'School', label: 'School' }], selected: 'School' },
  { ...button('back'), event: 'user.back' } as Control,
  button('connect', true),
])
const keyPrompt = screen('network', [{ id: 'key', kind: 'secret', label: 'Key' }, button('connect', true)], {
  step: 'key',
})
const noNetwork = screen('network', [{ ...button('back'), event: 'user.back' } as Control])

test('wait leaves a page as it is, for each visit that follows', () => {
  const person = new ScriptedPerson({ network: 'wait' })
  expect([noNetwork, wifiList, noNetwork].map((shown) => person.answer(shown))).toEqual(['wait', 'wait', 'wait'])
})

test('wait in a list is for one visit', () => {
  const person = new ScriptedPerson({ network: ['wait', { wifi: 'School' }] })
  expect(person.answer(noNetwork)).toBe('wait')
  expect(person.answer(wifiList)).toEqual({ page: 'network', control: 'connect', values: { wifi: 'School' } })
})

test('wait is a button where a page has one of that name', () => {
  const page = screen('welcome', [button('wait')])
  expect(new ScriptedPerson({ welcome: 'wait' }).answer(page)).toMatchObject({ control: 'wait' })
})

test('a page that offers the way back alone uses no answer up', () => {
  const person = new ScriptedPerson({ network: { wifi: 'School', key: 'k' } })
  const shown = [noNetwork, wifiList, keyPrompt].map((page) => actionOf(person.answer(page))?.values)
  expect(shown).toEqual([undefined, { wifi: 'School' }, { key: 'k' }])
})

test('an answer that was given in part begins anew when its page does', () => {
  const person = new ScriptedPerson({ network: { wifi: 'School', key: 'k' } })
  const shown = [wifiList, noNetwork, wifiList, keyPrompt].map((page) => actionOf(person.answer(page))?.values)
  expect(shown).toEqual([{ wifi: 'School' }, undefined, { wifi: 'School' }, { key: 'k' }])
})

test('a complaint is no new beginning', () => {
  const complaining = { ...email, body: [{ text: 'No such account.', tone: 'error' as const }] }
  const person = new ScriptedPerson({ signIn: { email: 'a@b', password: 'right' } })
  expect(actionOf(person.answer(email))?.values).toEqual({ email: 'a@b' })
  expect(person.answer(complaining)).toBeNull()
})

test('an event presses the button that it names, also where a page works and offers the way back alone', () => {
  const waiting = screen('hello', [{ ...button('cancel'), event: 'user.cancel' } as Control])
  const person = new ScriptedPerson({})
  const action = { page: 'hello', control: 'cancel', values: {} }
  expect([person.once('cancel', waiting), person.once({ press: 'cancel' }, waiting)]).toEqual([action, action])
  expect(person.once('skip', waiting)).toMatchObject({ text: expect.stringContaining('takes nothing now') })
})
