import { expect, test } from 'vitest'
import { helloPolicyOf } from '../../src/device/hello-policy.ts'
import { isSharedPc, sharedPcOf } from '../../src/device/shared-pc.ts'

const NODE = './Device/Vendor/MSFT/SharedPC'

/** A tree with these nodes of the SharedPC CSP. */
const treeOf = (nodes: Readonly<Record<string, string>>) => ({
  readPut: (uri: string) => (uri.startsWith(`${NODE}/`) ? nodes[uri.slice(NODE.length + 1)] : undefined),
})

test.each([
  ['nothing', {}, { hasGuest: false, hasOrganization: true }],
  ['a model without the mode', { AccountModel: '0' }, { hasGuest: false, hasOrganization: true }],
  ['the mode that is off', { EnableSharedPCMode: 'false' }, { hasGuest: false, hasOrganization: true }],
  ['the mode alone', { EnableSharedPCMode: 'true' }, { hasGuest: true, hasOrganization: false }],
  ['guests', { EnableSharedPCMode: 'true', AccountModel: '0' }, { hasGuest: true, hasOrganization: false }],
  ['the organization', { EnableSharedPCMode: '1', AccountModel: '1' }, { hasGuest: false, hasOrganization: true }],
  [
    'both, with OneDrive',
    { EnableSharedPCModeWithOneDriveSync: 'true', AccountModel: '2' },
    { hasGuest: true, hasOrganization: true },
  ],
])('with %s the sign-in screen lets in', (_, nodes, found) => {
  expect(sharedPcOf(treeOf(nodes))).toEqual(found)
})

test.each([
  [{}, true],
  [{ EnableSharedPCMode: 'true' }, false],
])('with %j Windows Hello for Business launches: %s', (nodes, launches) => {
  const policy = helloPolicyOf({ csp: treeOf(nodes), definition: {} as never }, 'tenant')
  expect({ launches: policy.launches, isShared: isSharedPc(treeOf(nodes)) }).toEqual({ launches, isShared: !launches })
})
