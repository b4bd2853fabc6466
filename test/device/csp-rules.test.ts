import { beforeEach, expect, test } from 'vitest'
import { factoryDevice } from '../../src/cli/device/factory-device.ts'
import { oneDevice } from '../../src/cli/device/one-device.ts'
import { CspTree } from '../../src/device/csp/csp-tree.ts'
import { cspVersions } from '../../src/device/csp/csp-versions.ts'
import { CSPS } from '../../src/device/csp/rules/index.ts'
import type { JournalFact } from '../../src/domain/journal.ts'
import { MASK } from '../../src/domain/secret.ts'

const MSFT = './Device/Vendor/MSFT'
const PFX = `${MSFT}/ClientCertificateInstall/PFXCertInstall/one`
const SCEP = `${MSFT}/ClientCertificateInstall/SCEP/one`
const RULE = `${MSFT}/Firewall/MdmStore/FirewallRules/Web`
const TENANT = `${MSFT}/PassportForWork/0f0e/Policies`
const KIOSK = '<AssignedAccessConfiguration/>'

let facts: JournalFact[]
let tree: CspTree

beforeEach(() => {
  facts = []
  tree = new CspTree({ write: (fact) => facts.push(fact) }, () => 'P')
})

const laptop = () => factoryDevice(oneDevice(['surface-laptop-se'])).csp
const noTpm = () => factoryDevice(oneDevice(['contoso-desktop-no-tpm'])).csp

test.each<[string, string, string, string]>([
  ['WindowsLicensing/Edition', 'int', '203', 'surface-laptop-se'],
  ['WindowsLicensing/Edition', 'int', '48', 'hyper-v-vm'],
  ['WindowsLicensing/Status', 'int', '4', 'surface-laptop-se'],
  ['BitLocker/Status/DeviceEncryptionStatus', 'int', '0', 'surface-laptop-se'],
  ['BitLocker/Status/RotateRecoveryPasswordsStatus', 'int', '2', 'surface-laptop-se'],
  ['BitLocker/RequireDeviceEncryption', 'int', '0', 'surface-laptop-se'],
  ['Firewall/MdmStore/PublicProfile/EnableFirewall', 'bool', 'true', 'surface-laptop-se'],
  ['Firewall/MdmStore/DomainProfile/DefaultInboundAction', 'int', '1', 'surface-laptop-se'],
  ['Firewall/MdmStore/Global/SaIdleTime', 'int', '300', 'surface-laptop-se'],
  ['Firewall/MdmStore/FirewallRules', 'node', '', 'surface-laptop-se'],
  ['DeviceLock/DeviceValue/MinDevicePasswordLength', 'int', '4', 'surface-laptop-se'],
  ['Office/Installation/CurrentStatus', 'xml', '', 'surface-laptop-se'],
  ['PassportForWork/Biometrics/UseBiometrics', 'bool', 'true', 'surface-laptop-se'],
  ['RemoteLock', 'node', 'Lock/LockAndResetPIN/LockAndRecoverPIN/NewPINValue', 'surface-laptop-se'],
  ['Personalization', 'node', '', 'surface-laptop-se'],
  [
    'Update',
    'node',
    'ApprovedUpdates/FailedUpdates/InstalledUpdates/InstallableUpdates/PendingRebootUpdates/Rollback',
    'surface-laptop-se',
  ],
  ['EnterpriseModernAppManagement/AppManagement', 'node', 'AppStore/nonStore/System', 'surface-laptop-se'],
])('Get of %s is %s "%s" on a %s', (path, format, value, device) => {
  const { csp } = factoryDevice(oneDevice([device]))
  expect(csp.get(`${MSFT}/${path}`)).toEqual({ status: 200, node: { format, value } })
  expect(csp.get(`./Vendor/MSFT/${path}`).status).toBe(200)
})

test('a device complies with BitLocker until a policy asks for what is not encrypted here', () => {
  const statusOf = (csp: CspTree) => {
    csp.replace(`${MSFT}/BitLocker/RequireDeviceEncryption`, 'int', '1')
    return csp.get(`${MSFT}/BitLocker/Status/DeviceEncryptionStatus`).node?.value
  }
  expect([statusOf(laptop()), statusOf(noTpm())]).toEqual(['4', '8196'])
})

