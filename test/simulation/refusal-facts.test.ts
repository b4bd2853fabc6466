import { expect, test } from 'vitest'
import { causeOf } from '../../src/journal/cause/cause-of.ts'
import { played } from './played.ts'

test.each([
  ['account-disabled', 'alice@contoso.example has disabled true'],
  ['account-locked', 'alice@contoso.example has locked true'],
  ['password-expired-on-premises', 'alice@contoso.example has passwordExpired onPremises'],
  ['conditional-access-blocks', 'the conditional access policy "No joins from outside" has grant block'],
  [
    'conditional-access-at-the-enrolment',
    'the conditional access policy "Compliant devices only" has grant compliantDevice',
  ],
  [
    'conditional-access-outside',
    'the conditional access policy "No joins from outside" has grant block, and the device comes from 198.51.100.23 in US',
  ],
  [
    'conditional-access-by-country',
    'the conditional access policy "Devices stay here" has grant block, and the device comes from 203.0.113.9',
  ],
  ['device-limit', 'the tenant has enrollment.deviceLimit 2'],
  ['personal-devices-blocked', 'the tenant has enrollment.personal block'],
  ['port-443-closed', 'the network closes the port 443'],
  ['proxy-asks-for-sign-in', 'the proxy http://proxy.contoso.example:8080 asks for a sign-in'],
  ['inspection-of-attestation', 'the network inspects *.microsoftaik.azure.net'],
  ['ipv6-only', 'the network has IPv6 alone'],
])('%s: the fact behind it has its file and line', async (scenario, text) => {
  const fact = causeOf((await played(scenario)).journal)?.fact
  expect(fact).toMatchObject({ text, place: expect.stringMatching(/^scenarios\/.*\.yaml:\d+$/) })
})
