import { expect, test } from 'vitest'
import { KioskAccount } from '../../src/device/kiosk.ts'

const CONFIGURATION =
  '<AssignedAccessConfiguration><Profiles><Profile Id="a"><KioskModeApp AppUserModelId="App"/></Profile></Profiles>' +
  '<Configs><Config><AutoLogonAccount/><DefaultProfile Id="a"/></Config></Configs></AssignedAccessConfiguration>'

function kioskAfter(restarts: number, lasts: boolean, text: string | undefined = CONFIGURATION) {
  let value: string | undefined
  const kiosk = new KioskAccount(
    { readPut: (uri) => (uri.endsWith('AssignedAccess/Configuration') ? value : undefined) },
    lasts,
  )
  // The first start is before the policy.
  kiosk.started()
  value = text
  for (let count = 0; count < restarts; count++) kiosk.started()
  return kiosk
}

test.each([
  [0, true, 'automatic'],
  [5, true, 'automatic'],
  [0, false, 'automatic'],
  [1, false, 'automatic'],
  [2, false, 'lost'],
  [3, false, 'lost'],
])('after %i restarts, where the sign-in lasts (%s), it is %s', (restarts, lasts, kind) => {
  expect(kioskAfter(restarts, lasts).signIn).toEqual({ kind, kiosk: { shows: 'App' } })
})

test('without a configuration, or without an account that signs in, there is none', () => {
  const { signIn } = new KioskAccount({ readPut: () => undefined }, true)
  expect(signIn).toEqual({ kind: 'none', why: 'no Assigned Access configuration' })
  const named = CONFIGURATION.replace('<AutoLogonAccount/>', '<Account>ben</Account>')
  expect(kioskAfter(0, true, named).signIn).toMatchObject({
    kind: 'none',
    why: expect.stringContaining('no AutoLogonAccount'),
  })
})
