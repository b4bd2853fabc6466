import { expect, test } from 'vitest'
import { SIGN_IN_NODES, signInBreaker } from '../../src/domain/sign-in-policies.ts'
import { played } from '../simulation/played.ts'

const MSFT = './Device/Vendor/MSFT'
const HARMLESS = { policy: 'Education/PreventAddingNewPrinters', scope: 'device' as const, value: '1' }

test('what a source names breaks the sign-in, and its neighbours do not', () => {
  for (const { node } of SIGN_IN_NODES) {
    const uri = `${MSFT}/${node}${node.endsWith('/') ? 'MinDevicePasswordLength' : ''}`
    expect(signInBreaker([`${MSFT}/Policy/Config/Education/X`, uri])).toBe(uri)
  }
  expect(
    signInBreaker([`${MSFT}/DeviceLock/Provider/P`, `${MSFT}/Policy/Config/Authentication/AllowAadPasswordReset`]),
  ).toBeUndefined()
})

test.each([
  ['alone it breaks nothing', HARMLESS, 0],
  ['with breaksSignIn the person is asked for the password', { ...HARMLESS, breaksSignIn: true }, 1],
])('a policy of the tenant: %s', async (_, policy, times) => {
  const { outcome, journal } = await played('status-page-for-users', { tenant: { policies: [policy] } })
  const asked = journal.filter(
    (entry) => entry.kind === 'transition' && entry.machine === 'welcome' && entry.to === 'askingForPassword',
  )
  expect(outcome).toMatchObject({ kind: 'desktop' })
  expect(asked).toHaveLength(times)
})
