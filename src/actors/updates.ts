import type { Update, UpdateInstallation, UpdateScan } from '../../machines/pages/update-scan.ts'
import type { UpdateDownload } from '../../machines/pages/update-steps.ts'
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

/** How often a step says how far it is: an assumption. */
const PARTS = 4

/** Tells of each part once, in hundredths. */
export function percentOf(tell: (percent: number) => void): (fraction: number) => void {
  let told = 0
  return (fraction) => {
    const percent = (Math.floor(fraction * PARTS + 1e-9) * 100) / PARTS
    if (percent <= told) return
    told = percent
    tell(percent)
  }
}

const SILENT = () => {}

/** Each update in turn. `onProgress` hears how much of all is done, from 0 to 1. */
export async function downloadOffers(
  { device, service }: Bindings,
  updates: readonly Update[],
  signal: AbortSignal,
  onProgress: (fraction: number) => void = SILENT,
): Promise<UpdateDownload> {
  for (const [index, update] of updates.entries()) {
    const offer = OFFER.open(update.offer)
    device.log('updateDownloadStarted', { title: offer.title })
    const parts = {
      now: device.clock(),
      onProgress: (fraction: number) => onProgress((index + fraction) / updates.length),
    }
    const downloaded = device.storage.isFull
      ? failure(CODE.diskFull, 'there is not enough space on the disk')
      : await downloadUpdate(service, offer, parts, signal)
    if (downloaded.ok) continue
    const code = updateCode(downloaded.trouble)
    device.log('updateInstallationFailed', { code })
    return { kind: 'failed', code }
  }
  return { kind: 'downloaded' }
}

/** Installs what is downloaded, as `downloadOffers` says how far it is. */
export async function installOffers(
  { device, timeline }: Bindings,
  updates: readonly Update[],
  signal: AbortSignal,
  onProgress: (fraction: number) => void = SILENT,
): Promise<UpdateInstallation> {
  for (const [index, update] of updates.entries()) {
    const offer = OFFER.open(update.offer)
    device.log('updateInstallationStarted', { title: offer.title })
    for (let part = 1; part <= PARTS; part++) {
      await timeline.sleep(Math.round((offer.installSeconds * 1_000 * device.storage.slowness) / PARTS), signal)
      onProgress((index + part / PARTS) / updates.length)
    }
    device.windows.install(offer)
    device.log('updateInstalled', { title: offer.title })
  }
  return { kind: 'installed', needsRestart: updates.some(({ needsRestart }) => needsRestart) }
}

/** Downloads and installs one after the other, without a word of how far it is. */
export async function bringOffers(
  run: Bindings,
  updates: readonly Update[],
  signal: AbortSignal,
): Promise<UpdateInstallation> {
  for (const update of updates) {
    const downloaded = await downloadOffers(run, [update], signal)
    if (downloaded.kind === 'failed') return downloaded
    await installOffers(run, [update], signal)
  }
  return { kind: 'installed', needsRestart: updates.some(({ needsRestart }) => needsRestart) }
}
