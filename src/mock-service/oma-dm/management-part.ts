import type { ManagedDevice } from './managed-device.ts'

/** What the management service remembers. */
export interface ManagementPart {
  /** Enrolled devices by certificate thumbprint. */
  managed: Map<string, ManagedDevice>
}

export const newManagement = (): ManagementPart => ({ managed: new Map() })
