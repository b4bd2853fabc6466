import { mayRecover } from '../device/certificate-renewal.ts'
import { CERTIFICATE_STATUS, pfxOf } from '../device/client-certificates.ts'
import type { ExecEffect } from '../device/csp/node-rule.ts'
import type { InstallationJob } from '../device/installation-queue.ts'
import { refuseReset } from '../device/resets.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { OFFICE_STATUS } from '../domain/office.ts'
import type { ResetKind } from '../domain/reset.ts'
import { DecodeError } from '../domain/trouble.ts'
import { decodeHostedInstall } from '../protocols/modern-app-job/hosted-install.ts'
import { decodeMsiInstallJob } from '../protocols/msi-job/msi-install-job.ts'
import { decodeOfficeConfiguration } from '../protocols/office-job/office-configuration.ts'
import type { CommandResult, CommandTarget } from '../service/oma-dm/commands.ts'

/** What commands set going that happens when the session is over. */
export type Pending = Exclude<
  ExecEffect,
  | 'installMsi'
  | 'installMsix'
  | 'installOffice'
  | 'renew'
  | 'recover'
  | 'verifyHealth'
  | 'triggerAttestation'
  | 'enrolCertificate'
>

/** What an Exec asks for. */
export const RESETS = {
  reset: 'everything',
  autopilotReset: 'autopilotReset',
  keepingReset: 'keepsUsers',
} as const satisfies Partial<Record<ExecEffect, ResetKind>>

const isReset = (effect: ExecEffect): effect is keyof typeof RESETS => Object.hasOwn(RESETS, effect)

/** Values of `Status` before anything was done. */
const INITIAL = { msi: '10', msix: '0', office: OFFICE_STATUS.inProgress }

const PRODUCT =
  /\/(EnterpriseDesktopAppManagement\/MSI|EnterpriseModernAppManagement\/AppInstallation|Office\/Installation)\/[^/]+$/

/** A device's tree and its effects, as OMA-DM commands act on them. */
export function commandTarget(device: VirtualDevice, pending: Pending[]): CommandTarget {
  const { csp, installations } = device
  /** Products that an Atomic has deleted: the queue hears of them when it is certain. */
  let deleted: string[] | undefined

  function exec(uri: string, value: string): CommandResult {
    let isOrder = false
    const result = csp.exec(uri, (effect) => {
      if (effect === 'renew' || effect === 'recover') {
        // Without a yes of the server there is no recovery: that it is 405 is an assumption.
        if (effect === 'recover' && !mayRecover(device)) return 405
        if (device.management) device.management.orderedRenewal = effect
        return 202
      }
      if (effect === 'enrolCertificate') {
        const certificate = uri.slice(0, -'/Install/Enroll'.length)
        csp.set(`${certificate}/Status`, 'int', String(CERTIFICATE_STATUS.pending))
        device.certificates.order(certificate)
        // At once, and the exchange with the authority comes after it (field report of 2026).
        return 200
      }
      if (effect === 'verifyHealth') return device.health.verify()
      if (effect === 'triggerAttestation') return device.health.trigger(value)
      if (isReset(effect)) {
        // Before anything is done: the status of the Exec is assumed.
        const refused = refuseReset(device, RESETS[effect])
        if (refused) return 500
      }
      if (effect !== 'installMsi' && effect !== 'installMsix' && effect !== 'installOffice') {
        pending.push(effect)
        return 200
      }
      const job = jobOf(effect, value)
      if (!job) return 400
      const product = uri.slice(0, uri.lastIndexOf('/'))
      if (installations.order(product, job)) csp.set(`${product}/Status`, 'int', INITIAL[job.kind])
      isOrder = true
      return 202
    })
    // The installer has the job at once, and keeps it whatever becomes of the Atomic around it: an assumption.
    return isOrder ? { ...result, isIrrevocable: true } : result
  }

  /** A PFX is installed as soon as it is there, and once more when its password is another (ClientCertificateInstall CSP). */
  function importing(uri: string, result: CommandResult): CommandResult {
    const pfx = pfxOf(uri)
    if (pfx !== undefined && result.status === 200 && csp.has(`${pfx}/PFXCertBlob`)) device.certificates.order(pfx)
    return result
  }

  return {
    get: (uri) => csp.get(uri),
    add: (uri, format, value) => importing(uri, csp.add(uri, format, value)),
    replace: (uri, format, value) => importing(uri, csp.replace(uri, format, value)),
    delete(uri) {
      const result = csp.delete(uri)
      if (result.status !== 200 || !PRODUCT.test(uri)) return result
      if (deleted) deleted.push(uri)
      else installations.forget(uri)
      return result
    },
    exec,
    atomically(act) {
      const before = [...pending]
      deleted = []
      csp.atomically(() => {
        const isKept = act()
        if (isKept) for (const uri of deleted!) installations.forget(uri)
        else pending.splice(0, pending.length, ...before)
        return isKept
      })
      deleted = undefined
    },
  }
}

const JOBS = {
  installMsi: (value: string): InstallationJob => ({ kind: 'msi', ...decodeMsiInstallJob(value) }),
  installMsix: (value: string): InstallationJob => ({ kind: 'msix', ...decodeHostedInstall(value) }),
  installOffice: (value: string): InstallationJob => ({ kind: 'office', ...decodeOfficeConfiguration(value) }),
}

function jobOf(effect: keyof typeof JOBS, value: string): InstallationJob | undefined {
  try {
    return JOBS[effect](value)
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}
