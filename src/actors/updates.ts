import type { Update, UpdateInstallation, UpdateScan } from '../../machines/pages/critical-updates.ts'
import { failure } from '../domain/trouble.ts'
import { CODE } from '../domain/windows-codes.ts'
import {
  downloadUpdate,
  type OfferedUpdate,
  scanForUpdates,
  type UpdateKind,
} from '../service/updates/check-updates.ts'
import type { Bindings } from './bindings.ts'
import { parcel } from './carried.ts'
import { updateCode } from './update-code.ts'

const OFFER = parcel<OfferedUpdate>()

/** A cumulative update brings what the older ones have. */
function newestOf(offers: readonly OfferedUpdate[]): OfferedUpdate[] {
  const newest = Math.max(...offers.map(({ revision }) => revision ?? 0))
  return offers.filter(({ revision }) => revision === undefined || revision === newest)
}

/** What both pages of updates do. */
export async function scanFor(
  kind: UpdateKind,
  { device, service }: Bindings,
  signal: AbortSignal,
): Promise<UpdateScan> {
  const query = { kind, installed: device.windows.updates, now: device.clock() }
  const found = await scanForUpdates(service, query, signal)
  if (!found.ok) {
    const code = updateCode(found.trouble)
    device.log('updateScanFailed', { code })
    return { kind: 'unavailable', code }
  }
  const until = device.windows.serviceEnded(device.clock())
  if (until !== undefined) return { kind: 'notServiced', windows: device.windows.name, until }
  const missing = newestOf(found.value.filter((offer) => device.windows.lacks(offer)))
  if (missing.length === 0) return { kind: 'none' }
  const updates = missing.map((offer) => {
    const { updateId: id, title, needsRestart } = offer
    return { id, title, needsRestart, offer: OFFER.pack(offer) }
  })
  return { kind: 'found', updates }
}

export async function installOffers(
  { device, service, timeline }: Bindings,
  updates: readonly Update[],
  signal: AbortSignal,
): Promise<UpdateInstallation> {
  for (const update of updates) {
    const offer = OFFER.open(update.offer)
    device.log('updateDownloadStarted', { title: offer.title })
    const downloaded = device.storage.isFull
      ? failure(CODE.diskFull, 'there is not enough space on the disk')
      : await downloadUpdate(service, offer, device.clock(), signal)
    if (!downloaded.ok) {
      const code = updateCode(downloaded.trouble)
      device.log('updateInstallationFailed', { code })
      return { kind: 'failed', code }
    }
    device.log('updateInstallationStarted', { title: offer.title })
    await timeline.sleep(offer.installSeconds * 1_000 * device.storage.slowness, signal)
    device.windows.install(offer)
    device.log('updateInstalled', { title: offer.title })
  }
  return { kind: 'installed', needsRestart: updates.some(({ needsRestart }) => needsRestart) }
}
