import { createPublicKey, sign } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { CspTree } from '../../src/device/csp/csp-tree.ts'
import type { JournalFact } from '../../src/domain/journal.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { createCertificate, thumbprint } from '../../src/protocols/x509/certificate.ts'

const SYNC = './Device/Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/FirstSyncStatus'
const MSI = './Device/Vendor/MSFT/EnterpriseDesktopAppManagement/MSI/%7BA%7D'

let facts: JournalFact[]
let tree: CspTree

beforeEach(() => {
  facts = []
  tree = new CspTree({ write: (fact) => facts.push(fact) })
})

test.each<[string, () => { status: number }, number]>([
  ['Get of nothing', () => tree.get(`${SYNC}/ExpectedPolicies`), 404],
  ['Add of a known leaf', () => tree.add(`${SYNC}/ExpectedPolicies`, 'chr', 'x'), 200],
  ['Replace of a known leaf', () => tree.replace(`${SYNC}/BlockInStatusPage`, 'int', '3'), 200],
  ['Add of a path that no CSP has', () => tree.add('./Device/Vendor/MSFT/Nonsense', 'chr', 'x'), 404],
  ['a LocURI that begins with a slash', () => tree.replace('/Vendor/MSFT/Policy/Config/A/B', 'chr', 'x'), 400],
  ['an int that is none', () => tree.replace(`${SYNC}/TimeOutUntilSyncFailure`, 'int', 'soon'), 415],
  ['a bool that is none', () => tree.replace(`${SYNC}/SkipUserStatusPage`, 'bool', 'yes'), 415],
  ['Delete of what cannot be deleted', () => tree.delete(`${SYNC}/IsSyncDone`), 405],
  ['Delete of what is not there', () => tree.delete('./Device/Vendor/MSFT/Policy/Config/A/B'), 404],
  ['Exec of what cannot run', () => tree.exec('./Device/Vendor/MSFT/Policy/Config/A/B', () => 200), 405],
  ['Exec of a job', () => tree.exec(`${MSI}/DownloadInstall`, () => 202), 202],
  ['a server that writes a status of ours', () => tree.replace(`${MSI}/Status`, 'int', '70'), 405],
  ['a user node before the sign-in', () => tree.add('./User/Vendor/MSFT/Policy/Config/A/B', 'chr', 'x'), 405],
])('%s [point 37]', (_, act, status) => {
  expect(act().status).toBe(status)
})

test('a second Add of a leaf is 418', () => {
  tree.add('./Device/Vendor/MSFT/Policy/Config/A/B', 'chr', 'x')
  expect(tree.add('./Vendor/MSFT/Policy/Config/A/B', 'chr', 'y').status).toBe(418)
  expect(tree.read('./Device/Vendor/MSFT/Policy/Config/A/B')).toBe('x')
})

test('user nodes exist once a person has signed in', () => {
  tree.hasUser = true
  expect(tree.add('./User/Vendor/MSFT/Policy/Config/A/B', 'chr', 'x').status).toBe(200)
  expect(tree.read('./Device/Vendor/MSFT/Policy/Config/A/B')).toBeUndefined()
})

test.each([
  ['ServerHasFinishedProvisioning', ['true', 'false'], [200, 405]],
  ['IsSyncDone', ['true', 'true'], [200, 405]],
  ['ServerHasFinishedProvisioning', ['-1', '1', ' true ', '0'], [200, 200, 200, 405]],
  ['WasDeviceSuccessfullyProvisioned', ['2', '1', '0'], [200, 200, 405]],
])('%s goes one way only [point 50]', (name, values, statuses) => {
  expect(values.map((value) => tree.replace(`${SYNC}/${name}`, undefined, value).status)).toEqual(statuses)
})

test.each(['true', '1', '-1', ' 1 '])('the boolean "%s" is true', (value) => {
  expect(tree.replace(`${SYNC}/SkipUserStatusPage`, 'bool', value).status).toBe(200)
  expect({ text: tree.read(`${SYNC}/SkipUserStatusPage`), is: tree.readBool(`${SYNC}/SkipUserStatusPage`) }).toEqual({
    text: 'true',
    is: true,
  })
})

test('a slash inside of a name is a part of the name, and of no path [point 36]', () => {
  const profiles = './Device/Vendor/MSFT/WiFi/Profile'
  expect(tree.add(`${profiles}/Lab%201%2F2/WlanXml`, 'chr', 'x').status).toBe(200)
  expect(tree.get(`${profiles}/lab%201%2f2/WlanXml`.replace('lab', 'Lab')).node?.value).toBe('x')
  expect(tree.get(profiles).node).toEqual({ format: 'node', value: 'Lab%201%2F2' })
  expect(tree.get(`${profiles}/Lab%201/2/WlanXml`).status).toBe(404)
  expect(tree.delete(`${profiles}/Lab%201%2F2`).status).toBe(200)
  expect(tree.get(profiles).node?.value ?? '').toBe('')
})

