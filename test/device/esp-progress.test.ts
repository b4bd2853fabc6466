import { beforeEach, expect, test } from 'vitest'
import { CspTree } from '../../src/device/csp/csp-tree.ts'
import { progressOf } from '../../src/device/esp/progress-of.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { joinList } from '../../src/protocols/syncml/list.ts'
import { statusText } from '../../src/screens/status-progress.ts'
import { ENGLISH } from '../../src/texts/en.ts'

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
  const step = progressOf(tree, 'deviceSetup', 'P')
    .now()
    .steps.find(({ id }) => id === 'apps')!
  return `${step.state}: ${statusText(step.status, ENGLISH)}`
}
const track = (app: string, state: number) =>
  tree.replace(`${APPS}/Tracking/Sidecar/${app}/InstallationState`, 'int', String(state))

const statuses = () =>
  progressOf(tree, 'deviceSetup', 'P')
    .now()
    .steps.map(({ status }) => statusText(status, ENGLISH))

test('a server that lists nothing: everything is identifying until it releases the page, and then needs no setup', () => {
  tree = new CspTree({ write: () => {} })
  expect(statuses()).toEqual(Array(4).fill('Identifying'))
  tree.replace(`${SYNC}/ServerHasFinishedProvisioning`, 'bool', 'true')
  expect(statuses()).toEqual(Array(4).fill('No setup needed'))
  expect(progressOf(tree, 'deviceSetup', 'P').now().state).toBe('succeeded')
})

test('a list without the others shows its own count, and is waited for after the release', () => {
  tree = new CspTree({ write: () => {} })
  tree.add(`${SYNC}/ExpectedMSIAppPackages`, 'chr', `${MSI}/A;1`)
  expect(statuses()).toEqual(['Identifying', 'Identifying', 'Identifying', '0 of 1 installed'])
  tree.replace(`${SYNC}/ServerHasFinishedProvisioning`, 'bool', 'true')
  expect(statuses()).toEqual(['No setup needed', 'No setup needed', 'No setup needed', '0 of 1 installed'])
  expect(progressOf(tree, 'deviceSetup', 'P').now().state).toBe('inProgress')
})

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
  expect(apps()).toBe('failed: Error')
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
  expect(progressOf(tree, 'devicePreparation', 'P').now().state).toBe(expected)
})

test('a PFX counts once it has a thumbprint, and not when its import has failed', () => {
  const pfx = `${DEVICE}/ClientCertificateInstall/PFXCertInstall/Printing`
  const certificates = () => statuses()[1]
  tree.replace(`${SYNC}/ExpectedPFXCerts`, 'chr', pfx)
  tree.set(`${pfx}/PFXCertBlob`, 'b64', 'AAAA')
  expect(certificates()).toBe('0 of 1 applied')
  tree.set(`${pfx}/Status`, 'int', '86')
  expect(certificates()).toBe('0 of 1 applied')
  tree.set(`${pfx}/Thumbprint`, 'chr', '00'.repeat(20))
  expect(certificates()).toBe('1 of 1 applied')
})

test('progress that is kept up to date is progress computed anew, whatever changes', () => {
  const chance = seededChance(3, 'timing')
  const pick = <T>(of: readonly T[]): T => of[Math.floor(chance.number() * of.length)]!
  const policy = `${DEVICE}/Policy/Config`
  const uris = [
    `${policy}/A/B`,
    `${policy}/A/C`,
    `${policy}/DeviceGuard/LsaCfgFlags`,
    `${DEVICE}/WiFi/Profile/x/WlanXml`,
  ]
  const apps = ['A', 'B', 'C'].map((name) => `${MSI}/${name}`)
  const providers = ['Sidecar', 'Other%2Fone']
  const prepared = `${DEVICE}/EnrollmentStatusTracking/DevicePreparation/PolicyProviders`
  const lists: [string, string[]][] = [
    ['ExpectedPolicies', uris],
    ['ExpectedNetworkProfiles', uris],
    ['ExpectedSCEPCerts', uris],
    ['ExpectedPFXCerts', uris],
    ['ExpectedMSIAppPackages', apps.map((uri) => `${uri};1`)],
    ['ExpectedModernAppPackages', apps],
  ]
  const changes: (() => unknown)[] = [
    () => tree.set(pick(uris), 'chr', String(chance.number())),
    () => {
      const [list, entries] = pick(lists)
      tree.set(`${SYNC}/${list}`, 'chr', joinList(Array.from({ length: 3 }, () => pick(entries))))
    },
    () => tree.set(`${pick(apps)}/Status`, 'int', pick(['10', '30', '60', '70', '3', '2'])),
    () => tree.set(`${pick(apps)}/LastError`, 'int', pick(['0', '5'])),
    () =>
      tree.set(
        `${APPS}/Tracking/${pick(providers)}/${pick(['x', 'y'])}/InstallationState`,
        'int',
        pick(['1', '3', '4']),
      ),
    () =>
      tree.set(`${APPS}/Tracking/${pick(providers)}/${pick(['x', 'y'])}/RebootRequired`, 'int', pick(['1', '2', '3'])),
    () =>
      tree.set(`${APPS}/PolicyProviders/${pick(providers)}/TrackingPoliciesCreated`, 'bool', pick(['true', 'false'])),
    () => tree.set(`${prepared}/${pick(providers)}/InstallationState`, 'int', pick(['1', '2', '3', '4'])),
    () => tree.set(`${prepared}/${pick(providers)}/LastError`, 'int', pick(['7', '8'])),
    () =>
      tree.remove(
        pick([
          ...uris,
          ...apps,
          policy,
          `${APPS}/Tracking/Sidecar/x`,
          `${APPS}/Tracking`,
          `${APPS}/PolicyProviders`,
          prepared,
          SYNC,
        ]),
      ),
    () =>
      tree.atomically(() => {
        tree.remove(pick([policy, MSI, APPS]))
        tree.set(pick(uris), 'chr', 'x')
        return chance.number() < 0.5
      }),
  ]
  const options = { waitsForSidecar: true, overdue: new Set(['Sidecar']) }
  const fresh = () => (['devicePreparation', 'deviceSetup'] as const).map((id) => progressOf(tree, id, 'P', options))
  const kept = fresh()
  let unmoved = 0
  tree.onChange((changed) => {
    if (changed === 'everything') return
    for (const one of kept) {
      const before = one.now()
      if (one.see(changed)) continue
      unmoved++
      // What depends on none of the changes is as it was.
      expect(one.now()).toEqual(before)
    }
  })
  const seen = new Set<string>()
  for (let step = 0; step < 3_000; step++) {
    pick(changes)()
    const now = kept.map((one) => one.now())
    expect(now).toEqual(fresh().map((one) => one.now()))
    for (const { steps } of now) for (const { id, status } of steps) seen.add(`${id}: ${statusText(status, ENGLISH)}`)
  }
  // It went through more than one state of each step.
  expect(seen.size).toBeGreaterThan(30)
  expect(unmoved).toBeGreaterThan(500)
})
