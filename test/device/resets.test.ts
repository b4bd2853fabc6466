import { expect, test } from 'vitest'
import { isKeptNode, keptBoot, refuseReset, resetTrouble } from '../../src/device/resets.ts'
import { Storage } from '../../src/device/storage.ts'
import { FRESH_BOOT } from '../../src/domain/boot.ts'

const disk = {
  ...FRESH_BOOT,
  deviceName: 'CLS-0001',
  isNamed: true,
  language: 'en-US',
  region: 'US',
  keyboard: '00000409',
  wifi: 'Contoso-Students',
  account: { upn: 'alice@contoso.example', displayName: 'Alice', tenantId: 't', kind: 'workOrSchool' as const },
  isJoined: true,
  isEnrolled: true,
  deviceStatusDone: true,
  accountStatusDone: false,
  helloDone: true,
  isContinuedAnyway: true,
  laterUsers: 2,
}

test('an Autopilot Reset keeps membership, enrolment, Wi-Fi and language, and no person', () => {
  const { account, ...kept } = keptBoot(disk, 'autopilotReset')
  expect(account).toBeUndefined()
  expect(kept).toMatchObject({
    deviceName: 'CLS-0001',
    isNamed: true,
    language: 'en-US',
    region: 'US',
    keyboard: '00000409',
    wifi: 'Contoso-Students',
    isJoined: true,
    isEnrolled: true,
    deviceStatusDone: false,
    accountStatusDone: true,
    helloDone: false,
    isContinuedAnyway: false,
    laterUsers: 2,
    reset: { kind: 'autopilotReset', isRestored: false },
  })
  expect(keptBoot(disk, 'keepsUsers').account).toEqual(disk.account)
})

test.each([
  ['DMClient/Provider/MS DM Server/EntDMID', true],
  ['DMClient/Provider/MS DM Server/Poll/NumberOfFirstRetries', true],
  ['DMClient/Provider/MS DM Server/FirstSyncStatus/IsSyncDone', false],
  ['DMClient/Provider/Another/EntDMID', false],
  ['ClientCertificateInstall/SCEP/School/Status', true],
  ['Policy/Config/Education/AllowGraphingCalculator', false],
  ['WiFi/Profile/Contoso-Students/WlanXml', false],
])('of the tree %s is kept: %s', (path, isKept) => {
  expect(isKeptNode('MS DM Server', `./Device/Vendor/MSFT/${path}`)).toBe(isKept)
})

test.each([
  ['enabled', undefined],
  ['disabled', 'Windows RE is off'],
  ['missing', 'Windows RE is not there'],
] as const)('Windows RE that is %s: %s', (recovery, text) => {
  expect(resetTrouble({ storage: new Storage(recovery), disk: FRESH_BOOT })?.text).toBe(text)
})

test('only an Autopilot Reset has nodes that say why it was refused', () => {
  const written: string[] = []
  const device = {
    storage: new Storage('disabled'),
    csp: { set: (uri: string, _: string, value: string) => void written.push(`${uri.split('/').at(-1)} ${value}`) },
    log: () => {},
    disk: FRESH_BOOT,
    refusedReset: undefined,
  }
  refuseReset(device, 'everything')
  expect([written, device.refusedReset]).toEqual([[], { code: '0x80070032', text: 'Windows RE is off' }])
  refuseReset(device, 'autopilotReset')
  expect(written).toEqual(['LastError -2147024846', 'Status 30'])
})

test('reagentc enables an image that is there, and no other', () => {
  const off = new Storage('disabled')
  expect([off.change({ recovery: 'enabled' }, disk), off.recovery]).toEqual([true, 'enabled'])
  expect(off.change({ recovery: 'enabled' }, disk)).toBe(false)
  const gone = new Storage('missing')
  expect([gone.change({ recovery: 'enabled' }, disk), gone.recovery]).toEqual([false, 'missing'])
})
