import { AGENT_PROVIDER, QUALITY_UPDATES_NODE } from '../../domain/esp.ts'
import { policyFormat, policyNode } from '../../domain/policy-nodes.ts'
import type { PolicyProviderDefinition } from '../../domain/tenant.ts'
import type { AppKind } from '../../domain/tenant-apps.ts'
import { joinList } from '../../protocols/syncml/list.ts'
import { certificateOrders, certificateUri, isPkcs } from '../scep/certificate-profiles.ts'
import { pfxOrders } from '../scep/pfx-orders.ts'
import { AGENT_APP } from './agent-app.ts'
import { appOrders, appUri } from './app-orders.ts'
import type { EnrolmentFacts } from './enrolment-facts.ts'
import { helloOrders } from './hello-orders.ts'
import { inventoryOrders } from './inventory.ts'
import type { EnrolledDevice, NodeOrder, Order } from './orders.ts'
import { syncOf } from './phase-questions.ts'
import type { PlanSource } from './plan-source.ts'
import { PROVIDER_ID } from './provider.ts'
import { releaseOrder } from './release.ts'
import { restoreOrders } from './restore-orders.ts'
import { trackedApps } from './tracked-apps.ts'

const provider = encodeURIComponent(PROVIDER_ID)
const rootOf = (scope: 'device' | 'user') => (scope === 'device' ? './Device/Vendor/MSFT' : './User/Vendor/MSFT')

const set = (uri: string, format: string, data: string): NodeOrder => ({ kind: 'Replace', uri, format, data })
const add = (uri: string, format: string, data: string): NodeOrder => ({ kind: 'Add', uri, format, data })

/**
 * Policies that Intune lists for the status page: those of Microsoft Edge, Assigned Access and Kiosk Browser alone (oobe-autopilot-esp.md,
 * 4.5 [D]). All others are sent, and no page waits for them.
 */
const isTrackedPolicy = (uri: string): boolean =>
  /\/(AssignedAccess|Policy\/Config\/(KioskBrowser|microsoft_edge[^/]*))\//i.test(uri)

/** What the first session brings, in the order of reference mdm-protocols.md, 3.3. */
export function deviceBatches(
  tenant: PlanSource,
  device: EnrolledDevice,
  enrolment: EnrolmentFacts | undefined,
): Order[][] {
  const { page, isForDevice } = tenant.managementOf(device, device.upn).statusPage
  const sync = syncOf('device')
  const root = rootOf('device')
  const tracking = `${root}/EnrollmentStatusTracking`
  const pending: Order[] = [
    set(`${sync}/SkipDeviceStatusPage`, 'bool', String(!page.showInstallationProgress)),
    set(`${sync}/SkipUserStatusPage`, 'bool', String(!page.showInstallationProgress || page.skipUserStatus)),
    set(`${sync}/TimeOutUntilSyncFailure`, 'int', String(page.timeoutMinutes)),
    set(`${sync}/BlockInStatusPage`, 'int', String(blockingOf(page))),
    set(`${sync}/AllowCollectLogsButton`, 'bool', String(page.allowLogCollection)),
    set(`${sync}/CustomErrorText`, 'chr', page.customErrorMessage),
    // Not of a page that is assigned to users (oobe-autopilot-esp.md, 4.8 [D]).
    set(QUALITY_UPDATES_NODE, 'int', page.installQualityUpdates && isForDevice ? '1' : '0'),
  ]
  const { hasAgent, policyProviders, writesUserNodesEarly, releases } = tenant.definition.management
  const agents: Order[] = [
    ...(hasAgent ? providerOrders(tracking, AGENT) : []),
    ...policyProviders.flatMap((entry) => providerOrders(tracking, entry)),
    ...(hasAgent ? appOrders(AGENT_APP, 'device', device.contentUrl) : []),
  ]
  return [
    inventoryOrders(enrolment),
    [...pending, ...agents],
    // Fleet does so, and Windows refuses it before the sign-in (reference: mdm-protocols.md, 3.3).
    ...(writesUserNodesEarly ? [accountOrders()] : []),
    ...phaseBatches(tenant, device, device.upn, 'device'),
    ...(releases.includes('device') ? [[releaseOrder('device')]] : []),
  ]
}

/** What the first session of a signed-in person brings. */
export function userBatches(tenant: PlanSource, device: EnrolledDevice, upn: string, isFirst: boolean): Order[][] {
  const { hasAgent, releases } = tenant.definition.management
  const created = `${rootOf('user')}/EnrollmentStatusTracking/Setup/Apps/PolicyProviders/${AGENT_PROVIDER}/TrackingPoliciesCreated`
  return [
    [...accountOrders(), ...(hasAgent ? [add(created, 'bool', 'false')] : [])],
    ...phaseBatches(tenant, device, upn, 'user'),
    ...(releases.includes(isFirst ? 'firstUser' : 'otherUsers') ? [[releaseOrder('user')]] : []),
  ]
}

/** `disableUserStatusTrackingAfterFirstUser`: the page is not shown to those who come later. */
export const skipUserStatus = (): Order => set(`${syncOf('device')}/SkipUserStatusPage`, 'bool', 'true')

const accountOrders = (): Order[] => [
  { kind: 'Add', uri: `${rootOf('user')}/DMClient/Provider/${provider}`, format: 'node' },
  { kind: 'Add', uri: syncOf('user'), format: 'node' },
]

const AGENT: PolicyProviderDefinition = {
  name: AGENT_PROVIDER,
  installationState: 1,
  lastError: null,
  timeoutMinutes: null,
  policiesCreated: false,
}

