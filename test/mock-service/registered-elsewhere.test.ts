import { expect, test } from 'vitest'
import { firstBoot, loadDevice, mockTenant } from '../../src/library/first-boot.ts'

const person = {
  region: 'United States',
  keyboard: 'US',
  secondKeyboard: 'skip',
  network: { wifi: 'Contoso-Students', key: 'learn-anywhere' },
  signIn: { email: 'alice@contoso.example', password: 'correct-horse' },
  welcome: { password: 'correct-horse' },
}

async function played(tenant: Record<string, unknown>) {
  const run = await firstBoot({
    device: await loadDevice('surface-laptop-se'),
    tenant: mockTenant('contoso-school', tenant),
    person,
    transport: 'direct',
  })
  const answer = run.journal.find(
    (entry) => entry.kind === 'response' && JSON.stringify(entry.body).includes('CloudAssignedTenantDomain'),
  )
  const domain = /CloudAssignedTenantDomain[\\"]+:[\\"]+([^"\\]*)/.exec(
    answer?.kind === 'response' ? JSON.stringify(answer.body) : '',
  )?.[1]
  return { end: run.outcome.kind === 'failed' ? run.outcome.code : run.outcome.kind, domain }
}

test.each([
  ['of an account that is known', {}, 'fabrikam.example'],
  ['that no file describes', { otherAccounts: [] }, 'another-tenant.example'],
])('a device that another tenant %s has registered is locked to it', async (_, more, domain) => {
  const found = await played({ devices: [], devicesElsewhere: ['surface-laptop-se'], ...more })
  expect(found).toEqual({ end: 'TenantMatched=0', domain })
})

test('another device of that tenant changes nothing', async () => {
  expect(await played({ devicesElsewhere: ['dell-latitude-3140'] })).toEqual({
    end: 'desktop',
    domain: 'contoso.example',
  })
})
