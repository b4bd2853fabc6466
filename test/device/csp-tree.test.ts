import { beforeEach, expect, test } from 'vitest'
import { CspTree } from '../../src/device/csp/csp-tree.ts'
import type { JournalFact } from '../../src/domain/journal.ts'

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
  ['a user node before anybody has signed in', () => tree.add('./User/Vendor/MSFT/Policy/Config/A/B', 'chr', 'x'), 405],
])('%s', (_, act, status) => {
  expect(act().status).toBe(status)
})

test('a second Add of a leaf is 418', () => {
  tree.add('./Device/Vendor/MSFT/Policy/Config/A/B', 'chr', 'x')
  expect(tree.add('./Vendor/MSFT/Policy/Config/A/B', 'chr', 'y').status).toBe(418)
  expect(tree.read('./Device/Vendor/MSFT/Policy/Config/A/B')).toBe('x')
})

test('user nodes exist once somebody has signed in', () => {
  tree.hasUser = true
  expect(tree.add('./User/Vendor/MSFT/Policy/Config/A/B', 'chr', 'x').status).toBe(200)
  expect(tree.read('./Device/Vendor/MSFT/Policy/Config/A/B')).toBeUndefined()
})

test.each([
  ['ServerHasFinishedProvisioning', ['true', 'false'], [200, 405]],
  ['IsSyncDone', ['true', 'true'], [200, 405]],
  ['ServerHasFinishedProvisioning', ['-1', '1', ' true ', '0'], [200, 200, 200, 405]],
  ['WasDeviceSuccessfullyProvisioned', ['2', '1', '0'], [200, 200, 405]],
])('%s goes one way only', (name, values, statuses) => {
  expect(values.map((value) => tree.replace(`${SYNC}/${name}`, undefined, value).status)).toEqual(statuses)
})

test.each(['true', '1', '-1', ' 1 '])('the boolean "%s" is true', (value) => {
  expect(tree.replace(`${SYNC}/SkipUserStatusPage`, 'bool', value).status).toBe(200)
  expect({ text: tree.read(`${SYNC}/SkipUserStatusPage`), is: tree.readBool(`${SYNC}/SkipUserStatusPage`) }).toEqual({
    text: 'true',
    is: true,
  })
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

test('each change is told once, and a write of the same value by the device is none', () => {
  let changes = 0
  const off = tree.onChange(() => changes++)
  tree.set(`${MSI}/Status`, 'int', '20')
  tree.set(`${MSI}/Status`, 'int', '20')
  tree.add('./Device/Vendor/MSFT/Policy/Config/A/B', 'chr', 'x')
  off()
  tree.delete('./Device/Vendor/MSFT/Policy/Config/A/B')
  expect(changes).toBe(2)
})

test('what a server does is journalled with its status', () => {
  tree.replace(`${SYNC}/BlockInStatusPage`, 'int', '3')
  tree.get('./Device/Vendor/MSFT/Nonsense')
  expect(facts).toEqual([
    { kind: 'csp', command: 'Replace', uri: `${SYNC}/BlockInStatusPage`, status: 200, value: '3' },
    { kind: 'csp', command: 'Get', uri: './Device/Vendor/MSFT/Nonsense', status: 404 },
  ])
})
