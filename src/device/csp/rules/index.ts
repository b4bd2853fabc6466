import type { Csp } from '../node-rule.ts'
import { desktopApps, modernApps } from './apps.ts'
import { bitLocker } from './bit-locker.ts'
import { certificateStore } from './certificate-store.ts'
import { clientCertificates } from './client-certificates.ts'
import { deviceManageability } from './device-manageability.ts'
import { devicePreparation } from './device-preparation.ts'
import { dmClient } from './dm-client.ts'
import { offlineDomainJoin } from './domain-join.ts'
import { enrollmentStatusTracking } from './enrollment-status-tracking.ts'
import { firewall } from './firewall.ts'
import { healthAttestation } from './health-attestation.ts'
import { devDetail, devInfo, deviceStatus, windowsAutopilot } from './inventory.ts'
import { windowsLicensing } from './licensing.ts'
import { deviceLock, remoteLock } from './lock.ts'
import { office } from './office.ts'
import { passportForWork } from './passport-for-work.ts'
import { assignedAccess, personalization } from './personalization.ts'
import { cleanPc, reboot, remoteWipe } from './power.ts'
import { rootCertificates } from './root-certificates.ts'
import { accounts, policy, wifi } from './settings.ts'
import { sharedPc } from './shared-pc.ts'
import { update } from './update.ts'
import { windowsRestore } from './windows-restore.ts'

/** Every configuration service provider that the device has. */
export const CSPS: readonly Csp[] = [
  accounts,
  assignedAccess,
  bitLocker,
  certificateStore,
  clientCertificates,
  devDetail,
  devInfo,
  deviceLock,
  deviceManageability,
  devicePreparation,
  deviceStatus,
  dmClient,
  desktopApps,
  modernApps,
  enrollmentStatusTracking,
  firewall,
  healthAttestation,
  office,
  passportForWork,
  personalization,
  policy,
  reboot,
  remoteLock,
  remoteWipe,
  offlineDomainJoin,
  cleanPc,
  rootCertificates,
  sharedPc,
  update,
  wifi,
  windowsAutopilot,
  windowsRestore,
  windowsLicensing,
]