test('an interior node lists its children, URI-encoded', () => {
  tree.add(`${MSI}/DownloadInstall`, 'xml', '')
  tree.add('./Device/Vendor/MSFT/EnterpriseDesktopAppManagement/MSI/%7BB%7D/DownloadInstall', 'xml', '')
  expect(tree.get('./Vendor/MSFT/EnterpriseDesktopAppManagement/MSI')).toEqual({
    status: 200,
    node: { format: 'node', value: '%7BA%7D/%7BB%7D' },
  })
})

test('a default shows below a parent that exists, and not before', () => {
  expect(tree.read(`${SYNC}/TimeOutUntilSyncFailure`)).toBeUndefined()
  tree.replace(`${SYNC}/BlockInStatusPage`, 'int', '1')
  expect(tree.read(`${SYNC}/TimeOutUntilSyncFailure`)).toBe('60')
  expect(tree.readBool(`${SYNC}/SkipDeviceStatusPage`)).toBe(true)
})

test.each([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])('the boolean %s is read', (value, expected) => {
  tree.replace(`${SYNC}/SkipDeviceStatusPage`, 'bool', value)
  expect(tree.readBool(`${SYNC}/SkipDeviceStatusPage`)).toBe(expected)
})

test('each change is announced once, and a write of the same value by the device is none', () => {
  let changes = 0
  const off = tree.onChange(() => changes++)
  tree.set(`${MSI}/Status`, 'int', '20')
  tree.set(`${MSI}/Status`, 'int', '20')
  tree.add('./Device/Vendor/MSFT/Policy/Config/A/B', 'chr', 'x')
  off()
  tree.delete('./Device/Vendor/MSFT/Policy/Config/A/B')
  expect(changes).toBe(2)
})

test.each<[string, string, string | undefined, string, number]>([
  ['another format than the node has', `${SYNC}/BlockInStatusPage`, 'bool', '1', 415],
  ['no format at all', `${SYNC}/BlockInStatusPage`, undefined, '1', 200],
  ['an integer above its range', `${SYNC}/TimeOutUntilSyncFailure`, 'int', '1441', 400],
  ['an integer below its range', `${SYNC}/TimeOutUntilSyncFailure`, 'int', '0', 400],
  ['a policy of an unknown area, in any format', './Device/Vendor/MSFT/Policy/Config/New/One', 'float', '1', 200],
  ['a property of a node', './Device/Vendor/MSFT/Policy/Config/A/B?prop=ACL', 'chr', 'x', 406],
  ['an interior node', './Device/Vendor/MSFT/Policy', 'chr', 'x', 405],
  ['a computed node', './DevInfo/Man', 'chr', 'x', 405],
])('Replace of %s [point 37]', (_, uri, format, value, status) => {
  expect(tree.replace(uri, format, value).status).toBe(status)
})

test.each([
  ['a node that may not be read', './Device/Vendor/MSFT/Accounts/Users/%62ob/Password', 405],
  ['a user node before the sign-in', './User/Vendor/MSFT/Policy/Config/A/B', 405],
  ['a LocURI that begins with a slash', '/Vendor/MSFT/Policy', 400],
  ['a tree as a document', './DevInfo?list=TNDS', 406],
  ['a property', './DevInfo/Man?prop=Format', 406],
  ['the structure of what no CSP has', './Device/Vendor/MSFT/Nonsense?list=StructData', 404],
  ['a node that is not set', './Device/Vendor/MSFT/Policy/Config/A/B', 404],
])('Get of %s [point 37]', (_, uri, status) => {
  expect(tree.get(uri).status).toBe(status)
})

test('what is always there is listed, with its defaults', () => {
  expect(tree.get('./Device/Vendor/MSFT/Reboot')).toEqual({
    status: 200,
    node: { format: 'node', value: 'RebootNow' },
  })
  tree.set('./Device/Vendor/MSFT/DMClient/Provider/P', 'node', '')
  expect(tree.names('./Device/Vendor/MSFT/DMClient/Provider/P/Poll')).toContain('NumberOfFirstRetries')
})

