import { createHash } from 'node:crypto'
import { AGENT_PROVIDER, QUALITY_UPDATES_NODE } from '../../domain/esp.ts'
import type { AppDefinition } from '../../domain/tenant.ts'
import { encodeMsiInstallJob } from '../../protocols/msi-job/msi-install-job.ts'
import { joinList } from '../../protocols/syncml/list.ts'
import { type PackagedApp, packageOf } from '../content.ts'
import type { Tenant } from '../tenant.ts'
import { AGENT_APP } from './agent-app.ts'
import type { EnrolledDevice, NodeOrder, Order } from './managed-device.ts'
import { PROVIDER_ID } from './provider.ts'

const provider = encodeURIComponent(PROVIDER_ID)
const rootOf = (scope: 'device' | 'user') => (scope === 'device' ? './Device/Vendor/MSFT' : './User/Vendor/MSFT')
const syncOf = (scope: 'device' | 'user') => `${rootOf(scope)}/DMClient/Provider/${provider}/FirstSyncStatus`

const set = (uri: string, format: string, data: string): NodeOrder => ({ kind: 'Replace', uri, format, data })
const add = (uri: string, format: string, data: string): NodeOrder => ({ kind: 'Add', uri, format, data })

/** What the first session brings, in the order of reference mdm-protocols.md, 3.3. */
export function deviceBatches(tenant: Tenant, device: EnrolledDevice): Order[][] {
  const { page } = tenant.managementOf(device.registered, device.upn).statusPage
  const sync = syncOf('device')
  const root = rootOf('device')
  const tracking = `${root}/EnrollmentStatusTracking`
  const inventory: Order[] = [
    { kind: 'Get', uri: './DevDetail/Ext/Microsoft/DeviceName' },
    { kind: 'Get', uri: './DevDetail/Ext/Microsoft/SMBIOSSerialNumber' },
    { kind: 'Get', uri: './DevDetail/SwV' },
  ]
  const pending: Order[] = [
    set(`${sync}/SkipDeviceStatusPage`, 'bool', String(!page.showInstallationProgress)),
    set(`${sync}/SkipUserStatusPage`, 'bool', String(!page.showInstallationProgress || page.skipUserStatus)),
    set(`${sync}/TimeOutUntilSyncFailure`, 'int', String(page.timeoutMinutes)),
    set(`${sync}/BlockInStatusPage`, 'int', String(blockingOf(page))),
    set(`${sync}/AllowCollectLogsButton`, 'bool', String(page.allowLogCollection)),
    set(`${sync}/CustomErrorText`, 'chr', page.customErrorMessage),
    set(QUALITY_UPDATES_NODE, 'int', page.installQualityUpdates ? '1' : '0'),
  ]
  const agent: Order[] = [
    add(`${tracking}/DevicePreparation/PolicyProviders/${AGENT_PROVIDER}/InstallationState`, 'int', '1'),
    add(`${tracking}/Setup/Apps/PolicyProviders/${AGENT_PROVIDER}/TrackingPoliciesCreated`, 'bool', 'false'),
    ...appOrders(AGENT_APP, 'device', device.contentUrl),
  ]
  return [inventory, [...pending, ...agent], ...phaseBatches(tenant, device, 'device')]
}

/** What the first session of a signed-in person brings. */
export function userBatches(tenant: Tenant, device: EnrolledDevice): Order[][] {
  const account: Order[] = [
    { kind: 'Add', uri: `${rootOf('user')}/DMClient/Provider/${provider}`, format: 'node' },
    { kind: 'Add', uri: syncOf('user'), format: 'node' },
  ]
  return [account, ...phaseBatches(tenant, device, 'user')]
}

/** BlockInStatusPage: 1 Reset, 2 Try again, 4 Continue anyway. */
const blockingOf = (page: { allowReset: boolean; allowRetry: boolean; allowContinue: boolean }): number =>
  Number(page.allowReset) + 2 * Number(page.allowRetry) + 4 * Number(page.allowContinue)

function phaseBatches(tenant: Tenant, device: EnrolledDevice, scope: 'device' | 'user'): Order[][] {
  const { definition } = tenant
  const sync = syncOf(scope)
  const root = rootOf(scope)
  const policies = definition.policies
    .filter((policy) => policy.scope === scope)
    .map(({ policy, value }) => ({ uri: `${root}/Policy/Config/${policy}`, value }))
  const networks = definition.wifiProfiles
    .filter((profile) => profile.scope === scope)
    .map(({ ssid }) => ({ uri: `${root}/WiFi/Profile/${encodeURIComponent(ssid)}/WlanXml`, value: wlanXml(ssid) }))
  const { statusPage, apps: required } = tenant.managementOf(device.registered, device.upn)
  const apps = required.map(({ app }) => app).filter((app) => app.scope === scope)
  const { blockingApps } = statusPage.page
  // `selectedMobileAppIds`: the page tracks these alone; an empty list means all.
  const tracked = apps.filter(({ id }) => blockingApps.length === 0 || blockingApps.includes(id))
  // One dummy entry is always there: the device id of the management account.
  const expectedPolicies = [
    ...(scope === 'device' ? [`${root}/DMClient/Provider/${provider}/EntDMID`] : []),
    ...policies.map(({ uri }) => uri),
  ]
  const expectations: Order[] = [
    add(`${sync}/ExpectedPolicies`, 'chr', joinList(expectedPolicies)),
    ...(networks.length > 0
      ? [add(`${sync}/ExpectedNetworkProfiles`, 'chr', joinList(networks.map(({ uri }) => uri)))]
      : []),
    ...(tracked.length > 0
      ? [add(`${sync}/ExpectedMSIAppPackages`, 'chr', joinList(tracked.map((app) => `${msiUri(app, scope)};1`)))]
      : []),
  ]
  const settings: Order[] = [
    ...policies.map(({ uri, value }) => add(uri, 'chr', value)),
    ...networks.map(({ uri, value }) => add(uri, 'chr', value)),
    ...apps.flatMap((app) => appOrders(app, scope, device.contentUrl)),
  ]
  return [expectations, settings, [set(`${sync}/ServerHasFinishedProvisioning`, 'bool', 'true')]]
}

const productCode = (app: Pick<AppDefinition, 'id'>): string => `{${app.id.toUpperCase()}}`

const msiUri = (app: Pick<AppDefinition, 'id'>, scope: 'device' | 'user'): string =>
  `${rootOf(scope)}/EnterpriseDesktopAppManagement/MSI/${encodeURIComponent(productCode(app))}`

function appOrders(app: PackagedApp, scope: 'device' | 'user', contentUrl: string): Order[] {
  const uri = `${msiUri(app, scope)}/DownloadInstall`
  const job = encodeMsiInstallJob({
    productId: productCode(app),
    version: app.version,
    contentUrls: [`${contentUrl}/${app.id}.msi`],
    fileHash: createHash('sha256').update(packageOf(app)).digest('hex'),
    enforcement: { commandLine: '/quiet', timeOut: 10, retryCount: app.retryCount, retryInterval: 1 },
  })
  return [
    { kind: 'Add', uri, format: 'xml' },
    { kind: 'Exec', uri, format: 'xml', data: job },
  ]
}

function wlanXml(ssid: string): string {
  const name = ssid.replace(/[<>&]/g, '')
  return `<WLANProfile xmlns="http://www.microsoft.com/networking/WLAN/profile/v1"><name>${name}</name></WLANProfile>`
}
