import type { KeyObject } from 'node:crypto'
import type { DeviceDefinition } from '../domain/device.ts'
import type { KeySource } from '../ports/keys.ts'
import { credentialIdOf, keySeedOf, userHandleOf } from '../protocols/webauthn/synthetic-key.ts'

/** A security key in the USB port. */
export interface SecurityKey {
  /** Its own: it gives nothing away without. */
  pin: string
  /** What it was registered with; left out: it knows no account of Microsoft Entra. */
  credential?: { id: string; userHandle: string; key: KeyObject }
}

/** One of those that lie beside a device; undefined where there is none of this name. */
export function securityKeyOf(
  { securityKeys = [] }: Pick<DeviceDefinition, 'securityKeys'>,
  keys: KeySource,
  name: string,
): SecurityKey | undefined {
  const found = securityKeys.find((one) => one.name === name)
  if (!found) return undefined
  const { pin, account } = found
  if (account === undefined) return { pin }
  const credential = {
    id: credentialIdOf(name),
    userHandle: userHandleOf(account),
    key: keys.rsa2048(...keySeedOf(name)),
  }
  return { pin, credential }
}
