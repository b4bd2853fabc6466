import type { CspTree } from '../../device/csp/csp-tree.ts'
import type { VirtualDevice } from '../../device/virtual-device.ts'
import type { Invariant } from './invariant.ts'

/** Between the entries of a list in FirstSyncStatus (oobe-autopilot-esp.md, 4.3). */
const DELIMITER = '\uf000'

/** States of an app that is there: of the installer of MSI, of MSIX packages, of the agents. */
const INSTALLED = { msi: 70, msix: 3, tracked: 3 } as const

/** Apps that the page waits for and that are not there, by what the tree itself says: not by what the page makes of it. */
function openApps({ csp, management }: VirtualDevice, scope: 'Device' | 'User'): string[] {
  const provider = encodeURIComponent(management?.providerId ?? '')
  const sync = `./${scope}/Vendor/MSFT/DMClient/Provider/${provider}/FirstSyncStatus`
  return [
    ...listed(csp, `${sync}/ExpectedMSIAppPackages`).filter((uri) => !isMsiOrOfficeThere(csp, uri)),
    ...listed(csp, `${sync}/ExpectedModernAppPackages`).filter(
      (uri) => csp.readInt(`${uri}/Status`) !== INSTALLED.msix,
    ),
    ...tracked(csp, `./${scope}/Vendor/MSFT/EnrollmentStatusTracking/Setup/Apps/Tracking`),
  ]
}

/** Of Office `Status` is 0 at its end, and `FinalStatus` has the number. */
const isMsiOrOfficeThere = (csp: CspTree, uri: string): boolean =>
  csp.readInt(`${uri}/${uri.includes('/Office/') ? 'FinalStatus' : 'Status'}`) === INSTALLED.msi

/** An entry is `LocURI;count`. */
const listed = (csp: CspTree, node: string): string[] =>
  (csp.read(node) ?? '')
    .split(DELIMITER)
    .map((entry) => entry.split(';', 1)[0]!)
    .filter((uri) => uri !== '')

const tracked = (csp: CspTree, base: string): string[] =>
  csp.children(base).flatMap((agent) => {
    const apps = `${base}/${encodeURIComponent(agent)}`
    return csp
      .children(apps)
      .map((app) => `${apps}/${encodeURIComponent(app)}`)
      .filter((uri) => csp.readInt(`${uri}/InstallationState`) !== INSTALLED.tracked)
  })

export const blockingApps: Invariant = {
  name: 'blockingApps',
  about: 'the Enrollment Status Page never ends well while an app that it waits for is not there',
  watch({ device }) {
    let scope: 'Device' | 'User' = 'Device'
    return (entry) => {
      if (entry.kind !== 'transition') return undefined
      if (entry.machine === 'deviceSetup') scope = 'Device'
      if (entry.machine === 'accountSetup') scope = 'User'
      if (entry.machine !== 'enrollmentStatus' || entry.to !== 'reportingSuccess') return undefined
      const open = openApps(device, scope)
      return open.length > 0 ? `open: ${open.join(', ')}` : undefined
    }
  },
}
