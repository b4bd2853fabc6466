import { beforeEach, describe, expect, test } from 'vitest'
import { type MsiOrder, msiInput, msiInstallation } from '../../src/actors/msi-installation.ts'
import type { HttpResponse } from '../../src/domain/http.ts'
import { failure, type Result, success } from '../../src/domain/trouble.ts'
import { type AppPackage, encodeAppPackage } from '../../src/protocols/app-package/app-package.ts'
import { managedScene } from './managed-scene.ts'

const URI = './Device/Vendor/MSFT/EnterpriseDesktopAppManagement/MSI/%7B1%7D'

let scene: ReturnType<typeof managedScene>
beforeEach(() => {
  // One with an Ethernet port, and a cable in it.
  scene = managedScene('asus-br1100cka')
  scene.device.network.change({ cable: 'in' })
})

const packageOf = (over: Partial<AppPackage> = {}): Result<HttpResponse> => {
  const body = encodeAppPackage('msi', {
    identity: '{1}',
    name: 'Microsoft Intune Management Extension',
    publisher: 'Contoso',
    version: '1',
    installSeconds: 0,
    exitCode: 0,
    isDetected: true,
    ...over,
  })
  return success({ status: 200, headers: {}, body })
}

const REFUSED = failure('0x80190194', 'not found')

/** Installs one MSI whose downloads are answered like this, in turn. The last answer stays. */
async function install(answers: Result<HttpResponse>[], enforcement: Partial<MsiOrder['job']['enforcement']> = {}) {
  const { device, bindings, timeline, play } = scene
  const left = [...answers]
  const asked: number[] = []
  bindings.service.http = {
    send: async () => {
      asked.push(timeline.now)
      return left.length > 1 ? left.shift()! : left[0]!
    },
  }
  const statuses: string[] = []
  device.csp.onChange(() => {
    const status = device.csp.read(`${URI}/Status`)
    if (status !== undefined && status !== statuses.at(-1)) statuses.push(status)
  })
  const order = {
    uri: URI,
    state: 'waiting',
    attempts: 0,
    job: {
      kind: 'msi',
      version: '1',
      contentUrls: ['https://content.contoso.test/a.msi'],
      enforcement: { commandLine: '', timeOut: 1, retryCount: 0, retryInterval: 0, ...enforcement },
    },
  } as unknown as MsiOrder
  const outcome = await play(msiInstallation, msiInput(bindings, order))
  return { outcome, order, asked, statuses, agent: device.agent?.appsUrl, endedAt: timeline.now }
}

describe('the management extension', () => {
  test.each([
    ['https://[', { kind: 'failed', hresult: 0x80070654 | 0 }],
    ['/agent/apps', { kind: 'installed' }],
  ])('that asks for its apps at %s', async (appsUrl, outcome) => {
    const done = await install([packageOf({ agent: { provider: 'Sidecar', appsUrl } })])
    expect(done.outcome).toEqual(outcome)
    expect(done.agent).toBe(outcome.kind === 'installed' ? 'https://content.contoso.test/agent/apps' : undefined)
  })
})

test('downloads and installations are retried, and both count', async () => {
  const done = await install([REFUSED, packageOf({ exitCode: 1603 }), packageOf()], {
    retryCount: 2,
    retryInterval: 5,
  })
  expect(done.outcome).toEqual({ kind: 'installed' })
  expect(done.asked).toEqual([0, 300_000, 600_000])
  expect(done.statuses).toEqual(['20', '25', '20', '40', '50', '55', '20', '40', '50', '70'])
  expect(done.order.attempts).toBe(3)
})

test.each([
  ['a download', REFUSED, 0x80190194 | 0, '30'],
  ['an installation', packageOf({ exitCode: 1603 }), 0x80070643 | 0, '60'],
  ['an installation that takes longer than TimeOut', packageOf({ installSeconds: 61 }), 0x800705b4 | 0, '60'],
])('%s that fails for the last time ends it', async (_, answer, hresult, status) => {
  const done = await install([answer], { retryCount: 1, retryInterval: 1 })
  expect({ outcome: done.outcome, tries: done.asked.length, status: done.statuses.at(-1) }).toEqual({
    outcome: { kind: 'failed', hresult },
    tries: 2,
    status,
  })
})

test('what Windows 11 SE does not allow is tried once', async () => {
  const done = await install([packageOf({ name: 'Some Game' })], { retryCount: 5 })
  expect(done).toMatchObject({ outcome: { kind: 'failed', hresult: 0x87d300d9 | 0 }, asked: [0] })
})

test('a download without a network waits for it and is no try', async () => {
  const { timeline, device } = scene
  device.network.change({ uplink: 'down' })
  timeline.schedule(40_000, () => device.network.change({ uplink: 'up' }))
  const done = await install([REFUSED, REFUSED, packageOf()])
  expect({ outcome: done.outcome, asked: done.asked, attempts: done.order.attempts }).toEqual({
    outcome: { kind: 'installed' },
    asked: [0, 30_000, 60_000],
    attempts: 1,
  })
})
