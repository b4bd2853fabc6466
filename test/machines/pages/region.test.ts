import { describe, expect, test } from 'vitest'
import { type RegionInput, regionMachine } from '../../../machines/pages/region.ts'
import { contextOf, everyMove, everyOutcome, firstContext, outcomeOf, play, press, skipped, stateOf } from '../scene.ts'

const input: RegionInput = { language: 'en-US', isRevisit: false }
const accept = (region: string) => press('user.accept', { region })
const start = (over: Partial<RegionInput> = {}, ...moves: ReturnType<typeof accept>[]) =>
  play(regionMachine, { ...input, ...over }, ...moves)

describe('is asked', () => {
  test.each<[string, Partial<RegionInput>, string]>([
    ['with the region of the language selected', { language: 'de-DE' }, 'DE'],
    ['with the United States selected for a language without a region', { language: 'en' }, 'US'],
    ['with the answer of before selected when a person went back', { remembered: 'CH', isRevisit: true }, 'CH'],
  ])('%s', async (_, over, selected) => {
    const scene = await start(over)
    expect({ state: stateOf(scene), selected: contextOf(scene).selected }).toEqual({ state: 'choosing', selected })
  })
})

describe('does not apply', () => {
  test.each<[string, Partial<RegionInput>, string]>([
    ['when it was chosen before', { remembered: 'CH' }, 'the region was chosen before'],
    ['when a wired profile presets it', { preset: 'US' }, 'CloudAssignedRegion US, wired'],
    [
      'on a revisit when a wired profile presets it',
      { preset: 'US', isRevisit: true },
      'CloudAssignedRegion US, wired',
    ],
    ['and an answer comes before a preset', { remembered: 'CH', preset: 'US' }, 'the region was chosen before'],
  ])('%s', async (_, over, fact) => {
    expect(outcomeOf(await start(over))).toEqual(skipped(fact, 'region skipped'))
  })
})

test('the region that was accepted is the outcome, not the selected one', async () => {
  expect(outcomeOf(await start({}, accept('CA')))).toEqual({ kind: 'chosen', region: 'CA' })
})

everyMove(regionMachine, {
  context: firstContext(regionMachine, input),
  events: {
    'user.accept': accept('DE'),
    'user.accept of a region that is not on the list': accept('XX'),
    'user.accept of nothing': press('user.accept'),
  },
  moves: { choosing: { 'user.accept': 'chosen' } },
})

everyOutcome(regionMachine, {
  chosen: async () => outcomeOf(await start({}, accept('US'))),
  doesNotApply: async () => outcomeOf(await start({ preset: 'US' })),
})
