import type { AdapterFacts, DeviceDefinition } from '../../domain/device.ts'
import { versionOf } from '../../domain/windows-versions.ts'

/** `SE 24H2`; the build, where it is of no version that is known. */
export const windowsInShort = ({ windows: { edition, build } }: DeviceDefinition): string =>
  `${edition} ${versionOf(edition, build)?.name ?? build}`

/** In a few words, for lists of devices. */
export const tpmInShort = ({ tpm }: DeviceDefinition): string =>
  tpm ? `${tpm.version} ${tpm.kind} ${tpm.vendor}` : 'none'

const KINDS: [AdapterFacts['kind'], string][] = [
  ['wifi', 'Wi-Fi'],
  ['ethernet', 'Ethernet'],
  ['cellular', 'cellular'],
]

/** How a device gets to a network, without Bluetooth: `Wi-Fi, Ethernet`, `Wi-Fi, Ethernet dongle`. */
export function networkInShort({ adapters }: DeviceDefinition): string {
  const ways = KINDS.flatMap(([kind, label]) => {
    const found = adapters.filter((adapter) => adapter.kind === kind)
    if (found.length === 0) return []
    return [found.every(({ removable }) => removable) ? `${label} dongle` : label]
  })
  return ways.join(', ') || 'none'
}
