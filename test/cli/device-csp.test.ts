import { expect, test } from 'vitest'
import { call, expectRefused } from './call.ts'

test('without a device it lists the nodes, with default and source', async () => {
  const { code, stdout } = await call('device', 'csp', 'Reboot')
  expect(code).toBe(0)
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    'NODE                                                  FORMAT  ACCESS                  DEFAULT  SOURCE',
    './Device/Vendor/MSFT/Reboot/RebootNow                 null    Exec Get                ""       Reboot CSP',
  ])
})

test('with a device each node has its value, and --json has all of a long one', async () => {
  const { stdout } = await call('device', 'csp', 'surface-laptop-se', './DevDetail')
  expect(stdout).toContain('./DevDetail/Ext/Microsoft/SMBIOSSerialNumber     chr     Get     SIM-SLSE-000001\n')
  expect(stdout).toMatch(/DeviceHardwareData .*…\n/)
  const json = await call('device', 'csp', 'surface-laptop-se', './DevDetail/Ext/DeviceHardwareData', '--json')
  const hash = await call('device', 'hash', 'surface-laptop-se')
  expect(JSON.parse(json.stdout)).toEqual([
    {
      csp: 'DevDetail',
      uri: './DevDetail/Ext/DeviceHardwareData',
      format: 'chr',
      access: 'Get',
      scope: 'device',
      default: null,
      source: 'DevDetail CSP',
      value: hash.stdout.trim(),
    },
  ])
})

test('./Vendor is ./Device/Vendor, and both scopes of a node are listed', async () => {
  const short = await call('device', 'csp', './Vendor/MSFT/Policy')
  const full = await call('device', 'csp', './Device/Vendor/MSFT/Policy/')
  expect(short.stdout).toBe(full.stdout)
  expect((await call('device', 'csp', 'Policy')).stdout).toContain('./User/Vendor/MSFT/Policy/Config/{}/{}')
})

test('names that the device has chosen are filled in', async () => {
  const { stdout } = await call('device', 'csp', 'surface-laptop-se', 'DeviceStatus')
  expect(stdout).toContain('NetworkIdentifiers/02%3A53%3A49%3A4D%3A01%3A01/Type ')
})

test('refuses what is no node, no device, too much, or the wrong way round', async () => {
  const names =
    '  There are: Accounts, AssignedAccess, BitLocker, CertificateStore, ClientCertificateInstall, DevDetail, DevInfo, DeviceLock, ' +
    'DeviceManageability, DevicePreparation, DeviceStatus, DMClient, EnterpriseDesktopAppManagement, EnterpriseModernAppManagement, ' +
    'EnrollmentStatusTracking, Firewall, HealthAttestation, Office, PassportForWork, Personalization, Policy, Reboot, RemoteLock, ' +
    'RemoteWipe, OfflineDomainJoin, CleanPC, RootCATrustedCertificates, SharedPC, Update, WiFi, WindowsAutopilot, WindowsBackupAndRestore, ' +
    'WindowsLicensing'
  expectRefused(await call('device', 'csp', './Nonsense'), 'ERR_UNKNOWN_NODE: no CSP has a node at ./Nonsense', names)
  expectRefused(
    await call('device', 'csp', 'Reboot', 'surface-laptop-se'),
    'ERR_BAD_ARGUMENTS: the device comes first: surface-laptop-se Reboot',
  )
  expectRefused(await call('device', 'csp', 'a', 'b', 'c'), 'ERR_BAD_ARGUMENTS: one device and one path: a b c')
  expect((await call('device', 'csp', 'no-such-device')).code).toBe(2)
  expect((await call('device', 'csp', '--nope')).stderr).toContain('ERR_UNKNOWN_OPTION')
})
