import { describe, expect, test } from 'vitest'
import { asking, directly, tokenWith } from './serve.ts'

const PATH = '/beta/deviceManagement/importedDeviceIdentities'

const serial = (text: string, more: object = {}) => ({
  importedDeviceIdentifier: text,
  importedDeviceIdentityType: 'serialNumber',
  ...more,
})

function corporate() {
  const scene = directly()
  const put = (list: object[], overwrites = false) =>
    scene.ask('POST', `${PATH}/importDeviceIdentityList`, {
      importedDeviceIdentities: list,
      overwriteImportedDeviceIdentities: overwrites,
    })
  const find = (...list: object[]) =>
    scene.ask('POST', `${PATH}/searchExistingIdentities`, { importedDeviceIdentities: list })
  return { ...scene, put, find }
}

test('a list is imported, found again, shown one by one and deleted', () => {
  const { ask, put, find } = corporate()
  const identifier = 'Microsoft Corporation,Surface Laptop SE,SIM-SLSE-000001'
  const { status, json } = put([
    serial('SIM-1', { description: 'Spare', platform: 'windows' }),
    { importedDeviceIdentifier: identifier, importedDeviceIdentityType: 'manufacturerModelSerial' },
    { importedDeviceIdentifier: '490154203237518', importedDeviceIdentityType: 'imei' },
  ])
  expect(status).toBe(200)
  expect(json.value[0]).toEqual({
    '@odata.type': '#microsoft.graph.importedDeviceIdentityResult',
    id: expect.stringMatching(/^[\da-f-]{36}$/),
    importedDeviceIdentifier: 'SIM-1',
    importedDeviceIdentityType: 'serialNumber',
    lastModifiedDateTime: '2024-11-04T08:00:00Z',
    createdDateTime: '2024-11-04T08:00:00Z',
    lastContactedDateTime: '0001-01-01T00:00:00Z',
    description: 'Spare',
    enrollmentState: 'notContacted',
    platform: 'windows',
    status: true,
  })
  const { '@odata.type': _, status: __, ...first } = json.value[0]
  expect(ask('GET', PATH).json.value).toMatchObject([{}, {}, {}].map((_, index) => ({ id: json.value[index].id })))
  expect(ask('GET', `${PATH}/${first.id}`).json).toMatchObject(first)
  expect(ask('GET', `${PATH}?$filter=contains(importedDeviceIdentifier,'slse')&$select=id`).json.value).toHaveLength(1)
  expect(find(serial('sim-1'), serial('SIM-2')).json.value).toMatchObject([first])
  expect(find({ importedDeviceIdentifier: '1', importedDeviceIdentityType: 'imei' }).json.value).toEqual([])
  expect(ask('DELETE', `${PATH}/${first.id}`).status).toBe(204)
  expect(ask('DELETE', `${PATH}/${first.id}`).status).toBe(404)
  expect(find(serial('SIM-1')).json.value).toEqual([])
})

test('what is known already keeps its description, except where it is to be overwritten', () => {
  const { ask, put, wait } = corporate()
  const { id } = put([serial('SIM-1', { description: 'old' })]).json.value[0]
  wait(1)
  expect(put([serial('SIM-1', { description: 'new' })]).json.value).toMatchObject([
    { id, description: 'old', status: false },
  ])
  expect(put([serial('SIM-1', { description: 'new' })], true).json.value).toMatchObject([{ id, status: true }])
  expect(ask('GET', PATH).json.value).toMatchObject([
    { id, description: 'new', createdDateTime: '2024-11-04T08:00:00Z', lastModifiedDateTime: '2024-11-04T08:01:00Z' },
  ])
  expect(put([serial('SIM-3'), serial('SIM-3')]).json.value.map(({ status }: { status: boolean }) => status)).toEqual([
    true,
    false,
  ])
})

describe('refused is', () => {
  test.each<[string, object]>([
    ['an IMEI that is no number', { importedDeviceIdentifier: 'x', importedDeviceIdentityType: 'imei' }],
    [
      'a model without its serial number',
      { importedDeviceIdentifier: 'a,b', importedDeviceIdentityType: 'manufacturerModelSerial' },
    ],
    ['an empty part', { importedDeviceIdentifier: 'a,,c', importedDeviceIdentityType: 'manufacturerModelSerial' }],
    ['no identifier', { importedDeviceIdentityType: 'serialNumber' }],
  ])('%s, for the search too', (_, bad) => {
    const { ask, put, find } = corporate()
    for (const answer of [put([serial('SIM-1'), bad]), find(bad)]) {
      expect([answer.status, answer.json.error.message]).toEqual([
        400,
        'Invalid Device Identifier parameter found for 1 import records!',
      ])
    }
    expect(ask('GET', PATH).json.value).toEqual([])
  })

  test('a name or a value that the type does not have, a missing parameter, too long a list', () => {
    const { ask, put } = corporate()
    const message = (answer: { json: { error: { message: string } } }) => answer.json.error.message
    expect(message(put([{ importedDeviceIdentifierType: 'imei' }]))).toContain(
      "'importedDeviceIdentifierType' does not exist",
    )
    expect(message(put([serial('SIM-1', { platform: 'dos' })]))).toContain("Cannot convert the literal 'dos'")
    expect(message(put(Array.from({ length: 5_001 }, (_, index) => serial(`S${index}`))))).toContain('at most 5000')
    const missing = ask('POST', `${PATH}/importDeviceIdentityList`, { importedDeviceIdentities: [] })
    expect(message(missing)).toContain("requires the parameter 'overwriteImportedDeviceIdentities'")
  })

  test('a POST of one, as on the live service, and all of it in v1.0', () => {
    const { ask } = corporate()
    const answer = ask('POST', PATH, serial('SIM-1'))
    expect([answer.status, answer.json.error.code]).toEqual([400, 'No method match route template'])
    expect(ask('GET', PATH.replace('beta', 'v1.0')).status).toBe(400)
  })
})

test('the permission to read is enough to search, and not to import', () => {
  const scene = directly()
  const ask = asking(scene, tokenWith(scene, { scp: 'DeviceManagementServiceConfig.Read.All' }))
  const body = { importedDeviceIdentities: [] }
  expect(ask('POST', `${PATH}/searchExistingIdentities`, body).status).toBe(200)
  const list = { ...body, overwriteImportedDeviceIdentities: true }
  expect(ask('POST', `${PATH}/importDeviceIdentityList`, list).status).toBe(403)
})

test('five thousand identifiers are imported and searched in no long time', () => {
  const { put, find } = corporate()
  const list = Array.from({ length: 5_000 }, (_, index) => serial(`S${index}`))
  expect(put(list).json.value).toHaveLength(5_000)
  expect(find(...list).json.value).toHaveLength(5_000)
})
