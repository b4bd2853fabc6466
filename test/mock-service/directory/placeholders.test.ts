import { describe, expect, test } from 'vitest'
import { isTelling, isTellingUuid } from '../../../src/domain/placeholders.ts'
import { recognise } from '../../../src/mock-service/autopilot/registration.ts'
import type { RegistrationRequest } from '../../../src/mock-service/directory/imports.ts'
import { hashOf, type TenantScene, tenantOf } from './tenant-of.ts'

const UUID = 'aaaaaaaa-4455-4677-8899-aabbccddeeff'
const NO_UUID = '03000200-0400-0500-0006-000700080009'
const PLACEHOLDER = 'Default string'

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

function results(
  { tenant, wait }: TenantScene,
  requests: RegistrationRequest[],
  path: 'manual' | 'reseller' = 'manual',
) {
  const entries = tenant.imports.begin(requests, path)
  wait(5)
  return entries.map(({ result }) => (result?.kind === 'error' ? result.error : result?.kind))
}

test.each([
  ['Default string', 'To Be Filled By O.E.M.', 'to be filled by OEM', 'ToBeFilledByO.E.M.', 'System Serial Number'],
  ['SystemSerialNumb', 'None', 'N/A', 'Not Specified', 'Not Applicable', 'INVALID', 'Unknown', 'Serial Number'],
  ['0', '00000000', '123456789', '0123456789', '1234567890', '..........', 'xxxxxx', '---', ' ', ''],
])('%s says nothing of a device', (...texts) => {
  expect(texts.filter(isTelling)).toEqual([])
})

test.each(['SIM-SLSE-000001', '5CD1234ABC', '0012345', 'None-1', 'PF0X', '12345', 'A1'])('%s does', (text) => {
  expect(isTelling(text)).toBe(true)
})

test('a UUID of zeros, of ones, or of a firmware kit says nothing of a board', () => {
  const ones = 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'
  expect(['', '00000000-0000-0000-0000-000000000000', ones, NO_UUID].map(isTellingUuid)).toEqual(Array(4).fill(false))
  expect(isTellingUuid(UUID)).toBe(true)
})

describe('the lookup of a device with a placeholder for its serial number', () => {
  const registered = (device: string, changes: Parameters<typeof hashOf>[1]) => {
    const scene = tenantOf()
    expect(results(scene, [request({ hardwareHash: hashOf(device, changes) })])).toEqual(['complete'])
    return (other: string, itsChanges: Parameters<typeof hashOf>[1]) =>
      recognise(scene.tenant, hashOf(other, itsChanges)).kind
  }
  const SAME = { serialNumber: PLACEHOLDER, manufacturer: 'JP.ik' }

  test('finds itself, and never another device with the same one', () => {
    const kindOf = registered('surface-laptop-se', SAME)
    expect(kindOf('surface-laptop-se', SAME)).toBe('recognised')
    expect(kindOf('dell-latitude-3140', SAME)).toBe('unknown')
  })

  test('finds itself with another board, by the part that stayed', () => {
    const kindOf = registered('surface-laptop-se', SAME)
    expect(kindOf('surface-laptop-se', { ...SAME, uuid: UUID })).toBe('mismatch')
  })

  test('takes a placeholder of a UUID for no board', () => {
    const kindOf = registered('surface-laptop-se', { ...SAME, uuid: NO_UUID })
    expect(kindOf('dell-latitude-3140', { ...SAME, uuid: NO_UUID })).toBe('unknown')
  })

  test('tells devices without a TPM, a serial number and a UUID apart by their product key ids', () => {
    const nothing = { ...SAME, uuid: NO_UUID }
    const kindOf = registered('contoso-desktop-no-tpm', nothing)
    expect(kindOf('contoso-desktop-no-tpm', nothing)).toBe('recognised')
    expect(kindOf('contoso-laptop-tpm-1-2', nothing)).toBe('unknown')
  })

  test('a real serial number with other hardware is a mismatch, as ever', () => {
    const real = { serialNumber: 'SIM-1', manufacturer: 'JP.ik' }
    expect(registered('surface-laptop-se', real)('dell-latitude-3140', real)).toBe('mismatch')
  })
})

test('an import takes devices with the same placeholder, and refuses the same hardware twice', () => {
  const row = (device: string) =>
    request({ hardwareHash: hashOf(device, { serialNumber: PLACEHOLDER, manufacturer: 'JP.ik' }) })
  const rows = ['surface-laptop-se', 'dell-latitude-3140', 'surface-laptop-se'].map(row)
  expect(results(tenantOf(), rows)).toEqual(['complete', 'complete', 'ZtdDeviceDuplicated'])
})

test('manufacturer, model and a placeholder find no device', () => {
  const tuple = { manufacturer: 'JP.ik', model: 'T304' }
  const known = [PLACEHOLDER, 'SIM-1'].map((serialNumber) => hashOf('jpik-leap-t304', { serialNumber }))
  const rows = [PLACEHOLDER, 'SIM-1'].map((serialNumber) => request({ ...tuple, serialNumber }))
  expect(results(tenantOf({}, [], { known }), rows, 'reseller')).toEqual(['ZtdDeviceNotFound', 'complete'])
})
