import { type BootState, FRESH_BOOT } from '../domain/boot.ts'
import type { EventLog } from '../domain/event-log.ts'
import { REDEPLOYMENT_NODES, REDEPLOYMENT_STATUS, type ResetKind } from '../domain/reset.ts'
import type { Trouble } from '../domain/trouble.ts'
import { CODE, signedOf } from '../domain/windows-codes.ts'
import type { CspTree } from './csp/csp-tree.ts'
import { keyOf } from './csp/node-key.ts'
import type { Storage } from './storage.ts'

/** What of a device decides on a reset. */
interface Resettable {
  readonly storage: Pick<Storage, 'recovery'>
  readonly csp: Pick<CspTree, 'set'>
  readonly log: EventLog
  readonly disk: Pick<BootState, 'domain'>
  refusedReset: Trouble | undefined
}

/** Why a device cannot be reset in this way; undefined where it can (oobe-autopilot-esp.md, 2.6 [D]). */
export function resetTrouble(
  { storage: { recovery }, disk }: Pick<Resettable, 'storage' | 'disk'>,
  kind: ResetKind = 'everything',
): Trouble | undefined {
  if (kind === 'autopilotReset' && disk.domain) {
    return { code: CODE.resetNotSupported, text: 'Autopilot Reset does not support a device with a hybrid join' }
  }
  if (recovery === 'enabled') return undefined
  const text = recovery === 'missing' ? 'Windows RE is not there' : 'Windows RE is off'
  return { code: CODE.resetNotSupported, text }
}

/** Notes why a reset is not begun: in the event log, at the next sign-in screen, and for the server that asked for an Autopilot Reset. */
export function refuseReset(device: Resettable, kind: ResetKind): Trouble | undefined {
  const trouble = resetTrouble(device, kind)
  if (!trouble) return undefined
  device.log('resetRefused', { code: trouble.code, text: trouble.text })
  device.refusedReset = trouble
  if (kind === 'autopilotReset') {
    device.csp.set(REDEPLOYMENT_NODES.lastError, 'int', String(signedOf(trouble.code)))
    device.csp.set(REDEPLOYMENT_NODES.status, 'int', REDEPLOYMENT_STATUS.refused)
  }
  return trouble
}

/** Settings of the account itself, and certificates by SCEP: all else that management brought is for the next session to bring again. */
export function isKeptNode(provider: string | undefined, key: string): boolean {
  if (key.startsWith(keyOf('./Device/Vendor/MSFT/ClientCertificateInstall/SCEP/'))) return true
  if (provider === undefined) return false
  const account = `${keyOf(`./Device/Vendor/MSFT/DMClient/Provider/${encodeURIComponent(provider)}`)}/`
  return key.startsWith(account) && !key.startsWith(`${account}FirstSyncStatus`)
}

/** What a reset that keeps the enrolment leaves on the disk. The person who signs in next is set up anew. */
export function keptBoot(disk: BootState, kind: Exclude<ResetKind, 'everything'>): BootState {
  const { language, region, keyboard, secondKeyboard, wifi, profile, deviceName } = disk
  const { usage, preparation, account, domain, privacy } = disk
  const kept = {
    ...FRESH_BOOT,
    deviceName,
    isNamed: disk.isNamed,
    isNameSettled: disk.isNameSettled,
    isJoined: disk.isJoined,
    isEnrolled: disk.isEnrolled,
    criticalUpdatesDone: disk.criticalUpdatesDone,
    licenseAccepted: disk.licenseAccepted,
    privacyAccepted: disk.privacyAccepted,
    qualityUpdatesDone: disk.qualityUpdatesDone,
    laterUsers: disk.laterUsers,
    // No person's setup is under way.
    accountStatusDone: true,
    reset: { kind, isRestored: false },
  }
  const facts = { language, region, keyboard, secondKeyboard, wifi, profile, usage, preparation, domain, privacy }
  const given = Object.entries({ ...facts, ...(kind === 'keepsUsers' ? { account } : {}) })
  return { ...kept, ...Object.fromEntries(given.filter(([, value]) => value !== undefined)) }
}
