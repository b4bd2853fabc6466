import { beforeEach, expect, test } from 'vitest'
import { CspTree } from '../../src/device/csp/csp-tree.ts'
import { espProgress } from '../../src/device/esp-progress.ts'
import { joinList } from '../../src/protocols/syncml/list.ts'

const DEVICE = './Device/Vendor/MSFT'
const SYNC = `${DEVICE}/DMClient/Provider/P/FirstSyncStatus`
const APPS = `${DEVICE}/EnrollmentStatusTracking/Setup/Apps`
const MSI = `${DEVICE}/EnterpriseDesktopAppManagement/MSI`

let tree: CspTree
beforeEach(() => {
  tree = new CspTree({ write: () => {} })
  tree.add(`${SYNC}/ExpectedPolicies`, 'chr', '')
  tree.replace(`${SYNC}/ServerHasFinishedProvisioning`, 'bool', 'true')
})

const apps = () => {
  const step = espProgress(tree, 'deviceSetup', 'P').steps.find(({ id }) => id === 'apps')!
  return `${step.state}: ${step.status}`
}
const track = (app: string, state: number) =>
  tree.replace(`${APPS}/Tracking/Sidecar/${app}/InstallationState`, 'int', String(state))

test('a list is split on its separator, and its counts are not checked [point 51]', () => {
  tree.add(`${SYNC}/ExpectedMSIAppPackages`, 'chr', joinList([`${MSI}/A;1`, `${MSI}/B;7`, `${MSI}/C`]))
  for (const name of ['A', 'B', 'C']) tree.set(`${MSI}/${name}/Status`, 'int', name === 'C' ? '50' : '70')
  expect(apps()).toBe('inProgress: 2 of 3 installed')
  tree.set(`${MSI}/C/Status`, 'int', '70')
  expect(apps()).toBe('succeeded: 3 of 3 installed')
})

test('apps that an agent tracks are counted beside those that the server ordered', () => {
  tree.add(`${SYNC}/ExpectedMSIAppPackages`, 'chr', `${MSI}/A;1`)
  tree.set(`${MSI}/A/Status`, 'int', '70')
  track('word', 2)
  track('excel', 3)
  expect(apps()).toBe('inProgress: 2 of 3 installed')
  track('word', 3)
  expect(apps()).toBe('succeeded: 3 of 3 installed')
  track('excel', 4)
  expect(apps()).toBe('failed: 0x80004005')
})

test('an app whose agent has said nothing of it yet is open', () => {
  tree.add(`${APPS}/Tracking/Sidecar/word/TrackingUri`, 'chr', './x')
  expect(apps()).toBe('inProgress: 0 of 1 installed')
})

test.each([['30'], ['60']])('status %s is a failure, with its code', (status) => {
  tree.add(`${SYNC}/ExpectedMSIAppPackages`, 'chr', `${MSI}/A;1`)
  tree.set(`${MSI}/A/Status`, 'int', status)
  tree.set(`${MSI}/A/LastError`, 'int', String(0x87d1041c | 0))
  expect(apps()).toBe('failed: 0x87d1041c')
})

test('an agent that has not made its list yet holds the page, whatever is installed', () => {
  track('word', 3)
  tree.add(`${APPS}/PolicyProviders/Sidecar/TrackingPoliciesCreated`, 'bool', 'false')
  expect(apps()).toBe('inProgress: Identifying')
  tree.replace(`${APPS}/PolicyProviders/Sidecar/TrackingPoliciesCreated`, 'bool', 'true')
  expect(apps()).toBe('succeeded: 1 of 1 installed')
})

test.each([
  [1, 'inProgress'],
  [2, 'succeeded'],
  [3, 'succeeded'],
  [4, 'failed'],
])('a provider in state %s: device preparation is %s [point 53]', (state, expected) => {
  const base = `${DEVICE}/EnrollmentStatusTracking/DevicePreparation/PolicyProviders`
  tree.add(`${base}/ConfigMgr/InstallationState`, 'int', '2')
  tree.add(`${base}/Sidecar/InstallationState`, 'int', String(state))
  expect(espProgress(tree, 'devicePreparation', 'P').state).toBe(expected)
})
