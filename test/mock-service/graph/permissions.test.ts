import { expect, test } from 'vitest'
import { sufficientFor } from '../../../src/mock-service/graph/permissions.ts'
import { asking, directly, tokenWith } from './serve.ts'

const scene = directly()
const status = (claims: object, method: 'GET' | 'POST', path: string) =>
  asking(scene, tokenWith(scene, { ...claims }))(method, path, method === 'POST' ? {} : undefined).status
const allows = (claims: object, method: 'GET' | 'POST', path: string): boolean => status(claims, method, path) !== 403

const DEVICES = '/v1.0/deviceManagement/windowsAutopilotDeviceIdentities'

test.each<[string, string, 'GET' | 'POST', string, boolean]>([
  ['scp', 'openid DeviceManagementServiceConfig.Read.All profile', 'GET', DEVICES, true],
  ['scp', 'devicemanagementserviceconfig.readwrite.all', 'POST', `${DEVICES}/deleteDevices`, true],
  ['scp', 'DeviceManagementServiceConfig.Read.All', 'POST', `${DEVICES}/deleteDevices`, false],
  ['scp', 'user_impersonation', 'GET', DEVICES, false],
  ['scp', 'Directory.Read.All', 'GET', DEVICES, false],
  ...(['roles', 'scp'] as const).flatMap((claim): [string, string, 'GET' | 'POST', string, boolean][] => [
    [claim, 'Directory.Read.All', 'GET', '/v1.0/groups', true],
    [claim, 'Directory.Read.All', 'GET', '/v1.0/users', true],
    [claim, 'Directory.Read.All', 'GET', '/v1.0/organization', true],
    [claim, 'Directory.Read.All', 'POST', '/v1.0/groups', false],
    [claim, 'Directory.ReadWrite.All', 'POST', '/v1.0/groups', true],
    [claim, 'Directory.ReadWrite.All', 'POST', '/v1.0/users', true],
    [claim, 'GroupMember.Read.All', 'GET', '/v1.0/groups/x/members', true],
    [claim, 'GroupMember.ReadWrite.All', 'POST', '/v1.0/groups/x/members/$ref', true],
    [claim, 'Group.ReadWrite.All', 'POST', '/v1.0/groups/x/members/$ref', true],
    [claim, 'GroupMember.ReadWrite.All', 'POST', '/v1.0/groups', false],
    [claim, 'User.ReadBasic.All', 'GET', '/v1.0/users', true],
    [claim, 'Group.Read.All', 'GET', '/v1.0/users', false],
  ]),
])('%s %s: %s %s is allowed: %s', (claim, granted, method, path, expected) => {
  expect(allows({ [claim]: claim === 'roles' ? [granted] : granted }, method, path)).toBe(expected)
})

test('Graph is meant by each of its names', () => {
  const audience = (aud: unknown) => status({ aud, roles: ['Group.Read.All'] }, 'GET', '/v1.0/groups')
  expect(
    [
      'https://graph.microsoft.com',
      'https://graph.microsoft.com/',
      '00000003-0000-0000-c000-000000000000',
      'https://graph.microsoft.test',
    ].map(audience),
  ).toEqual([200, 200, 200, 200])
  expect(
    [
      'https://graph.microsoft.com.evil.test',
      '',
      undefined,
      ['https://graph.microsoft.com'],
      'https://graph.windows.net',
    ].map(audience),
  ).toEqual([401, 401, 401, 401, 401])
})

test('a route may name several permissions: each is enough', () => {
  expect(sufficientFor({ method: 'GET', permission: ['Device', 'Group'] })).toEqual(
    expect.arrayContaining(['Device.Read.All', 'Group.Read.All', 'Directory.Read.All']),
  )
  expect(
    sufficientFor({ method: 'POST', permission: 'DeviceManagementManagedDevices.PrivilegedOperations' }),
  ).toContain('DeviceManagementManagedDevices.PrivilegedOperations.All')
})
