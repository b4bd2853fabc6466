import { beforeEach, expect, test } from 'vitest'
import type { NodeOrder } from '../../src/mock-service/oma-dm/orders.ts'
import { managedScene } from './managed-scene.ts'

let scene: ReturnType<typeof managedScene>
beforeEach(() => {
  scene = managedScene()
})

const NAME = './Device/Vendor/MSFT/Accounts/Domain/ComputerName'
const SHOWN = './DevDetail/Ext/Microsoft/DeviceName'
const named = (data: string): NodeOrder => ({ kind: 'Add', uri: NAME, format: 'chr', data })

test("a computer name is the device's from the next start on", async () => {
  const before = scene.device.disk.deviceName
  await scene.hold([named('LAB-%RAND:3%')])
  expect(scene.device.disk.deviceName).toBe(before)
  scene.device.powerOn()
  expect(scene.device.disk.deviceName).toMatch(/^LAB-\d{3}$/)
  await scene.hold([{ kind: 'Get', uri: SHOWN }])
  expect(scene.server.found.get(SHOWN)).toBe(scene.device.disk.deviceName)
})

const WRONG = ['', 'has space', '12345', 'a-name-that-is-too-long', 'a_b', '%serial%', '%RAND:5%', '%RAND:16%x']

test.each([...WRONG, 'PC-%RAND:0%'])('"%s" is no computer name', async (name) => {
  await scene.hold([named(name)])
  expect(scene.server.refused.map(({ status }) => status)).toEqual(['500'])
})

test('a name that comes out as digits alone is not taken, and the log says so', async () => {
  const { disk, definition } = scene.device
  const before = disk.deviceName
  definition.smbios.serialNumber = '12-345'
  await scene.hold([named('%SERIAL%')])
  expect(scene.server.refused).toEqual([])
  scene.device.powerOn()
  expect(scene.device.disk.deviceName).toBe(before)
})
