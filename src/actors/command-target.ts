import type { ExecEffect } from '../device/csp/node-rule.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { DecodeError } from '../domain/trouble.ts'
import { decodeMsiInstallJob, type MsiInstallJob } from '../protocols/msi-job/msi-install-job.ts'
import type { CommandResult, CommandTarget } from '../service/dm-commands.ts'

/** What commands set going that happens when the session is over. */
export type Pending = Exclude<ExecEffect, 'installMsi'>

/** Value of an MSI's `Status` before anything was done. */
const INITIALISED = '10'

const MSI = /\/EnterpriseDesktopAppManagement\/MSI\/[^/]+$/

/** A device's tree and its effects, as OMA-DM commands act on them. */
export function commandTarget(device: VirtualDevice, pending: Pending[]): CommandTarget {
  const { csp, installations } = device
  /** Products that an Atomic has deleted: the queue hears of them when it is certain. */
  let deleted: string[] | undefined

  function exec(uri: string, value: string): CommandResult {
    let isOrder = false
    const result = csp.exec(uri, (effect) => {
      if (effect !== 'installMsi') {
        pending.push(effect)
        return 200
      }
      const job = jobOf(value)
      if (!job) return 400
      const product = uri.slice(0, uri.lastIndexOf('/'))
      if (installations.order(product, job)) csp.set(`${product}/Status`, 'int', INITIALISED)
      isOrder = true
      return 202
    })
    // The installer has the job at once, and goes on whatever becomes of the Atomic around it: an assumption.
    return isOrder ? { ...result, isIrrevocable: true } : result
  }

  return {
    get: (uri) => csp.get(uri),
    add: (uri, format, value) => csp.add(uri, format, value),
    replace: (uri, format, value) => csp.replace(uri, format, value),
    delete(uri) {
      const result = csp.delete(uri)
      if (result.status !== 200 || !MSI.test(uri)) return result
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

function jobOf(value: string): MsiInstallJob | undefined {
  try {
    return decodeMsiInstallJob(value)
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}
