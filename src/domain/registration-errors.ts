/** What can go wrong when a device is registered (reference: device-identity.md, 2.2). */
export interface RegistrationError {
  /** `deviceErrorName`. The name is the key: other numbers have been seen with it. */
  name: RegistrationErrorName
  /** `deviceErrorCode`; null where no source has a number. */
  code: number | null
  /** How sure the pairing of name and number is. */
  tag: 'documented' | 'one source' | 'no number known'
  /** What the portal shows, and it can mislead; empty where no source tells. */
  portalText: string
  /** What it means, and what helps. */
  explanation: string
}

export type RegistrationErrorName =
  | 'InvalidZtdHardwareHash'
  | 'ZtdDeviceAlreadyAssigned'
  | 'ZtdDeviceAssignedToOtherTenant'
  | 'ZtdDeviceDuplicated'
  | 'ZtdDeviceNotFound'
  | 'StorageError'

export const REGISTRATION_ERRORS: Readonly<Record<RegistrationErrorName, RegistrationError>> = {
  InvalidZtdHardwareHash: {
    name: 'InvalidZtdHardwareHash',
    code: 802,
    tag: 'one source',
    portalText: '',
    explanation: 'The hardware hash is damaged, or has no manufacturer or no serial number. Capture it again.',
  },
  ZtdDeviceAlreadyAssigned: {
    name: 'ZtdDeviceAlreadyAssigned',
    code: 806,
    tag: 'documented',
    portalText: 'The device is already registered to the same tenant',
    explanation: 'The device is registered here already. Nothing is to be done, unless its hardware was changed.',
  },
  ZtdDeviceAssignedToOtherTenant: {
    name: 'ZtdDeviceAssignedToOtherTenant',
    code: 808,
    tag: 'documented',
    portalText: 'Internal error',
    explanation:
      'Another tenant has registered this device. The portal calls it an internal error, but trying again does not help: the other tenant has to remove the device first.',
  },
  ZtdDeviceDuplicated: {
    name: 'ZtdDeviceDuplicated',
    code: null,
    tag: 'no number known',
    portalText: '',
    explanation: 'The same device is in the file twice. The import took one row, and not this one.',
  },
  ZtdDeviceNotFound: {
    name: 'ZtdDeviceNotFound',
    code: null,
    tag: 'no number known',
    portalText: '',
    explanation:
      'No device of that manufacturer, model and serial number, or of that product key id, is known. After a board was replaced only a fresh hardware hash can match.',
  },
  StorageError: {
    name: 'StorageError',
    code: null,
    tag: 'no number known',
    portalText: '',
    explanation: 'The service failed. Try again later.',
  },
}
