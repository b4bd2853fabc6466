import { describe, expect, test } from 'vitest'
import { type SecondKeyboardInput, secondKeyboardMachine } from '../../../machines/pages/second-keyboard.ts'
import { OOBE_CONFIG } from '../../../src/domain/autopilot.ts'
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

const US = '00000409'
const GERMAN = '00000407'
const input: SecondKeyboardInput = { keyboard: US, isRevisit: false }
const skipping = { oobeConfig: OOBE_CONFIG.skipKeyboard, language: 'en-US' }
const accept = (layout: string) => press('user.accept', { layout })
const start = (over: Partial<SecondKeyboardInput> = {}, ...moves: Moves<typeof secondKeyboardMachine>) =>
  play(secondKeyboardMachine, { ...input, ...over }, ...moves)

describe('is offered', () => {
  test.each<[string, Partial<SecondKeyboardInput>]>([
    ['the first time', {}],
    ['again when a person went back', { remembered: 'none', isRevisit: true }],
    ['when the profile does not skip it', { profile: { oobeConfig: 1023, language: 'en-US' } }],
    ['when the profile skips it but sets no language', { profile: { ...skipping, language: '' } }],
  ])('%s', async (_, over) => {
    expect(stateOf(await start(over))).toBe('offering')
  })
})

describe('does not apply', () => {
  const before = 'the page was answered before'
  const bit = 'CloudAssignedOobeConfig bit 1024 (skip keyboard selection), wired'
  test.each<[string, Partial<SecondKeyboardInput>, string]>([
    ['when a layout was added before', { remembered: GERMAN }, before],
    ['when it was skipped before', { remembered: 'none' }, before],
    ['when a wired profile skips it', { profile: skipping }, bit],
    ['and an answer comes before the profile', { remembered: 'none', profile: skipping }, before],
  ])('%s', async (_, over, fact) => {
    expect(outcomeOf(await start(over))).toEqual(skipped(fact, 'second keyboard skipped'))
  })
})

test('the layout that was added is the outcome', async () => {
  const scene = await start({}, press('user.addLayout'), accept(GERMAN))
  expect(outcomeOf(scene)).toEqual({ kind: 'added', keyboard: GERMAN })
})

test('going back from the list is going back to the offer, not to the page before', async () => {
  const scene = await start({}, press('user.addLayout'), press('user.back'))
  expect(stateOf(scene)).toBe('offering')
})

everyMove(secondKeyboardMachine, {
  context: firstContext(secondKeyboardMachine, input),
  events: {
    'user.addLayout': press('user.addLayout'),
    'user.skip': press('user.skip'),
    'user.accept': accept(GERMAN),
    'user.accept of the first layout': accept(US),
    'user.accept of a layout that is not on the list': accept('ffffffff'),
    'user.accept of nothing': press('user.accept'),
    'user.back': press('user.back'),
  },
  moves: {
    offering: { 'user.addLayout': 'choosing', 'user.skip': 'skipped', 'user.back': 'back' },
    choosing: { 'user.accept': 'added', 'user.back': 'offering' },
  },
})

everyOutcome(secondKeyboardMachine, {
  added: async () => outcomeOf(await start({}, press('user.addLayout'), accept(GERMAN))),
  skipped: async () => outcomeOf(await start({}, press('user.skip'))),
  doesNotApply: async () => outcomeOf(await start({ remembered: 'none' })),
  back: async () => outcomeOf(await start({}, press('user.back'))),
})
