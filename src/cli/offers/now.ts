import { addressesIn, MOCK_ENDPOINTS } from '../../domain/endpoints.ts'
import type { JournalEntry, NetworkFact, RecordedSpec } from '../../domain/journal.ts'
import type { Screen } from '../../domain/screen.ts'
import type { TenantDefinition } from '../../domain/tenant.ts'
import { statesAtEnd } from '../../journal/path.ts'
import { tenantNow } from '../../journal/tenant-now.ts'

/** What decides whether something can be done, as the journal has it. */
export interface Now {
  spec: RecordedSpec
  /** As its administrators have left it. */
  tenant: TenantDefinition
  entries: readonly JournalEntry[]
  network: NetworkFact | undefined
  screen: Screen | null
  /** `network.choosing`. */
  states: readonly string[]
  isOn: boolean
  isLidClosed: boolean
  isManaged: boolean
  isJoined: boolean
  /** The school is ours: its administrators and its server do what a person says. */
  isMocked: boolean
  /** Addresses of the services, by the hosts that a firewall has in its list. */
  hosts: readonly string[]
}

export function nowIn(spec: RecordedSpec, entries: readonly JournalEntry[]): Now {
  const network = entries.findLast((entry) => entry.kind === 'network')
  const power = entries.findLast((entry) => entry.kind === 'power')
  const device = entries.findLast((entry) => entry.kind === 'device')
  const lid = entries.findLast((entry) => entry.kind === 'stimulus' && entry.stimulus.kind === 'lid')
  const isClosed = lid?.kind === 'stimulus' && lid.stimulus.kind === 'lid' && lid.stimulus.position === 'closed'
  const shown = entries.findLast((entry) => entry.kind === 'screen' && 'screen' in entry)
  const isOn = power?.event === 'on'
  return {
    spec,
    tenant: tenantNow(spec.tenant as unknown as TenantDefinition, spec.device.id, entries).tenant,
    entries,
    network,
    screen: isOn && shown?.kind === 'screen' && 'screen' in shown && shown.seq > power.seq ? shown.screen : null,
    states: statesAtEnd(entries),
    isOn,
    // A device that starts is awake.
    isLidClosed: isClosed && power !== undefined && lid.seq > power.seq,
    isManaged: device?.managedBy !== undefined,
    isJoined: device?.isJoined === true,
    isMocked: (spec as { service?: unknown }).service === undefined,
    hosts: HOSTS,
  }
}

const HOSTS: readonly string[] = [
  ...new Set(
    addressesIn(MOCK_ENDPOINTS)
      .filter((url) => !url.includes('{') && url !== MOCK_ENDPOINTS.graph)
      .map((url) => new URL(url).hostname),
  ),
]
