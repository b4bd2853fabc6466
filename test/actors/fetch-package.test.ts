import { expect, test } from 'vitest'
import { installMsi, type MsiInstallation } from '../../src/actors/install-msi.ts'
import { success } from '../../src/domain/trouble.ts'
import { encodeAppPackage } from '../../src/protocols/app-package/app-package.ts'
import { managedScene } from './managed-scene.ts'

test.each([
  ['https://[', 0x80070654 | 0],
  ['/agent/apps', 0],
])('a management extension that asks for its apps at %s', async (appsUrl, hresult) => {
  const { device, bindings } = managedScene()
  const body = encodeAppPackage('msi', {
    identity: '{1}',
    name: 'Microsoft Intune Management Extension',
    publisher: 'Contoso',
    version: '1',
    installSeconds: 0,
    exitCode: 0,
    isDetected: true,
    agent: { provider: 'Sidecar', appsUrl },
  })
  const service = { ...bindings.service, http: { send: async () => success({ status: 200, headers: {}, body }) } }
  const timeline = { ...bindings.timeline, now: 0, sleep: async () => {} } as unknown as typeof bindings.timeline
  const order = {
    uri: './Device/Vendor/MSFT/EnterpriseDesktopAppManagement/MSI/%7B1%7D',
    state: 'running',
    attempts: 0,
    job: {
      kind: 'msi',
      version: '1',
      contentUrls: ['https://content.contoso.test/a.msi'],
      enforcement: { commandLine: '', timeOut: 1, retryCount: 0, retryInterval: 0 },
    },
  } as unknown as MsiInstallation
  expect(await installMsi({ ...bindings, service, timeline }, order, new AbortController().signal)).toBe(hresult)
  expect(device.agent?.appsUrl).toBe(hresult === 0 ? 'https://content.contoso.test/agent/apps' : undefined)
})
