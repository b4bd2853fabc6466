import { expect, test } from 'vitest'
import { kioskSignInMachine } from '../../../machines/pages/kiosk-sign-in.ts'
import type { KioskSignIn } from '../../../src/domain/kiosk.ts'
import { everyMove, everyOutcome, firstContext, outcomeOf, play, replies, skipped, stateOf } from '../scene.ts'

const kiosk = { shows: 'Contoso.App_1!App' }

async function start(found: KioskSignIn, ...waits: number[]) {
  const machine = kioskSignInMachine.provide({ actors: { readKiosk: replies<KioskSignIn>(found).logic } })
  return play(machine, {}, ...waits)
}

test('without a kiosk there is no page, and the reason is said', async () => {
  const scene = await start({ kind: 'none', why: 'no Assigned Access configuration' })
  expect(outcomeOf(scene)).toEqual(skipped('no Assigned Access configuration', 'no automatic sign-in'))
})

test('the account of a kiosk signs in without a person', async () => {
  const found: KioskSignIn = { kind: 'automatic', kiosk }
  expect(stateOf(await start(found, 19_999))).toBe('signingIn')
  expect(outcomeOf(await start(found, 20_000))).toEqual({ kind: 'signedIn', kiosk })
})

test('a sign-in that was lost is no sign-in', async () => {
  expect(outcomeOf(await start({ kind: 'lost', kiosk }))).toEqual({ kind: 'lost', kiosk })
})

everyOutcome(kioskSignInMachine, {
  signedIn: async () => outcomeOf(await start({ kind: 'automatic', kiosk }, 20_000)),
  lost: async () => outcomeOf(await start({ kind: 'lost', kiosk })),
  doesNotApply: async () => outcomeOf(await start({ kind: 'none', why: 'x' })),
})

everyMove(kioskSignInMachine, {
  context: firstContext(kioskSignInMachine, {}),
  events: {},
  moves: { looking: {}, signingIn: {} },
})
