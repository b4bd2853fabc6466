import { expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import type { TenantDefinition } from '../../src/domain/tenant.ts'
import type { TenantAction } from '../../src/domain/tenant-action.ts'
import { tenantNow } from '../../src/journal/tenant-now.ts'

const TENANT = {
  users: [
    { email: 'alice@a.example', name: 'Alice', licensed: true },
    { email: 'bob@a.example', name: 'Bob', licensed: false },
  ],
  devices: [{ device: 'laptop', groupTag: 'Classroom' }],
  groups: [{ id: 'class', name: 'Class' }],
  deploymentProfiles: [{ id: 'p1', name: 'Students', assignedTo: ['class'] }],
  statusPages: [{ id: 's1', name: 'Page', assignedTo: [] }],
  apps: [{ id: 'a1', name: 'Exam Browser', assignedTo: ['allDevices'] }],
  enrollment: { windows: 'allow', join: 'all' },
  conditionalAccess: [{ id: 'c1', name: 'Block', excluded: [] }],
} as unknown as TenantDefinition

const act = (action: TenantAction, at = 1): JournalEntry => ({
  at,
  seq: at,
  kind: 'stimulus',
  by: 'terminal',
  stimulus: { kind: 'tenantChange', action },
})

const after = (...actions: TenantAction[]) =>
  tenantNow(
    TENANT,
    'laptop',
    actions.map((action, index) => act(action, index)),
  )

test('without an act it is the tenant of the file', () => {
  expect(after()).toEqual({
    tenant: TENANT,
    isManagedDeviceDeleted: false,
    waiting: [],
    accessOff: new Set(),
    graphRequests: 0,
  })
})

test('licences and accounts, by address in any case', () => {
  const { tenant } = after(
    { kind: 'removeLicence', value: 'ALICE@a.example' },
    { kind: 'assignLicence', value: 'bob@a.example' },
    { kind: 'account', value: { user: 'bob@a.example', disabled: true } },
    { kind: 'account', value: { user: 'bob@a.example', locked: true } },
  )
  expect(tenant.users).toMatchObject([
    { email: 'alice@a.example', licensed: false },
    { email: 'bob@a.example', licensed: true, disabled: true, locked: true },
  ])
})

test('assignments of profiles, status pages and apps, by id and by name', () => {
  const { tenant } = after(
    { kind: 'unassign', value: { profile: 'Students', from: 'class' } },
    { kind: 'assign', value: { profile: 'p1', to: 'allDevices' } },
    { kind: 'assign', value: { statusPage: 's1', to: 'class' } },
    { kind: 'assign', value: { app: 'a1', to: 'allDevices' } },
  )
  expect(tenant.deploymentProfiles[0]!.assignedTo).toEqual(['allDevices'])
  expect(tenant.statusPages[0]!.assignedTo).toEqual(['class'])
  expect(tenant.apps[0]!.assignedTo).toEqual(['allDevices'])
})

test('what is deleted is gone', () => {
  const { tenant } = after(
    { kind: 'delete', value: { app: 'Exam Browser' } },
    { kind: 'delete', value: { group: 'class' } },
    { kind: 'delete', value: { user: 'bob@a.example' } },
  )
  expect([tenant.apps, tenant.groups, tenant.users.length]).toEqual([[], [], 1])
})

test('the registration of this device', () => {
  const devicesAfter = (...actions: TenantAction[]) => after(...actions).tenant.devices
  expect(devicesAfter({ kind: 'setGroupTag', value: 'Lab' })).toMatchObject([{ device: 'laptop', groupTag: 'Lab' }])
  expect(devicesAfter({ kind: 'deregister', value: true })).toEqual([])
  expect(
    devicesAfter({ kind: 'deregister', value: true }, { kind: 'register', value: { groupTag: 'Lab' } }),
  ).toMatchObject([{ device: 'laptop', groupTag: 'Lab' }])
})

test('rules of enrolment, Conditional Access, the device object, and requests to Graph', () => {
  const now = after(
    { kind: 'enrollment', value: { windows: 'block' } },
    { kind: 'conditionalAccess', value: { policy: 'c1', state: 'off' } },
    { kind: 'conditionalAccess', value: { policy: 'c1', exclude: 'alice@a.example' } },
    { kind: 'entraDevice', value: 'disable' },
    { kind: 'deleteManagedDevice', value: true },
    { kind: 'graph', value: { method: 'GET', path: '/users' } },
    { kind: 'graph', value: { method: 'PATCH', path: '/users/x' } },
  )
  expect(now.tenant.enrollment).toEqual({ windows: 'block', join: 'all' })
  expect(now.tenant.conditionalAccess).toMatchObject([{ excluded: ['alice@a.example'] }])
  expect(now).toMatchObject({
    accessOff: new Set(['c1']),
    entraDevice: 'disabled',
    isManagedDeviceDeleted: true,
    graphRequests: 1,
  })
})

test('remote actions wait until a session has ended', () => {
  const sync = act({ kind: 'device', value: 'sync' })
  const ended = {
    at: 2,
    seq: 2,
    kind: 'session',
    session: 1,
    event: 'ended',
    address: '',
    startedBy: '',
  } satisfies JournalEntry
  expect(tenantNow(TENANT, 'laptop', [sync]).waiting).toEqual(['sync'])
  expect(tenantNow(TENANT, 'laptop', [sync, ended]).waiting).toEqual([])
})
