import { describe, expect, test } from 'vitest'
import { type KeyboardInput, keyboardMachine } from '../../../machines/pages/keyboard.ts'
import { OOBE_CONFIG } from '../../../src/domain/autopilot.ts'
import {
  contextOf,
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

const US = '00000409'
const GERMAN = '00000407'
const input: KeyboardInput = { language: 'en-US', isRevisit: false }
const skipping = { oobeConfig: OOBE_CONFIG.skipKeyboard, language: 'en-US' }
const accept = (keyboard: string) => press('user.accept', { keyboard })
const start = (over: Partial<KeyboardInput> = {}, ...moves: Moves<typeof keyboardMachine>) =>
  play(keyboardMachine, { ...input, ...over }, ...moves)

describe('is asked', () => {
  test.each<[string, Partial<KeyboardInput>, string]>([
    ['with the layout of the language selected', { language: 'de-DE' }, GERMAN],
    ['with US selected for a language that is not on the list', { language: 'tlh' }, US],
    ['again when a person went back', { remembered: GERMAN, isRevisit: true }, GERMAN],
    ['when the profile does not skip it', { profile: { oobeConfig: 1023, language: 'en-US' } }, US],
    ['when the profile skips it but sets no language', { profile: { ...skipping, language: '' } }, US],
  ])('%s', async (_, over, selected) => {
    const scene = await start(over)
    expect({ state: stateOf(scene), selected: contextOf(scene).selected }).toEqual({ state: 'choosing', selected })
  })
})

describe('does not apply', () => {
  const bit = 'CloudAssignedOobeConfig bit 1024 (skip keyboard selection), wired'
  test.each<[string, Partial<KeyboardInput>, string]>([
    ['when it was chosen before', { remembered: GERMAN }, 'the keyboard was chosen before'],
    ['when a wired profile skips it', { profile: skipping }, bit],
    ['on a revisit when a wired profile skips it', { profile: skipping, remembered: GERMAN, isRevisit: true }, bit],
    ['and an answer comes before the profile', { remembered: US, profile: skipping }, 'the keyboard was chosen before'],
  ])('%s', async (_, over, fact) => {
    expect(outcomeOf(await start(over))).toEqual(skipped(fact, 'keyboard skipped'))
  })
})

test('the layout that was accepted is the outcome, not the selected one', async () => {
  expect(outcomeOf(await start({}, accept(GERMAN)))).toEqual({ kind: 'chosen', keyboard: GERMAN })
})

everyMove(keyboardMachine, {
  context: firstContext(keyboardMachine, input),
  events: {
    'user.accept': accept(US),
    'user.accept of a layout that is not on the list': accept('ffffffff'),
    'user.accept of nothing': press('user.accept'),
    'user.back': press('user.back'),
  },
  moves: { choosing: { 'user.accept': 'chosen', 'user.back': 'back' } },
})

everyOutcome(keyboardMachine, {
  chosen: async () => outcomeOf(await start({}, accept(US))),
  doesNotApply: async () => outcomeOf(await start({ profile: skipping })),
  back: async () => outcomeOf(await start({}, press('user.back'))),
})
