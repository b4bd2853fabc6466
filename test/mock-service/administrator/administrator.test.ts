import { expect, test } from 'vitest'
import type { TenantAction, TenantActionKind } from '../../../src/domain/tenant-action.ts'
import { administer, command } from '../../../src/mock-service/administrator/administrator.ts'
import { officeOf } from '../../../src/mock-service/administrator/office.ts'
import { newDevice } from '../../../src/mock-service/oma-dm/managed-device.ts'
import { hashOf, tenantOf } from '../directory/tenant-of.ts'

function scene(isRegistered = true) {
  const details = { groupTag: 'Classroom' }
  const conditionalAccess = [
    { id: 'proof', name: 'P', users: 'all', excluded: [], resources: ['join'], grant: 'multifactor' },
  ]
  const made = tenantOf({ conditionalAccess }, isRegistered ? [{ device: 'surface-laptop-se', details }] : [])
  const { tenant } = made
  const office = officeOf(tenant, {
    since: 0,
    serialNumber: 'SIM-SLSE-000001',
    hardwareHash: () => hashOf('surface-laptop-se'),
  })
  const registered = () => [...tenant.directory.now.devices.values()][0]
  const enrol = () => {
    const enrolled = { entDmId: 'E', deviceId: 'D', deviceName: 'CLS-1', upn: '', contentUrl: '' }
    const device = newDevice({ ...enrolled, registered: registered(), entraDeviceId: registered()?.entraDeviceId }, 0)
    tenant.state.management.managed.set('print', device)
    return device
  }
  const act = (action: TenantAction) => {
    const result = administer(office, action)
    return result.ok ? 'done' : result.trouble.text
  }
  return { ...made, office, registered, enrol, act }
}

const user = (made: ReturnType<typeof scene>, name: string) =>
  made.tenant.directory.now.users.get(`${name}@contoso.example`)
const named = (made: ReturnType<typeof scene>, name: string) =>
  [...made.tenant.directory.now.profiles.values()].find((profile) => profile.name === name)

/** What is different after each action. One without its line does not compile. */
const EFFECTS: {
  [Kind in TenantActionKind]: [
    value: Extract<TenantAction, { kind: Kind }>['value'],
    look: (made: ReturnType<typeof scene>) => unknown,
    before: unknown,
    after: unknown,
  ]
} = {
  assignLicence: ['carla@contoso.example', (made) => user(made, 'carla')?.licensed, false, true],
  removeLicence: ['alice@contoso.example', (made) => user(made, 'alice')?.licensed, true, false],
  setPassword: [
    { user: 'Alice@contoso.example', password: 'new-one' },
    (made) => user(made, 'alice')?.password,
    'correct-horse',
    'new-one',
  ],
  account: [{ user: 'Alice@contoso.example', locked: true }, (made) => user(made, 'alice')?.locked, undefined, true],
  conditionalAccess: [
    { policy: 'proof', exclude: 'Alice@contoso.example', state: 'off' },
    ({ tenant }) => tenant.state.entra.accessChanges?.get('proof'),
    undefined,
    { isOff: true, excluded: ['alice@contoso.example'] },
  ],
  assign: [
    { profile: 'classroom', to: 'library-devices' },
    (made) => named(made, 'Classroom laptops')?.assignedTo.length,
    1,
    2,
  ],
  unassign: [
    { statusPage: 'school', from: 'classroom-devices' },
    ({ tenant }) => [...tenant.directory.now.statusPages.values()][0]?.assignedTo.length,
    2,
    1,
  ],
  delete: [{ group: 'library-devices' }, ({ tenant }) => tenant.directory.now.groups.size, 2, 1],
  register: [{ groupTag: 'New' }, ({ tenant }) => tenant.imports.all.map(({ groupTag }) => groupTag), [], ['New']],
  deregister: [true, ({ tenant }) => tenant.directory.now.devices.size, 1, 0],
  setGroupTag: ['Library', ({ registered }) => registered()?.groupTag, 'Classroom', 'Library'],
  entraDevice: ['disable', ({ tenant }) => tenant.directory.entra.all()[0]?.accountEnabled, true, false],
  allowNextEnrollment: [
    true,
    ({ tenant, registered }) => tenant.contacts.of(registered()!.id).userlessEnrollment,
    'unknown',
    'allowed',
  ],
  device: [
    'restart',
    ({ tenant }) =>
      [...tenant.state.management.managed.values()].flatMap(({ actions }) => actions.map(({ name }) => name)),
    [],
    ['rebootNow'],
  ],
  deleteManagedDevice: [true, ({ tenant }) => tenant.state.management.managed.size, 1, 0],
  enrollment: [
    { windows: 'block' },
    ({ tenant }) => tenant.enrolmentRules,
    { windows: 'allow', join: 'all' },
    { windows: 'block', join: 'all' },
  ],
  graph: [
    {
      method: 'PATCH',
      path: '/organization/6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c/branding',
      body: { signInPageText: 'Hello' },
    },
    ({ tenant }) => tenant.directory.now.branding.signInPageText,
    'Welcome, learners! Sign in with your school e-mail. Need help? Ask your teacher.',
    'Hello',
  ],
}