test('a Result of a policy is its Config', () => {
  tree.add('./Device/Vendor/MSFT/Policy/Config/A/B', 'int', '7')
  expect(tree.get('./Device/Vendor/MSFT/Policy/Result/A/B').node?.value).toBe('7')
  expect(tree.get('./Device/Vendor/MSFT/Policy/Result/A/C').status).toBe(404)
})

test('only the provider of the account may touch what is its own [point 37]', () => {
  const owned = new CspTree({ write: () => {} }, () => 'MS DM Server')
  const mine = `${SYNC}/CustomErrorText`
  const other = mine.replace('MS%20DM%20Server', 'Other')
  expect([owned.add(mine, 'chr', 'x').status, owned.add(other, 'chr', 'x').status, owned.get(other).status]).toEqual([
    200, 425, 425,
  ])
})

test('a password is neither shown nor journalled', () => {
  tree.add('./Device/Vendor/MSFT/Accounts/Users/%62ob/Password', 'chr', 'hunter2-hunter2')
  expect(JSON.stringify(facts)).not.toContain('hunter2')
})

test('a certificate is kept under its own thumbprint, and tells of itself', () => {
  const key = derivedKeys.rsa2048('test', 'root')
  const der = createCertificate({
    serial: new Uint8Array([1]),
    issuer: [{ type: 'CN', value: 'Contoso Root' }],
    subject: [{ type: 'CN', value: 'Contoso Root' }],
    notBefore: new Date('2024-01-01T00:00:00Z'),
    notAfter: new Date('2034-01-01T00:00:00Z'),
    spki: createPublicKey(key).export({ type: 'spki', format: 'der' }),
    sign: (tbs) => sign('sha256', tbs, key),
    extensions: [],
  })
  const path = `./Device/Vendor/MSFT/RootCATrustedCertificates/Root/${thumbprint(der)}`
  const encoded = Buffer.from(der).toString('base64')
  const flipped = Buffer.from(der)
  flipped[flipped.length - 1]! ^= 1
  const add = (uri: string, value: string) => tree.add(`${uri}/EncodedCertificate`, 'b64', value).status
  expect(
    add(
      path.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
      encoded,
    ),
  ).toBe(500)
  expect(add(path, flipped.toString('base64'))).toBe(500)
  expect(add(path, 'AAAA')).toBe(500)
  expect(add(path, 'no base64!')).toBe(415)
  expect(add(path, encoded)).toBe(200)
  expect([tree.read(`${path}/IssuedTo`), tree.read(`${path}/ValidTo`)]).toEqual([
    'CN=Contoso Root',
    '2034-01-01T00:00:00.000Z',
  ])
})

test('what a server does is journalled with its status', () => {
  tree.replace(`${SYNC}/BlockInStatusPage`, 'int', '3')
  tree.get('./Device/Vendor/MSFT/Nonsense')
  expect(facts).toEqual([
    { kind: 'csp', by: 'server', command: 'Replace', uri: `${SYNC}/BlockInStatusPage`, status: 200, value: '3' },
    { kind: 'csp', by: 'server', command: 'Get', uri: './Device/Vendor/MSFT/Nonsense', status: 404 },
  ])
})

test('and what the device writes itself, in full, once for each change', () => {
  const long = 'x'.repeat(5_000)
  tree.set(`${SYNC}/IsSyncDone`, 'bool', 'true')
  tree.set(`${SYNC}/IsSyncDone`, 'bool', 'true')
  tree.set(`${SYNC}/Long`, 'chr', long)
  tree.remove(`${SYNC}/Long`)
  tree.remove(`${SYNC}/Long`)
  const own = { kind: 'csp', by: 'device', status: 200 }
  expect(facts).toEqual([
    { ...own, command: 'Replace', uri: `${SYNC}/IsSyncDone`, value: 'true' },
    { ...own, command: 'Replace', uri: `${SYNC}/Long`, value: long },
    { ...own, command: 'Delete', uri: `${SYNC}/Long` },
  ])
})

test("the account's Provider node is absent until the server adds it, the release with it", () => {
  const provider = './User/Vendor/MSFT/DMClient/Provider/P'
  const release = () => tree.replace(`${provider}/FirstSyncStatus/ServerHasFinishedProvisioning`, 'bool', 'true').status
  expect([release(), tree.get(provider).status]).toEqual([405, 405])
  tree.signIn('alice@contoso.example')
  expect([release(), tree.get(provider).status, tree.add(`${provider}/FirstSyncStatus`, 'node', '').status]).toEqual([
    404, 404, 404,
  ])
  expect(tree.add(provider, 'node', '').status).toBe(200)
  expect(release()).toBe(200)
})
