import type { Update, UpdateInstallation, UpdateScan } from '../../machines/pages/critical-updates.ts'
import { QUALITY_UPDATES_NODE } from '../domain/esp.ts'
import { downloadUpdate, type OfferedUpdate, scanForUpdates, type UpdateKind } from '../service/check-updates.ts'
import { type Bindings, type NoInput, workOf } from './bindings.ts'

/** What the update pages do. */
export function updateActors(bindings: Bindings) {
  const { device, service, timeline } = bindings
  const offers = new Map<string, OfferedUpdate>()

  const scan = (kind: UpdateKind) =>
    workOf<UpdateScan, NoInput>(async (_, signal) => {
      const found = await scanForUpdates(
        service,
        { kind, installed: device.installedUpdates, now: device.clock() },
        signal,
      )
      if (!found.ok) {
        device.log('updates', 20, `update scan failed: ${found.trouble.code}`, 'error')
        return { kind: 'unavailable', code: found.trouble.code }
      }
      if (found.value.length === 0) return { kind: 'none' }
      for (const offer of found.value) offers.set(offer.updateId, offer)
      const updates = found.value.map(({ updateId: id, title, needsRestart }) => ({ id, title, needsRestart }))
      return { kind: 'found', updates }
    })

  return {
    scanForCriticalUpdates: scan('critical'),
    scanForQualityUpdates: scan('quality'),
    installUpdates: workOf<UpdateInstallation, Update[]>(async (updates, signal) => {
      for (const { id } of updates) {
        const offer = offers.get(id)!
        device.log('updates', 44, `download started: ${offer.title}`)
        const downloaded = await downloadUpdate(service, offer, device.clock(), signal)
        if (!downloaded.ok) {
          device.log('updates', 20, `installation failed: ${downloaded.trouble.code}`, 'error')
          return { kind: 'failed', code: downloaded.trouble.code }
        }
        device.log('updates', 43, `installation started: ${offer.title}`)
        await timeline.sleep(offer.installSeconds * 1_000, signal)
        device.installedUpdates.push(offer.revisionId)
        device.log('updates', 19, `installed: ${offer.title}`)
      }
      return { kind: 'installed', needsRestart: updates.some(({ needsRestart }) => needsRestart) }
    }),
    readUpdatePolicy: workOf<boolean, NoInput>(() => device.csp.read(QUALITY_UPDATES_NODE) === '1'),
  }
}
