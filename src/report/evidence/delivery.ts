import { DECLARED_LENGTH } from '../../domain/http.ts'
import type { DiskFacts } from './facts.ts'

/** What Delivery Optimization has brought. An MSI of the management channel comes by BITS, and is not among it. */
interface Delivery {
  files: number
  bytes: number
}

/** Of updates, and of packages that the management extension or the app store service fetches (oobe-autopilot-esp.md, 5.1). */
export function deliveryOf({ entries }: DiskFacts): Delivery {
  const asked = new Set<number>()
  const delivery: Delivery = { files: 0, bytes: 0 }
  for (const entry of entries) {
    if (entry.kind === 'request') {
      const isPackage = entry.operation === 'content download' && !entry.url.endsWith('.msi')
      if (isPackage || entry.operation === 'Windows Update download') asked.add(entry.id)
    }
    if (entry.kind !== 'response' || entry.status !== 200 || !asked.has(entry.id)) continue
    delivery.files++
    delivery.bytes += Number(entry.headers?.[DECLARED_LENGTH] ?? entry.bytes ?? 0)
  }
  return delivery
}

/** What `Get-DeliveryOptimizationPerfSnapThisMonth` prints. The device is alone: nothing comes from peers or from a cache in the school. */
export function deliveryReport(facts: DiskFacts): string {
  const { files, bytes } = deliveryOf(facts)
  const rows: [string, string | number][] = [
    ['DownloadMonthStartDate', `${facts.timeOf(0).slice(0, 8)}01`],
    ['FilesDownloaded', files],
    ['DownloadHttpBytes', bytes],
    ['DownloadLanBytes', 0],
    ['DownloadInternetBytes', 0],
    ['DownloadCacheHostBytes', 0],
  ]
  return rows.map(([name, value]) => `${name.padEnd(22)} : ${value}\r\n`).join('')
}
