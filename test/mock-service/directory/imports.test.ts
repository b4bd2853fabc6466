import { expect, test } from 'vitest'
import type { RegistrationRequest } from '../../../src/mock-service/directory/imports.ts'
import { registerBy } from '../../../src/mock-service/directory/paths.ts'
import { hashOf, type TenantScene, tenantOf } from './tenant-of.ts'

const request = (changes: Partial<RegistrationRequest>): RegistrationRequest => ({
  serialNumber: '',
  productKeyId: '',
  hardwareHash: '',
  manufacturer: '',
  model: '',
  groupTag: '',
  purchaseOrder: '',
  assignedUser: '',
  ...changes,
})
const byHash = (name: string, changes = {}) => request({ hardwareHash: hashOf(name, changes) })

function results({ tenant, wait }: TenantScene, requests: RegistrationRequest[]) {
  const entries = tenant.imports.begin(requests, 'manual')
  wait(5)
  return entries.map(({ result }) => (result?.kind === 'error' ? result.error : result?.kind))
}

test('an import is unknown, then pending, then complete; the registration is another object', () => {
  const { tenant, wait } = tenantOf({ delays: { import: '10m' } })
  const [entry] = tenant.imports.begin([byHash('surface-laptop-se')], 'manual')
  const states = [0, 4.9, 0.2, 4.8, 0.1].map((minutes) => {
    wait(minutes)
    return tenant.imports.statusOf(entry!)
  })
  expect(states).toEqual(['unknown', 'unknown', 'pending', 'pending', 'complete'])
  const [device] = tenant.directory.now.devices.values()
  expect(device).toMatchObject({ serialNumber: 'SIM-SLSE-000001', path: 'manual', tpmVersion: '2.0' })
  expect(entry!.result).toEqual({ kind: 'complete', registrationId: device!.id })
  expect(device!.id).not.toBe(entry!.id)
  expect(tenant.imports.remove(entry!.id)).toBe(true)
  expect(tenant.directory.now.devices.size).toBe(1)
})

test('a device that is here, elsewhere, twice in a file, or nothing at all is refused by name', () => {
  const scene = tenantOf({}, [{ device: 'surface-laptop-se' }], { elsewhere: ['dell-latitude-3120'] })
  expect(
    results(scene, [
      byHash('surface-laptop-se'),
      byHash('dell-latitude-3120'),
      byHash('asus-br1100fka'),
      byHash('asus-br1100fka'),
      request({ hardwareHash: 'aGFyZHdhcmVJZGVudGlmaWVy' }),
      byHash('lenovo-300w-gen-3', { serialNumber: '' }),
      byHash('lenovo-300w-gen-3', { manufacturer: '' }),
    ]),
  ).toEqual([
    'ZtdDeviceAlreadyAssigned',
    'ZtdDeviceAssignedToOtherTenant',
    'complete',
    'ZtdDeviceDuplicated',
    'InvalidZtdHardwareHash',
    'InvalidZtdHardwareHash',
    'InvalidZtdHardwareHash',
  ])
})

test('a partner may name a device that its maker has reported, by product key id or by all three words', () => {
  const scene = tenantOf({}, [], { known: ['surface-laptop-se', 'dell-latitude-3120'] })
  const tuple = { manufacturer: 'Microsoft Corporation', model: 'Surface Laptop SE', serialNumber: 'SIM-SLSE-000001' }
  expect(
    results(scene, [
      request({ ...tuple, model: 'Surface Laptop' }),
      request({ productKeyId: '0000000000000' }),
      request(tuple),
      request({ productKeyId: [...scene.tenant.known][1]!.productKeyId }),
    ]),
  ).toEqual(['ZtdDeviceNotFound', 'ZtdDeviceNotFound', 'complete', 'complete'])
  expect([...scene.tenant.directory.now.devices.values()].map(({ endorsementKeyHash }) => endorsementKeyHash)).toEqual(
    scene.tenant.known.map(({ endorsementKeyHash }) => endorsementKeyHash),
  )
})

test('a board that was swapped is another device, and its fresh hash can be registered', () => {
  const scene = tenantOf({}, [{ device: 'surface-laptop-se' }])
  expect(results(scene, [byHash('surface-laptop-se', { uuid: '53494d00-9999-4000-8000-000000000001' })])).toEqual([
    'complete',
  ])
})

test('a partner registers only with the consent of a Global Administrator', () => {
  const consent = (consentedBy: string) => {
    const { tenant } = tenantOf({ partners: [{ id: 'x', name: 'X', kind: 'reseller', consentedBy }] })
    const started = registerBy(tenant, 'reseller', [byHash('surface-laptop-se')])
    return started.ok ? 'registered' : started.trouble.code
  }
  expect([consent(''), consent('alice@contoso.example'), consent('principal@contoso.example')]).toEqual([
    'ERR_CONSENT_MISSING',
    'ERR_CONSENT_MISSING',
    'registered',
  ])
})

test('each way of registering takes its own words', () => {
  const scene = tenantOf(
    {
      partners: [
        { id: 'o', name: 'O', kind: 'oem', consentedBy: 'principal@contoso.example' },
        { id: 'r', name: 'R', kind: 'reseller', consentedBy: 'principal@contoso.example' },
      ],
    },
    [],
    { known: ['surface-laptop-se'] },
  )
  const tuple = { manufacturer: 'Microsoft Corporation', model: 'Surface Laptop SE', serialNumber: 'SIM-SLSE-000001' }
  const take = (path: 'manual' | 'oem' | 'reseller' | 'surface', changes: Partial<RegistrationRequest>) => {
    const started = registerBy(scene.tenant, path, [request(changes)])
    return started.ok ? 'taken' : started.trouble.code
  }
  const hash = { hardwareHash: hashOf('surface-laptop-se') }
  const productKey = { productKeyId: '3300000000001' }
  const table = (['manual', 'oem', 'reseller', 'surface'] as const).map((path) => [
    take(path, hash),
    take(path, productKey),
    take(path, tuple),
    take(path, { ...tuple, model: '' }),
  ])
  const refused = 'ERR_REGISTRATION_ROWS'
  expect(table).toEqual([
    ['taken', refused, refused, refused],
    [refused, 'taken', 'taken', refused],
    ['taken', 'taken', 'taken', refused],
    [refused, refused, 'taken', refused],
  ])
  expect(take('manual', { ...hash, assignedUser: 'mallory@fabrikam.example' })).toBe(refused)
  expect(take('manual', { ...hash, assignedUser: 'Nobody@Contoso.example' })).toBe('taken')
})

test('thousands of rows do not take the square of a row', () => {
  const scene = tenantOf({}, [], { known: ['surface-laptop-se'] })
  const rows = Array.from({ length: 20_000 }, () => request({ productKeyId: '3300000000001' }))
  const entries = scene.tenant.imports.begin(rows, 'reseller')
  scene.wait(5)
  expect(entries.filter(({ result }) => result?.kind === 'complete')).toHaveLength(1)
})
