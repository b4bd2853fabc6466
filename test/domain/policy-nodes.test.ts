import { expect, test } from 'vitest'
import { policyFormat, policyNode } from '../../src/domain/policy-nodes.ts'

test.each([
  ['DeviceLock/DevicePasswordEnabled', '1', 'Policy/Config/DeviceLock/DevicePasswordEnabled', 'int'],
  ['SharedPC/AccountModel', '1', 'SharedPC/AccountModel', 'int'],
  ['SharedPC/EnableSharedPCMode', 'true', 'SharedPC/EnableSharedPCMode', 'bool'],
  ['AssignedAccess/Configuration', '<x/>', 'AssignedAccess/Configuration', 'chr'],
])('%s with %s is written to %s as %s', (policy, value, node, format) => {
  expect([policyNode(policy), policyFormat(policy, value)]).toEqual([node, format])
})