function providerOrders(tracking: string, facts: PolicyProviderDefinition): Order[] {
  const { installationState, lastError, timeoutMinutes, policiesCreated } = facts
  const name = encodeURIComponent(facts.name)
  const preparation = `${tracking}/DevicePreparation/PolicyProviders/${name}`
  return [
    ...(timeoutMinutes === null ? [] : [add(`${preparation}/Timeout`, 'int', String(timeoutMinutes))]),
    // The code first: the page fails as soon as it sees the state.
    ...(lastError === null ? [] : [add(`${preparation}/LastError`, 'int', String(lastError))]),
    ...(installationState === null ? [] : [add(`${preparation}/InstallationState`, 'int', String(installationState))]),
    ...(policiesCreated === null
      ? []
      : [
          add(
            `${tracking}/Setup/Apps/PolicyProviders/${name}/TrackingPoliciesCreated`,
            'bool',
            String(policiesCreated),
          ),
        ]),
  ]
}

/** BlockInStatusPage: 1 Reset, 2 Try again, 4 Continue anyway. */
const blockingOf = (page: { allowReset: boolean; allowRetry: boolean; allowContinue: boolean }): number =>
  Number(page.allowReset) + 2 * Number(page.allowRetry) + 4 * Number(page.allowContinue)

function phaseBatches(tenant: PlanSource, device: EnrolledDevice, upn: string, scope: 'device' | 'user'): Order[][] {
  const sync = syncOf(scope)
  const { policies, catalogue, networks, certificates } = settingsOf(tenant, device, upn, scope)
  const { apps: required } = tenant.managementOf(device, upn)
  const apps = required.map(({ app }) => app).filter((app) => app.scope === scope)
  const tracked = trackedApps(tenant, device, upn, scope)
  const packages = (...kinds: AppKind[]) =>
    tracked.filter(({ kind }) => kinds.includes(kind)).map((app) => `${appUri(app, scope)};1`)
  // One dummy entry is always there: the device id of the management account. That a user's list has the device's node is an assumption.
  const expectedPolicies = [
    `./Device/Vendor/MSFT/DMClient/Provider/${provider}/EntDMID`,
    ...[...policies, ...catalogue].map(({ uri }) => uri).filter(isTrackedPolicy),
  ]
  const listed = (node: string, entries: string[]): Order[] =>
    entries.length > 0 ? [add(`${sync}/${node}`, 'chr', joinList(entries))] : []
  const expectations: Order[] = [
    add(`${sync}/ExpectedPolicies`, 'chr', joinList(expectedPolicies)),
    ...listed(
      'ExpectedNetworkProfiles',
      networks.map(({ uri }) => uri),
    ),
    ...listed('ExpectedSCEPCerts', certificates.filter((profile) => !isPkcs(profile)).map(certificateUri)),
    ...listed('ExpectedPFXCerts', certificates.filter(isPkcs).map(certificateUri)),
    ...listed('ExpectedMSIAppPackages', packages('msi', 'office')),
    ...listed('ExpectedModernAppPackages', packages('msix')),
  ]
  const settings: Order[] = [
    ...settingOrders(tenant, device, upn, scope),
    ...apps.flatMap((app) => appOrders(app, scope, device.contentUrl)),
  ]
  return [expectations, settings]
}

const connectorOf = (tenant: PlanSource) => ({
  keys: tenant.keys,
  keySeed: tenant.keySeed,
  authority: tenant.authority('cloud-pki'),
  now: tenant.now(),
})

/** Policies, networks and certificates of the device, or of a person. */
export function settingOrders(
  tenant: PlanSource,
  device: EnrolledDevice,
  upn: string,
  scope: 'device' | 'user',
): NodeOrder[] {
  const { policies, catalogue, networks, certificates } = settingsOf(tenant, device, upn, scope)
  return [
    ...(scope === 'device'
      ? [...helloOrders(tenant.definition.tenantId, tenant.hello), ...restoreOrders(tenant.restorePage)]
      : []),
    ...policies.map(({ uri, format, value }) => add(uri, format, value)),
    ...catalogue.map(({ uri, format, value }) => set(uri, format, value)),
    ...networks.map(({ uri, value }) => add(uri, 'chr', value)),
    ...certificates.flatMap((profile) => {
      const authority = tenant.authority('cloud-pki')
      if (isPkcs(profile)) return pfxOrders(profile, device, upn, connectorOf(tenant))
      // A reset has kept the device's own.
      if (device.isAfterReset && scope === 'device') return []
      return certificateOrders(profile, device, upn, authority, tenant.now())
    }),
  ]
}

function settingsOf(tenant: PlanSource, device: EnrolledDevice, upn: string, scope: 'device' | 'user') {
  const { definition } = tenant
  const root = rootOf(scope)
  return {
    policies: definition.policies
      .filter((policy) => policy.scope === scope)
      .map(({ policy, value }) => ({
        uri: `${root}/${policyNode(policy)}`,
        format: policyFormat(policy, value),
        value,
      })),
    catalogue: tenant.managementOf(device, upn).settings.filter((setting) => setting.scope === scope),
    networks: definition.wifiProfiles
      .filter((profile) => profile.scope === scope)
      .map(({ ssid }) => ({ uri: `${root}/WiFi/Profile/${encodeURIComponent(ssid)}/WlanXml`, value: wlanXml(ssid) })),
    certificates: definition.certificateProfiles.filter((profile) => profile.scope === scope),
  }
}

function wlanXml(ssid: string): string {
  const name = ssid.replace(/[<>&]/g, '')
  return `<WLANProfile xmlns="http://www.microsoft.com/networking/WLAN/profile/v1"><name>${name}</name></WLANProfile>`
}