test('CSPVersions lists every CSP of the device with its version, once for each scope', () => {
  const xml = laptop().get(`${MSFT}/DeviceManageability/Capabilities/CSPVersions`).node
  expect(xml).toEqual({ format: 'chr', value: cspVersions() })
  const listed = [...cspVersions().matchAll(/<CSP Node="([^"]+)" Version="(\d+\.\d+)"><\/CSP>/g)]
  const uris = listed.map(([, uri]) => uri)
  expect(new Set(uris).size).toBe(uris.length)
  expect(uris).toEqual(
    expect.arrayContaining(['./DevInfo', `${MSFT}/BitLocker`, `${MSFT}/Policy`, './User/Vendor/MSFT/Policy']),
  )
  expect(new Set(uris.map((uri) => uri!.split('/').at(-1)))).toEqual(new Set(CSPS.map(({ name }) => name)))
  expect(new Map(listed.map(([, uri, version]) => [uri, version])).get(`${MSFT}/BitLocker`)).toBe('5.0')
})

type Command = 'Add' | 'Replace' | 'Delete' | 'Exec'

test.each<[Command, string, string | undefined, string, number]>([
  ['Replace', `${MSFT}/BitLocker/AllowStandardUserEncryption`, 'int', '1', 200],
  ['Replace', `${MSFT}/BitLocker/RequireDeviceEncryption`, 'chr', '1', 415],
  ['Replace', `${MSFT}/BitLocker/RequireDeviceEncryption`, 'int', '2', 400],
  ['Replace', `${MSFT}/BitLocker/Status/DeviceEncryptionStatus`, 'int', '0', 405],
  ['Exec', `${MSFT}/BitLocker/RotateRecoveryPasswords`, undefined, '', 200],
  ['Add', `${MSFT}/BitLocker/Nonsense`, 'chr', 'x', 404],
  ['Exec', `${MSFT}/RemoteLock/Lock`, undefined, '', 405],
  ['Exec', `${MSFT}/RemoteLock/LockAndResetPIN`, undefined, '', 500],
  ['Exec', `${MSFT}/WindowsLicensing/ChangeProductKey`, 'chr', 'AAAAA', 200],
  ['Replace', `${MSFT}/WindowsLicensing/Edition`, 'int', '4', 405],
  ['Replace', `${MSFT}/Firewall/MdmStore/PublicProfile/EnableFirewall`, 'bool', 'false', 200],
  ['Delete', `${MSFT}/Firewall/MdmStore/PublicProfile/EnableFirewall`, undefined, '', 405],
  ['Add', `${MSFT}/Firewall/MdmStore/PublicProfile/Shielded`, 'bool', 'true', 405],
  ['Add', `${RULE}/Protocol`, 'int', '6', 200],
  ['Add', `${RULE}/Protocol`, 'int', '256', 400],
  ['Replace', `${MSFT}/Personalization/DesktopImageUrl`, 'chr', 'https://x.test/a.png', 200],
  ['Add', `${MSFT}/DeviceManageability/Provider/P/ConfigInfo`, 'chr', 'x', 200],
  ['Add', `${MSFT}/DeviceManageability/Provider/Q/ConfigInfo`, 'chr', 'x', 425],
  ['Add', `${MSFT}/AssignedAccess/Configuration`, 'chr', '<x/>', 500],
  ['Add', `${MSFT}/SharedPC/SetEduPolicies`, 'bool', 'true', 200],
  ['Add', `${MSFT}/SharedPC/AccountModel`, 'int', '3', 400],
  ['Add', `${MSFT}/SharedPC/AccountModel`, 'chr', '1', 415],
  ['Add', `${MSFT}/SharedPC/Nonsense`, 'int', '1', 404],
  ['Add', `${PFX}/KeyLocation`, 'int', '3', 200],
  ['Add', `${PFX}/Thumbprint`, 'chr', 'AA', 405],
  ['Add', `${SCEP}/Install/KeyLength`, 'chr', '2048', 415],
  ['Add', `${TENANT}/EnablePinRecovery`, 'bool', 'true', 200],
  ['Add', `${TENANT}/PINComplexity/MinimumPINLength`, 'int', '3', 400],
  ['Add', `${MSFT}/Update/ApprovedUpdates/%7BA%7D`, 'node', '', 200],
  ['Delete', `${MSFT}/Update/ApprovedUpdates/%7BA%7D`, undefined, '', 405],
  ['Exec', `${MSFT}/Office/Installation/CurrentStatus`, undefined, '', 405],
  ['Replace', `${MSFT}/DeviceLock/Provider/P/MinDevicePasswordLength`, 'int', '8', 200],
  ['Replace', `${MSFT}/Policy/Config/DeviceLock/MinDevicePasswordLength`, 'int', '17', 400],
  ['Replace', `${MSFT}/DeviceLock/Provider/P/DevicePasswordEnabled`, 'int', '0', 200],
  ['Exec', `${MSFT}/EnterpriseModernAppManagement/AppManagement/UpdateScan`, undefined, '', 200],
  ['Exec', `${MSFT}/EnterpriseModernAppManagement/AppInstallation/A/StoreInstall`, 'xml', '<x/>', 200],
  ['Add', `${MSFT}/Reboot/Schedule/Single`, 'chr', '2026-01-01T00:00:00Z', 200],
])(
  '%s of %s, %s "%s", is %i, and the journal says that nothing comes of what was taken',
  (command, uri, format, value, status) => {
    const ran: string[] = []
    const run = {
      Add: () => tree.add(uri, format, value),
      Replace: () => tree.replace(uri, format, value),
      Delete: () => tree.delete(uri),
      Exec: () =>
        tree.exec(uri, (effect) => {
          ran.push(effect)
          return 200
        }),
    }
    expect(run[command]().status).toBe(status)
    expect(ran).toEqual([])
    const [fact] = facts
    expect(fact).toMatchObject({ kind: 'csp', by: 'server', command, uri, status })
    expect('effect' in fact! ? fact.effect : undefined).toBe(status === 200 ? 'none' : undefined)
  },
)

