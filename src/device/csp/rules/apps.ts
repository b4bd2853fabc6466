import { ALL, below, type Csp, node, READ } from '../node-rule.ts'

const DESKTOP = 'EnterpriseDesktopAppManagement CSP'
const MODERN = 'EnterpriseModernAppManagement CSP'
const text = node('chr', READ)
const number = node('int', READ)

/** MSI packages (reference: mdm-protocols.md, 3.5). */
export const desktopApps: Csp = {
  name: 'EnterpriseDesktopAppManagement',
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

/** MSIX packages from a hosted place. There is no Store here, so StoreInstall is left out. */
export const modernApps: Csp = {
  name: 'EnterpriseModernAppManagement',
  rules: below('EnterpriseModernAppManagement', 'both', MODERN, {
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
}
