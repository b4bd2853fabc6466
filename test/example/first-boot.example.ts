import { firstBoot, loadDevice, mockTenant } from 'oobe-sim'
import { expect, test } from 'vitest'
import 'oobe-sim/vitest'

test('a student reaches the desktop on the school Wi-Fi, and never sees a failure', async () => {
  const run = await firstBoot({
    device: await loadDevice('surface-laptop-se'),
    tenant: mockTenant('contoso-school'),
    person: {
      region: 'United States',
      keyboard: 'US',
      secondKeyboard: 'skip',
      network: { wifi: 'Contoso-Students', key: 'learn-anywhere' },
      signIn: { email: 'alice@contoso.example', password: 'correct-horse' },
      welcome: { password: 'correct-horse' },
    },
    seed: 7,
  })
  expect(run).toReach('desktop', { within: '45m' })
  expect(run).toFollow(['region', 'keyboard', 'network', 'signIn', 'enrollmentStatus', 'welcome'])
  expect(run).toNever('enrollmentStatusFailure')
  expect(run).toEnd('desktop')
})