test.each<[string, () => void]>([
  ['a command with an effect', () => tree.exec(`${MSFT}/Reboot/RebootNow`, () => 200)],
  ['the configuration of a kiosk', () => tree.add(`${MSFT}/AssignedAccess/Configuration`, 'chr', KIOSK)],
  ['a policy that another node follows', () => tree.add(`${MSFT}/BitLocker/RequireDeviceEncryption`, 'int', '1')],
  ['a policy of an area that no table names', () => tree.add(`${MSFT}/Policy/Config/A/B`, 'chr', 'x')],
  ['a Get', () => tree.get(`${MSFT}/BitLocker/RequireDeviceEncryption`)],
])('%s has no such note', (_, act) => {
  act()
  expect(facts).toHaveLength(1)
  expect(facts[0]).not.toHaveProperty('effect')
})

test.each([`${PFX}/PFXCertPassword`, `${PFX}/PFXCertBlob`])(
  'what %s is set to is journalled as dots, and so is what a Get finds',
  (uri) => {
    tree.add(uri, 'chr', 'hunter2')
    expect(tree.get(uri).node?.value).toBe('hunter2')
    tree.get(`${uri.slice(0, uri.lastIndexOf('/'))}?list=StructData`)
    expect(JSON.stringify(facts)).not.toContain('hunter2')
    expect(facts[0]).toMatchObject({ value: MASK })
    expect(facts[0]).not.toHaveProperty('effect')
  },
)

