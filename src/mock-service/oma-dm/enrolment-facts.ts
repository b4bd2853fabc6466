/** What the service knows of a device since it enrolled, and not from its sessions. */
export interface EnrolmentFacts {
  /** `10.0.26100.1742`. */
  osVersion: string
  /** `OperatingSystemSKU`: 203 is Windows 11 SE. */
  edition: number
  /** Of the adapters, as the device wrote them. */
  macs: readonly string[]
  /** Name of the deployment profile that it came by; empty for none. */
  profileName: string
  /** A technician enrolled it, for a person who comes later. */
  isPreProvisioned?: true
}

/** What an administrator has written on a device. */
export interface DeviceLabels {
  owner: 'unknown' | 'company' | 'personal'
  notes: string
  /** `managedDeviceName`, when it was changed. */
  name: string | undefined
}

export const NEW_LABELS: DeviceLabels = { owner: 'company', notes: '', name: undefined }
