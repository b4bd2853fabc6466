import type { AppDefinition } from '../../domain/tenant-apps.ts'
import { encodeHostedInstall } from '../../protocols/modern-app-job/hosted-install.ts'
import { encodeMsiInstallJob } from '../../protocols/msi-job/msi-install-job.ts'
import { encodeOfficeConfiguration } from '../../protocols/office-job/office-configuration.ts'
import { type PackagedApp, packageFamilyName, packageHash, packageUrl, productCode } from '../content/app-packages.ts'
import { isOfExtension } from './extension-items.ts'
import type { NodeOrder } from './orders.ts'

type Scope = 'device' | 'user'

const rootOf = (scope: Scope) => (scope === 'device' ? './Device/Vendor/MSFT' : './User/Vendor/MSFT')

/** LocURI of an app that the management channel installs. */
export const appUri = (app: Pick<AppDefinition, 'id' | 'kind' | 'name' | 'publisher'>, scope: Scope): string =>
  app.kind === 'office'
    ? `${rootOf(scope)}/Office/Installation/${app.id}`
    : app.kind === 'msix'
      ? `${rootOf(scope)}/EnterpriseModernAppManagement/AppInstallation/${encodeURIComponent(packageFamilyName(app))}`
      : `${rootOf(scope)}/EnterpriseDesktopAppManagement/MSI/${encodeURIComponent(productCode(app))}`

/** Add and Exec; nothing for what is the management extension's. */
export function appOrders(app: PackagedApp, scope: Scope, contentUrl: string): NodeOrder[] {
  const uri = appUri(app, scope)
  const url = packageUrl(app, contentUrl)
  if (isOfExtension(app)) return []
  if (app.kind === 'office') {
    const job = encodeOfficeConfiguration({ sourcePath: url, products: ['O365ProPlusRetail'], channel: 'Current' })
    return [
      { kind: 'Add', uri, format: 'node' },
      { kind: 'Exec', uri: `${uri}/Install`, format: 'chr', data: job },
    ]
  }
  if (app.kind === 'msix') {
    const job = encodeHostedInstall({ packageUri: url, dependencies: [], deploymentOptions: 0 })
    return [
      { kind: 'Add', uri, format: 'node' },
      { kind: 'Exec', uri: `${uri}/HostedInstall`, format: 'xml', data: job },
    ]
  }
  const job = encodeMsiInstallJob({
    productId: productCode(app),
    version: app.version,
    contentUrls: [url],
    fileHash: packageHash(app),
    enforcement: { commandLine: '/quiet', timeOut: app.timeoutMinutes, retryCount: app.retryCount, retryInterval: 1 },
  })
  return [
    { kind: 'Add', uri: `${uri}/DownloadInstall`, format: 'xml' },
    { kind: 'Exec', uri: `${uri}/DownloadInstall`, format: 'xml', data: job },
  ]
}
