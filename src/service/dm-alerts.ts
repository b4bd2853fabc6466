import type { AlertBody } from './dm-session.ts'

/** Learn names 1224 on one page and 1226 on another; 1226 by the protocol page (reference: mdm-protocols.md, 2.5 and 11). */
export const installationAlert = ({ uri, hresult }: { uri: string; hresult: number }): AlertBody => ({
  kind: 'Alert',
  data: '1226',
  items: [
    {
      source: `${uri}/DownloadInstall`,
      meta: { type: 'Reversed-Domain-Name:com.microsoft.mdm.win32csp_install', format: 'int', mark: 'informational' },
      data: String(hresult),
    },
  ],
})

/** The device leaves: by order of the server, or of the person at it. */
export const UNENROLMENT_ALERT: AlertBody = {
  kind: 'Alert',
  data: '1226',
  items: [{ meta: { type: 'com.microsoft:mdm.unenrollment.userrequest', format: 'int' }, data: '1' }],
}
