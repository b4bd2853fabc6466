import { describe, expect, test } from 'vitest'
import { type LanguageInput, languageMachine } from '../../../machines/pages/language.ts'
import {
  everyMove,
  everyOutcome,
  firstContext,
  type Moves,
  outcomeOf,
  play,
  press,
  skipped,
  stateOf,
} from '../scene.ts'

const input: LanguageInput = { languages: ['en-US', 'de-DE'], isRevisit: false }
const start = (over: Partial<LanguageInput> = {}, ...moves: Moves<typeof languageMachine>) =>
  play(languageMachine, { ...input, ...over }, ...moves)

describe('is asked', () => {
  test.each<[string, Partial<LanguageInput>]>([
    ['when two languages are preinstalled', {}],
    ['again when a person went back', { remembered: 'de-DE', isRevisit: true }],
    ['when the profile presets a language that is not preinstalled', { preset: 'fr-FR' }],
  ])('%s', async (_, over) => {
    expect(stateOf(await start(over))).toBe('choosing')
  })
})

describe('does not apply', () => {
  test.each<[string, Partial<LanguageInput>, string]>([
    ['when it was chosen before', { remembered: 'de-DE' }, 'the language was chosen before'],
    ['when a wired profile presets it', { preset: 'de-DE' }, 'CloudAssignedLanguage de-DE, wired'],
    ['with one preinstalled language', { languages: ['en-US'] }, 'one preinstalled language'],
    ['with none that is known', { languages: [] }, 'one preinstalled language'],
    ['and an answer comes before a preset', { remembered: 'en-US', preset: 'de-DE' }, 'the language was chosen before'],
  ])('%s', async (_, over, fact) => {
    expect(outcomeOf(await start(over))).toEqual(skipped(fact, 'language skipped'))
  })
})

test('the language that was accepted is the outcome', async () => {
  const scene = await start({}, press('user.accept', { language: 'de-DE' }))
  expect(outcomeOf(scene)).toEqual({ kind: 'chosen', language: 'de-DE' })
})

everyMove(languageMachine, {
  context: firstContext(languageMachine, input),
  events: {
    'user.accept': press('user.accept', { language: 'de-DE' }),
    'user.accept of a language that is not offered': press('user.accept', { language: 'fr-FR' }),
    'user.accept of nothing': press('user.accept'),
  },
  moves: { choosing: { 'user.accept': 'chosen' } },
})

everyOutcome(languageMachine, {
  chosen: async () => outcomeOf(await start({}, press('user.accept', { language: 'en-US' }))),
  doesNotApply: async () => outcomeOf(await start({ languages: ['en-US'] })),
})
