import { stableGuid } from '../stable-guid.ts'

/** A device as Microsoft Entra has it: one object, made by its registration with Autopilot or by its join. */
export interface EntraDevice {
  /** Object id: what groups list. */
  id: string
  /** `deviceId`: what the certificate of the join and tokens carry. */
  deviceId: string
  displayName: string
  accountEnabled: boolean
  /** Empty until the device has joined. */
  trustType: '' | 'AzureAd' | 'ServerAd'
  /** The registration that the object belongs to (`[ZTDId]`); undefined for a device that joined without one. */
  registrationId: string | undefined
  /** Unix milliseconds. */
  createdAt: number
  /** Unix milliseconds; undefined before the join. */
  joinedAt: number | undefined
  /** Of the join; empty before. */
  osVersion: string
  /** The person who joined it, by e-mail address; empty for none. */
  owner: string
  /** What Intune says of a device that it manages. */
  management: EntraManagement | undefined
  /** `extensionAttribute1` to `extensionAttribute15`, those that an administrator has set. */
  extensionAttributes: Readonly<Record<string, string>>
}

export interface EntraManagement {
  manufacturer: string
  model: string
  /** The deployment profile of an Autopilot device; empty for another. */
  enrollmentProfileName: string
}

/** An object from a moment on; undefined where it was deleted. */
export interface EntraVersion {
  /** Unix milliseconds. */
  at: number
  device: EntraDevice | undefined
}

/** Ids of the object that a registration makes. They follow from the registration, so that no run needs more chance. */
export const idsOfRegistration = (registrationId: string): { id: string; deviceId: string } => ({
  id: stableGuid('entra-object', registrationId),
  deviceId: stableGuid('entra-device', registrationId),
})

/** The object's id of a device that joined without a registration. */
export const objectIdOfDevice = (deviceId: string): string => stableGuid('entra-object', deviceId)

/** What an object knows whose device has not joined. */
export const newEntraDevice = (
  facts: Pick<EntraDevice, 'id' | 'deviceId' | 'displayName' | 'registrationId' | 'createdAt'>,
): EntraDevice => ({
  ...facts,
  accountEnabled: true,
  trustType: '',
  joinedAt: undefined,
  osVersion: '',
  owner: '',
  management: undefined,
  extensionAttributes: {},
})
