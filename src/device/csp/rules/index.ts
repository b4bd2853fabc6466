import type { Csp } from '../node-rule.ts'
import { desktopApps, modernApps } from './apps.ts'
import { dmClient } from './dm-client.ts'
import { enrollmentStatusTracking } from './enrollment-status-tracking.ts'
import { devDetail, devInfo, deviceStatus, windowsAutopilot } from './inventory.ts'
import { reboot, remoteWipe } from './power.ts'
import { rootCertificates } from './root-certificates.ts'
import { accounts, policy, wifi } from './settings.ts'

/** Every configuration service provider that the device has. */
export const CSPS: readonly Csp[] = [
  accounts,
  devDetail,
  devInfo,
  deviceStatus,
  dmClient,
  desktopApps,
  modernApps,
  enrollmentStatusTracking,
  policy,
  reboot,
  remoteWipe,
  rootCertificates,
  wifi,
  windowsAutopilot,
]
