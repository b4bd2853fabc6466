import type { AlertBody } from './session-request.ts'

/** The result of an installation that continued without the server. */
export interface InstallationResult {
  uri: string
  kind: 'msi' | 'msix' | 'office'
  /** 0, or an HRESULT as a signed number. */
  hresult: number
}

/** That Office reports as a package does is an assumption: its CSP names no alert. */
const RESULT_NODES = { msix: 'HostedInstall', office: 'Install' } as const
const RESULT_TYPES = { msix: 'EnterpriseHostedAppInstall.result', office: 'OfficeInstall.result' } as const

/** For an MSI Learn names 1224 on one page and 1226 on another (reference: mdm-protocols.md, 2.5 and 11). */
export const installationAlert = (
  { uri, kind, hresult }: InstallationResult,
  msiAlert: '1224' | '1226' = '1226',
): AlertBody =>
  kind === 'msi'
    ? {
        kind: 'Alert',
        data: msiAlert,
        items: [
          {
            source: `${uri}/DownloadInstall`,
            meta: {
              type: 'Reversed-Domain-Name:com.microsoft.mdm.win32csp_install',
              format: 'int',
              mark: 'informational',
            },
            data: String(hresult),
          },
        ],
      }
    : {
        kind: 'Alert',
        data: '1226',
        items: [
          {
            source: `${uri}/${RESULT_NODES[kind]}`,
            meta: { type: `Reversed-Domain-Name:com.microsoft.mdm.${RESULT_TYPES[kind]}`, format: 'int' },
            data: String(hresult),
          },
        ],
      }

/** How the check of the health that a server has asked for ended: a status of the CSP. */
export const healthAlert = (status: number): AlertBody => ({
  kind: 'Alert',
  data: '1226',
  items: [
    {
      source: './Vendor/MSFT/HealthAttestation/VerifyHealth',
      meta: { type: 'com.microsoft.mdm:HealthAttestation.Result', format: 'int' },
      data: String(status),
    },
  ],
})

/** The device leaves: by order of the server, or of the person at it. */
export const UNENROLMENT_ALERT: AlertBody = {
  kind: 'Alert',
  data: '1226',
  items: [{ meta: { type: 'com.microsoft:mdm.unenrollment.userrequest', format: 'int' }, data: '1' }],
}
