import type { KeyObject } from 'node:crypto'
import { type Result, success, type Trouble } from '../domain/trouble.ts'
import { CODE, signedOf } from '../domain/windows-codes.ts'
import { decodeCertificate, hasExpired, hasNoEnd } from '../protocols/x509/certificate.ts'
import { readProvisioning } from './apply-provisioning.ts'
import { RENEW } from './csp/rules/certificate-store.ts'
import type { ManagementKeyLabel } from './device-keys.ts'
import type { ManagementAccount } from './management-account.ts'
import type { VirtualDevice } from './virtual-device.ts'

/** With the present certificate, or without it. */
export type RenewalKind = 'renew' | 'recover'

const DAY_MS = 86_400_000

/** `Status` of `My/WSTEP/Renew` (mdm-protocols.md, 1.8). */
const STATUS = { inProgress: '1', succeeded: '2', failed: '3' } as const
/** `RecoveryStatus`: 7 and 8 are an assumption, as far as they tell two failures apart. */
const RECOVERY = { inProgress: '1', succeeded: '2', notBelieved: '7', refused: '8' } as const

const providerNode = ({ providerId }: ManagementAccount): string =>
  `./Device/Vendor/MSFT/DMClient/Provider/${encodeURIComponent(providerId)}`

const recoveryNode = (account: ManagementAccount): string => `${providerNode(account)}/Recovery`

export const mayRecover = ({ csp, management }: VirtualDevice): boolean =>
  management !== undefined && csp.readBool(`${recoveryNode(management)}/AllowRecovery`)

/**
 * What the certificate of management needs before the next session. A failed try is repeated after RetryInterval, until the
 * certificate has expired; from then on there is only recovery, where the server has allowed it.
 */
export function renewalDue(device: VirtualDevice): RenewalKind | undefined {
  const { management: account, csp } = device
  if (!account?.issuer) return undefined
  if (account.orderedRenewal) return account.orderedRenewal
  const now = device.clock()
  const certificate = decodeCertificate(account.certificate)
  if (hasNoEnd(certificate)) return undefined
  const { renewalTriedAt: triedAt } = account
  if (triedAt !== undefined && now - triedAt < csp.readInt(`${RENEW}/RetryInterval`) * DAY_MS) return undefined
  if (hasExpired(certificate, now)) return mayRecover(device) ? 'recover' : undefined
  const begins = certificate.notAfter.getTime() - csp.readInt(`${RENEW}/RenewPeriod`) * DAY_MS
  return now >= begins && csp.readBool(`${RENEW}/ROBOSupport`) ? 'renew' : undefined
}

/** The key that the next certificate is for. */
export const nextKeyLabel = ({ issuer }: ManagementAccount): ManagementKeyLabel =>
  issuer?.label === 'mdm' ? 'mdm-renewed' : 'mdm'

export function beginRenewal({ csp, clock }: VirtualDevice, account: ManagementAccount, kind: RenewalKind): void {
  account.orderedRenewal = undefined
  account.renewalTriedAt = clock()
  if (kind === 'recover') {
    csp.set(`${recoveryNode(account)}/RecoveryStatus`, 'int', RECOVERY.inProgress)
    return
  }
  csp.set(`${RENEW}/Status`, 'int', STATUS.inProgress)
  csp.set(`${RENEW}/LastRenewalAttemptTime`, 'time', timeText(clock()))
}

export function failRenewal(
  device: VirtualDevice,
  account: ManagementAccount,
  kind: RenewalKind,
  trouble: Trouble,
): void {
  const { csp } = device
  device.log(kind === 'renew' ? 'certificateRenewalFailed' : 'certificateRecoveryFailed', {
    code: trouble.code,
    text: trouble.text,
  })
  if (kind === 'recover') {
    const status = trouble.code === CODE.enrollmentAuthentication ? RECOVERY.notBelieved : RECOVERY.refused
    csp.set(`${recoveryNode(account)}/RecoveryStatus`, 'int', status)
    return
  }
  csp.set(`${RENEW}/Status`, 'int', STATUS.failed)
  csp.set(`${RENEW}/ErrorCode`, 'int', String(signedOf(trouble.code)))
}

/**
 * Takes the certificate of an answer, and no more than what vouches for it: the account stays as it is.
 *
 * @param key the private key that the certificate was requested for
 */
export function installRenewed(
  device: VirtualDevice,
  account: ManagementAccount,
  kind: RenewalKind,
  { text, key }: { text: string; key: KeyObject },
): Result<void> {
  const read = readProvisioning(device, text, key)
  if (!read.ok) return read
  const { client, roots, intermediates, renew } = read.value.document
  account.issuer = { ...account.issuer!, label: nextKeyLabel(account) }
  account.certificate = client.der
  account.store = client.store
  account.roots = withAll(account.roots, roots)
  account.intermediates = withAll(account.intermediates, intermediates)
  account.renewalTriedAt = undefined
  if (renew) account.renewal = { ...account.renewal, ...renew }
  const { csp } = device
  csp.set(`${providerNode(account)}/CertRenewTimeStamp`, 'time', timeText(device.clock()))
  if (kind === 'recover') csp.set(`${recoveryNode(account)}/RecoveryStatus`, 'int', RECOVERY.succeeded)
  else {
    csp.set(`${RENEW}/Status`, 'int', STATUS.succeeded)
    csp.set(`${RENEW}/ErrorCode`, 'int', '0')
  }
  device.log(kind === 'renew' ? 'certificateRenewed' : 'certificateRecovered')
  return success(undefined)
}

const withAll = (known: readonly Uint8Array[], more: readonly Uint8Array[]): Uint8Array[] => [
  ...known,
  ...more.filter((der) => !known.some((one) => Buffer.compare(one, der) === 0)),
]

const timeText = (time: number): string => new Date(time).toISOString()
