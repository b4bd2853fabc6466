/** Microsoft Entra hybrid join: the school's own Active Directory, and what connects it (oobe-autopilot-esp.md, 2.7 [D]). */
export interface HybridJoinDefinition {
  /** DNS name of the domain, at which a device asks for a domain controller. */
  domain: string
  /** Whether the connector may create computers in the organizational unit. */
  mayCreateComputers: boolean
  /** How long the connector takes for the blob of a device. */
  connectorSeconds: number
  /** Until Microsoft Entra Connect has brought a new computer to Microsoft Entra; null: its organizational unit is not synchronized. */
  syncMinutes: number | null
  /** Configuration profiles of the type Domain Join. */
  domainJoinProfiles: DomainJoinProfileDefinition[]
}

export interface DomainJoinProfileDefinition {
  id: string
  name: string
  /** Hybrid names have a prefix and no variables. */
  computerNamePrefix: string
  /** Distinguished name; empty for the domain's own place of computers. */
  organizationalUnit: string
  assignedTo: string[]
  excluded: string[]
}

/** `deviceManagementDomainJoinConnectorState` of Microsoft Graph. */
export const CONNECTOR_STATES = ['active', 'inactive', 'error'] as const

export type ConnectorState = (typeof CONNECTOR_STATES)[number]

/** A device that has applied its blob: a computer of the domain. */
export interface DomainMember {
  domain: string
  computerName: string
}

/** Where a server puts the blob. The node of a real one is not published [U]. */
export const DOMAIN_JOIN_BLOB = './Device/Vendor/MSFT/OfflineDomainJoin/Blob'

/** Whether a server has a domain join for the device: ours, too. */
export const DOMAIN_JOIN_CONFIGURED = './Device/Vendor/MSFT/OfflineDomainJoin/IsConfigured'

/** States that events 109 and 110 name (2.7 [F]). */
export const BLOB_STATES = { notConfigured: '0x0', waiting: '0x1', processed: '0x2', timedOut: '0x3' } as const

/** The Enrollment Status Page takes so much longer than its policy says [D]. Milliseconds. */
export const HYBRID_MORE_MS = 40 * 60_000