test.each(Object.keys(EFFECTS) as TenantActionKind[])('%s changes the tenant', (kind) => {
  const [value, look, before, after] = EFFECTS[kind]
  const made = scene()
  if (kind === 'device' || kind === 'deleteManagedDevice') made.enrol()
  const seen = () => (kind === 'enrollment' ? pick(look(made)) : look(made))
  expect(seen()).toEqual(before)
  expect(made.act({ kind, value } as TenantAction)).toBe('done')
  made.wait(1)
  expect(seen()).toEqual(after)
})

const pick = (rules: unknown) => {
  const { windows, join } = rules as { windows: string; join: string }
  return { windows, join }
}

test.each<[TenantAction, RegExp]>([
  [
    { kind: 'assignLicence', value: 'ghost@contoso.example' },
    /^POST \/users\/ghost@contoso\.example\/assignLicense was refused with 404 /,
  ],
  [{ kind: 'setPassword', value: { user: 'ghost@contoso.example', password: 'x' } }, /^there is no user ghost/],
  [
    { kind: 'delete', value: { profile: 'classroom' } },
    /refused with 400 BadRequest: A profile that is assigned cannot be deleted$/,
  ],
  [{ kind: 'assign', value: { profile: 'classroom', to: 'no-such-group' } }, /refused with 400 .*there is no group/],
  [
    { kind: 'unassign', value: { app: '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f501', from: 'library-devices' } },
    /^it is not assigned to library-devices/,
  ],
  [{ kind: 'device', value: 'wipe' }, /^the device has not enrolled/],
  [{ kind: 'graph', value: { method: 'GET', path: '/toasters' } }, /refused with 400/],
])('%j is refused with the sentence of the service', (action, text) => {
  expect(scene().act(action)).toMatch(text)
})

test('what is of this device needs its registration', () => {
  const { act } = scene(false)
  for (const kind of ['deregister', 'allowNextEnrollment'] as const) {
    expect(act({ kind, value: true })).toBe('SIM-SLSE-000001 is not registered')
  }
})

test('a command of the server waits for the next session, and needs an enrolled device', () => {
  const { office, enrol } = scene()
  const order = { command: 'Exec', uri: './Device/Vendor/MSFT/Reboot/RebootNow' } as const
  expect(command(office, order)).toMatchObject({ ok: false, trouble: { text: 'the device has not enrolled' } })
  const device = enrol()
  expect(command(office, order).ok).toBe(true)
  expect(device.upcoming).toEqual([{ user: undefined, orders: [{ kind: 'Exec', uri: order.uri }] }])
})
