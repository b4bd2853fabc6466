import type { EspPhase } from '../../domain/esp.ts'
import type { ConfigurationPolicy } from './configuration-policy.ts'
import type { CorporateIdentifier } from './corporate-identifier.ts'
import type { Deployment } from './deployment.ts'
import { type ManagedDevice, UNTOUCHED } from './managed-device.ts'

/** What the management service remembers. */
export interface ManagementPart {
  /** Enrolled devices by certificate thumbprint. */
  managed: Map<string, ManagedDevice>
  /** Enrolments of registered devices by the id of their event, the oldest first. */
  deployments: Map<string, Deployment>
  /** By id. */
  policies: Map<string, ConfigurationPolicy>
  /** By id, the oldest first. */
  identifiers: Map<string, CorporateIdentifier>
  /** Phases of the Enrollment Status Page that the server does not release. */
  held: EspPhase[]
}

export const newManagement = (): ManagementPart => ({
  managed: new Map(),
  deployments: new Map(),
  policies: new Map(),
  identifiers: new Map(),
  held: [],
})

/** A part as an earlier version of this program left it: what it did not know of is empty. */
export const wholeManagement = ({ managed, ...others }: ManagementPart): ManagementPart => ({
  ...newManagement(),
  ...others,
  managed: new Map([...managed].map(([print, device]) => [print, { ...UNTOUCHED(), ...device }])),
})
