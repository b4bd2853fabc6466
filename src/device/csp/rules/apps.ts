import { ALL, below, CHANGE, type Csp, node, READ, withoutEffect } from '../node-rule.ts'

const DESKTOP = 'EnterpriseDesktopAppManagement CSP'
const MODERN = 'EnterpriseModernAppManagement CSP'
const text = node('chr', READ)
const number = node('int', READ)

/** MSI packages (reference: mdm-protocols.md, 3.5). */
export const desktopApps: Csp = {
  name: 'EnterpriseDesktopAppManagement',
  version: '1.0',
  rules: [
    ...below('EnterpriseDesktopAppManagement/MSI/{}', 'both', DESKTOP, {
      '': node('node', ALL),
      DownloadInstall: node('xml', ['Add', 'Delete', 'Exec', 'Get'], { exec: 'installMsi' }),
      Version: text,
      Name: text,
      Publisher: text,
      InstallPath: text,
      InstallDate: text,
      // 10 initialised, 20 downloading, 25 waits to download again, 30 download failed, 40 downloaded,
      // 48 waits for a user, 50 enforcing, 55 waits to enforce again, 60 failed, 70 done.
      Status: number,
      LastError: number,
      LastErrorDesc: text,
    }),
    ...below('EnterpriseDesktopAppManagement/MSI/UpgradeCode/{}', 'both', DESKTOP, {
      '': node('node', READ),
      Guid: text,
    }),
  ],
}

/** MSIX packages from a hosted place. There is no Store here: what is ordered from it does not come. */
export const modernApps: Csp = {
  name: 'EnterpriseModernAppManagement',
  version: '1.2',
  rules: [
    ...below('EnterpriseModernAppManagement', 'both', MODERN, {
      'AppInstallation/{}': node('node', ALL),
      'AppInstallation/{}/HostedInstall': node('xml', ['Exec', 'Get'], { exec: 'installMsix' }),
      // 0 not installed, 1 under way, 2 failed, 3 installed.
      'AppInstallation/{}/Status': number,
      'AppInstallation/{}/ProgressStatus': number,
      'AppInstallation/{}/LastError': number,
      'AppInstallation/{}/LastErrorDescription': text,
      'AppManagement/{}/{}/{}/Name': text,
      'AppManagement/{}/{}/{}/Publisher': text,
      'AppManagement/{}/{}/{}/Version': text,
      'AppManagement/{}/{}/DoNotUpdate': node('int', ALL),
    }),
    ...below(
      'EnterpriseModernAppManagement',
      'both',
      MODERN,
      withoutEffect({
        '': node('node', READ),
        AppInstallation: node('node', READ),
        'AppInstallation/{}/StoreInstall': node('xml', ['Exec', 'Get']),
        AppManagement: node('node', READ),
        'AppManagement/AppStore': node('node', ['Delete', 'Get']),
        'AppManagement/nonStore': node('node', READ),
        'AppManagement/System': node('node', READ),
        'AppManagement/UpdateScan': node('null', ['Exec']),
        'AppManagement/LastScanError': number,
        'AppManagement/AppInventoryQuery': node('xml', CHANGE),
        'AppManagement/AppInventoryResults': node('xml', READ),
        'AppManagement/{}/{}': node('node', ['Delete', 'Get']),
        'AppManagement/{}/{}/AppSettingPolicy/{}': node('chr', ALL),
        'AppManagement/{}/{}/{}': node('node', ['Delete', 'Get']),
        'AppManagement/{}/{}/{}/Architecture': text,
        'AppManagement/{}/{}/{}/InstallLocation': text,
        'AppManagement/{}/{}/{}/IsFramework': number,
        'AppManagement/{}/{}/{}/IsBundle': number,
        'AppManagement/{}/{}/{}/InstallDate': text,
        'AppManagement/{}/{}/{}/ResourceID': text,
        'AppManagement/{}/{}/{}/PackageStatus': number,
        'AppManagement/{}/{}/{}/RequiresReinstall': number,
        'AppManagement/{}/{}/{}/Users': text,
        'AppManagement/{}/{}/{}/IsProvisioned': number,
        AppLicenses: node('node', READ),
        'AppLicenses/StoreLicenses': node('node', READ),
        'AppLicenses/StoreLicenses/{}': node('node', ALL),
        'AppLicenses/StoreLicenses/{}/LicenseCategory': number,
        'AppLicenses/StoreLicenses/{}/LicenseUsage': number,
        'AppLicenses/StoreLicenses/{}/RequesterID': text,
        'AppLicenses/StoreLicenses/{}/AddLicense': node('xml', ['Exec']),
        'AppLicenses/StoreLicenses/{}/GetLicenseFromStore': node('xml', ['Exec']),
      }),
    ),
    ...below(
      'EnterpriseModernAppManagement',
      'device',
      MODERN,
      withoutEffect({
        'AppManagement/RemovePackage': node('xml', ['Exec']),
      }),
    ),
  ],
}
