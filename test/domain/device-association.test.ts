import { expect, test } from 'vitest'
import { type AssociationFacts, whyNotAssociated } from '../../src/domain/device-association.ts'
import { EDITIONS, type Edition } from '../../src/domain/windows-versions.ts'
import { prove } from '../reference/prove.ts'

const facts = (edition: Edition, over: Partial<AssociationFacts> = {}): AssociationFacts => ({
  windows: { productType: String(EDITIONS[edition].sku), version: '10.0.26200.9278' },
  tpm: { version: '2.0', vendor: 'INTC', isUsable: true },
  ...over,
})

test.each<Edition>(['Pro', 'Pro Education', 'Education', 'Enterprise'])('%s can be associated', (edition) => {
  expect(whyNotAssociated(facts(edition))).toBeUndefined()
})

test.each<[string, AssociationFacts]>([
  ['Windows 11 SE is no edition of device preparation', facts('SE')],
  ['Windows 11 Home is no edition of device preparation', facts('Home')],
  ['device association needs TPM 2.0', facts('Pro', { tpm: undefined })],
  ['device association needs TPM 2.0', facts('Pro', { tpm: { version: '1.2', vendor: 'IFX', isUsable: true } })],
  [
    'device association needs a TPM in a good state',
    facts('Pro', { tpm: { version: '2.0', vendor: 'INTC', isUsable: false } }),
  ],
  ['a virtual machine cannot be associated', facts('Pro', { tpm: { version: '2.0', vendor: 'MSFT', isUsable: true } })],
])('%s', (why, given) => {
  expect(whyNotAssociated(given)).toBe(why)
})

prove(['2.9/needs'], 'the editions that it names can be associated, and the others cannot', ({ cells }) => {
  const [, value] = cells
  for (const edition of ['Pro', 'Pro Education', 'Education', 'Enterprise'] as const) {
    expect(value).toContain(edition)
    expect(whyNotAssociated(facts(edition))).toBeUndefined()
  }
  expect(value).toMatch(/\*\*not SE\*\*, no virtual machine/)
  expect(whyNotAssociated(facts('SE'))).toBeDefined()
})
