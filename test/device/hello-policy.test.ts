import { expect, test } from 'vitest'
import { helloPolicyOf } from '../../src/device/hello-policy.ts'
import { PIN_DEFAULTS } from '../../src/domain/hello.ts'

type Version = '1.2' | '2.0' | 'none'

/** A device with a TPM of this version, or none, and these nodes below the policies of its tenant. */
const policyOf = (nodes: Record<string, string>, version: Version = '2.0') =>
  helloPolicyOf(
    {
      csp: { readPut: (uri) => nodes[uri.replace('/Vendor/MSFT/PassportForWork/tenant/Policies', '')] },
      definition: { ...(version === 'none' ? {} : { tpm: { version } as never }) },
    },
    'tenant',
  )

test('without a policy a device that has joined launches it, with a PIN of six digits', () => {
  expect(policyOf({})).toMatchObject({ launches: true, rules: PIN_DEFAULTS })
})

const off = './Device/UsePassportForWork'
const needed = { './Device/RequireSecurityDevice': 'true' }

test.each<[string, Record<string, string>, Version, object]>([
  ['a policy of the device turns it off', { [off]: 'false' }, '2.0', { launches: false, refusedBy: 'policy' }],
  [
    'a policy of the user comes first',
    { [off]: 'false', './User/UsePassportForWork': 'true' },
    '2.0',
    { launches: true },
  ],
  [
    'it is not to begin after the sign-in',
    { './Device/DisablePostLogonProvisioning': 'true' },
    '2.0',
    { launches: false, refusedBy: 'policy' },
  ],
  ['a TPM is needed, and there', needed, '2.0', { launches: true }],
  ['a TPM is needed, and missing', needed, 'none', { launches: false, refusedBy: 'hardware' }],
  ['a TPM of 1.2 is enough', needed, '1.2', { launches: true }],
  [
    'a TPM of 1.2 is excluded',
    { ...needed, './Device/ExcludeSecurityDevices/TPM12': 'true' },
    '1.2',
    { launches: false, refusedBy: 'hardware' },
  ],
  ['no TPM is needed, and none there', {}, 'none', { launches: true }],
])('%s', (_, nodes, version, expected) => {
  expect(policyOf(nodes, version)).toMatchObject(expected)
})

test('the rules for a PIN are those of the policies', () => {
  const complexity = './Device/PINComplexity'
  const nodes = {
    [`${complexity}/MinimumPINLength`]: '8',
    [`${complexity}/MaximumPINLength`]: '12',
    [`${complexity}/UppercaseLetters`]: '0',
    [`${complexity}/LowercaseLetters`]: '1',
    [`${complexity}/Digits`]: '2',
  }
  expect(policyOf(nodes).rules).toEqual({
    minimumLength: 8,
    maximumLength: 12,
    uppercase: 'allowed',
    lowercase: 'required',
    special: 'disallowed',
    digits: 'disallowed',
  })
})
