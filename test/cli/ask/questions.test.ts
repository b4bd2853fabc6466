import { expect, test } from 'vitest'
import { announced, newsOf } from '../../../src/cli/ask/announced.ts'
import { askedAs, type Question, questionsOf, replyTo } from '../../../src/cli/ask/questions.ts'
import { REGIONS } from '../../../src/domain/regions.ts'
import type { ChoiceControl, Screen } from '../../../src/domain/screen.ts'
import { frameWords } from '../../../src/texts/frame-words.ts'
import { PRIVACY } from '../../ui/samples.ts'

const { ask: ENGLISH } = frameWords()

const wifi: Screen = {
  page: 'network',
  title: 'Netz',
  body: [{ text: 'falscher Schlüssel', tone: 'error' }],
  controls: [
    {
      id: 'wifi',
      kind: 'choice',
      label: 'WLAN',
      options: [
        { id: 'a', label: 'Schule', bars: 4, locked: true, detail: 'Gesichert' },
        { id: 'b', label: 'Gäste', english: 'Guests' },
      ],
      selected: 'a',
    },
    { id: 'user', kind: 'text', label: 'Benutzer', value: 'alice' },
    { id: 'key', kind: 'secret', label: 'Schlüssel' },
    { id: 'help', kind: 'link', label: 'Hilfe', event: 'user.help' },
    { id: 'connect', kind: 'button', label: 'Verbinden', english: 'Connect', event: 'user.connect', primary: true },
    { id: 'back', kind: 'button', label: 'Zurück', english: 'Back', event: 'user.back' },
    { id: 'never', kind: 'button', label: 'Nie', event: 'user.never', disabled: true },
  ],
  why: [],
}
const questions = questionsOf(wifi)

test('fields are asked for in their order, and then what to press, the way back first', () => {
  expect(questions.flatMap((question) => askedAs(question, ENGLISH))).toEqual([
    '  1 Schule, Gesichert, signal 4 of 4, needs a key',
    '  2 Gäste',
    'WLAN: number or name; Enter takes Schule',
    'Benutzer: Enter keeps alice',
    'Schlüssel: what you type is not shown',
    '1 Zurück, 2 Verbinden, 3 Hilfe; Enter presses Verbinden',
  ])
})

test.each([
  [0, '', { value: 'a' }],
  [0, '2', { value: 'b' }],
  [0, 'guests', { value: 'b' }],
  [0, 'sch', { value: 'a' }],
  [0, '3', { refused: ['There is no "3" here.'] }],
  [0, 'Gaste', { refused: ['There is no "Gaste" here. Did you mean "Gäste"?'] }],
  [1, '', { value: 'alice' }],
  [1, '  ben', { value: '  ben' }],
  [2, '', { value: '' }],
  [2, '2', { value: '2' }],
  [3, '', { press: 'connect' }],
  [3, '1', { press: 'back' }],
  [3, 'Connect', { press: 'connect' }],
  [3, 'help', { press: 'help' }],
  [3, 'never', { refused: ['There is no "never" here.'] }],
])('question %i takes %j as %j', (index, typed, reply) => {
  expect(replyTo(questions[index]!, typed, ENGLISH)).toEqual(reply)
})

test('a long list is not read out, and takes a part of a name that one entry has', () => {
  const control: ChoiceControl = {
    id: 'region',
    kind: 'choice',
    label: 'Region',
    options: [...REGIONS],
    selected: 'US',
  }
  const question: Question = { kind: 'choice', control }
  expect(askedAs(question, ENGLISH)).toEqual([
    `Region: ${REGIONS.length} to choose from, name or a part of it; Enter takes United States`,
  ])
  expect(replyTo(question, 'kosov', ENGLISH)).toEqual({ value: 'XK' })
  expect(replyTo(question, 'zambi', ENGLISH)).toEqual({ value: 'ZM' })
  expect(replyTo(question, 'guinea-', ENGLISH)).toEqual({ value: 'GW' })
  expect(replyTo(question, 'guinea', ENGLISH)).toEqual({ value: 'GN' })
  expect(replyTo(question, 'british', ENGLISH)).toEqual({
    refused: ['"british" is 2 of them: British Indian Ocean Territory, British Virgin Islands'],
  })
  // A number would be a place in a list that was not read out.
  expect(replyTo(question, '3', ENGLISH)).toEqual({ refused: ['There is no "3" here.'] })
})

test('a page that nothing can be done on has no question', () => {
  expect(questionsOf({ ...wifi, controls: [] })).toEqual([])
})

test('an error is called one, and of a page that has changed only the change is read out', () => {
  expect(announced(wifi)).toEqual(['Page: Netz', 'Error: falscher Schlüssel'])
  expect(newsOf({ ...wifi, body: [] }, wifi)).toEqual([])
  expect(newsOf({ ...wifi, body: [...wifi.body, { text: 'neu' }] }, wifi)).toEqual(['neu'])
  expect(newsOf({ ...wifi, page: 'connectivity' }, wifi)).toEqual(['Error: falscher Schlüssel'])
  expect(newsOf({ ...wifi, page: 'connectivity', title: 'Internet' }, wifi)).toEqual([
    'Page: Internet',
    'Error: falscher Schlüssel',
  ])
})

test('questions and answers are in the language of the page', () => {
  const german: Screen = { ...wifi, language: 'de', failure: { code: '0x80180014', text: 'Nein' } }
  const { ask } = frameWords(german.language)
  expect(announced(german)).toEqual([
    'Seite: Netz',
    'Fehler: falscher Schlüssel',
    'Fehler: Nein',
    'Fehlercode: 0x80180014',
  ])
  expect(questionsOf(german).flatMap((question) => askedAs(question, ask))).toEqual([
    '  1 Schule, Gesichert, Signal 4 von 4, braucht einen Schlüssel',
    '  2 Gäste',
    'WLAN: Nummer oder Name; Eingabetaste nimmt Schule',
    'Benutzer: Eingabetaste behält alice',
    'Schlüssel: Ihre Eingabe wird nicht angezeigt',
    '1 Zurück, 2 Verbinden, 3 Hilfe; Eingabetaste drückt Verbinden',
  ])
  expect(replyTo(questionsOf(german)[0]!, 'Gaste', ask)).toEqual({
    refused: ['"Gaste" gibt es hier nicht. Meinten Sie "Gäste"?'],
  })
})

test('a switch is asked for as on or off', () => {
  const [location] = questionsOf(PRIVACY)
  expect(askedAs(location!, ENGLISH)).toEqual(['  1 On', '  2 Off', 'Location: number or name; Enter takes On'])
  expect(['', 'off', '2'].map((typed) => replyTo(location!, typed, ENGLISH))).toEqual([
    { value: 'on' },
    { value: 'off' },
    { value: 'off' },
  ])
})