test('StructData is the node and all below it, leaves with their values', () => {
  const csp = laptop()
  csp.add(`${RULE}/Protocol`, 'int', '6')
  csp.add(`${MSFT}/WiFi/Profile/Lab%201%2F2/WlanXml`, 'chr', '<a/>')
  expect(csp.get('./DevDetail/URI?list=StructData')).toEqual({
    status: 200,
    nodes: [
      { uri: './DevDetail/URI', format: 'node' },
      { uri: './DevDetail/URI/MaxDepth', format: 'int', value: '0' },
      { uri: './DevDetail/URI/MaxTotLen', format: 'int', value: '0' },
      { uri: './DevDetail/URI/MaxSegLen', format: 'int', value: '0' },
    ],
  })
  expect(csp.get('./Vendor/MSFT/WiFi?list=StructData').nodes).toEqual([
    { uri: './Vendor/MSFT/WiFi', format: 'node' },
    { uri: './Vendor/MSFT/WiFi/Profile', format: 'node' },
    { uri: './Vendor/MSFT/WiFi/Profile/Lab%201%2F2', format: 'node' },
    { uri: './Vendor/MSFT/WiFi/Profile/Lab%201%2F2/WlanXml', format: 'chr', value: '<a/>' },
    { uri: './Vendor/MSFT/WiFi/Profile/Lab%201%2F2/WiFiCost', format: 'int', value: '1' },
  ])
  expect(csp.get('./DevInfo/Man?list=StructData').nodes).toEqual([
    { uri: './DevInfo/Man', format: 'chr', value: 'Microsoft Corporation' },
  ])
  expect(csp.get(`${MSFT}/Update/InstallableUpdates?list=StructData`).nodes).toEqual([
    { uri: `${MSFT}/Update/InstallableUpdates`, format: 'node' },
  ])
})

test('Struct is the same without values, and neither has what may not be read', () => {
  tree.add(`${MSFT}/Accounts/Users/Bob/Password`, 'chr', 'hunter2')
  tree.add(`${MSFT}/Accounts/Users/Bob/LocalUserGroup`, 'int', '1')
  const uris = [`${MSFT}/Accounts`, `${MSFT}/Accounts/Users`, `${MSFT}/Accounts/Users/Bob`]
  expect(tree.get(`${MSFT}/Accounts/?list=struct`).nodes).toEqual([
    ...uris.map((uri) => ({ uri, format: 'node' })),
    { uri: `${MSFT}/Accounts/Users/Bob/LocalUserGroup`, format: 'int' },
  ])
})

test.each([
  ['./DevInfo?list=TNDS', 406],
  ['./DevInfo?list=StructDataX', 406],
  ['./DevInfo?prop=ACL', 406],
  ['/DevInfo?list=StructData', 400],
  ['./User/Vendor/MSFT/Policy?list=StructData', 405],
  [`${MSFT}/Nonsense?list=Struct`, 404],
  [`${MSFT}/DMClient/Provider/Q?list=StructData`, 425],
])('Get of %s is %i', (uri, status) => {
  expect(tree.get(uri)).toEqual({ status })
})

test('a list is for Get alone', () => {
  const uri = `${MSFT}/Policy/Config/A/B?list=StructData`
  expect([tree.add(uri, 'chr', 'x'), tree.replace(uri, 'chr', 'x'), tree.delete(uri)]).toEqual([
    { status: 406 },
    { status: 406 },
    { status: 406 },
  ])
})

test('every row has its source, and no two rules have one address', () => {
  const rules = CSPS.flatMap((csp) => csp.rules)
  expect(
    rules.filter(({ source }) => !/^(\w+ CSP(, [\w/]+)?|oobe-autopilot-esp\.md, [\d.]+ \[U\])$/.test(source)),
  ).toEqual([])
  const seen = rules.flatMap(({ path, scope }) =>
    (scope === 'both' ? ['device', 'user'] : [scope]).map((one) => `${one} ${path}`),
  )
  expect(seen.filter((one, index) => seen.indexOf(one) !== index)).toEqual([])
})

test('the challenge of a certificate is journalled as dots', () => {
  tree.add(`${SCEP}/Install/Challenge`, 'chr', 'open sesame')
  expect(facts).toContainEqual(
    expect.objectContaining({ command: 'Add', uri: `${SCEP}/Install/Challenge`, value: MASK }),
  )
})
