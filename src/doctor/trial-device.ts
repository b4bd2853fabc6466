import type { KeyObject } from 'node:crypto'
import { VirtualDevice } from '../device/virtual-device.ts'
import type { DeviceDefinition } from '../domain/device.ts'
import { DEFAULT_NETWORK } from '../domain/network.ts'
import { freshBytes, freshRsaKey } from '../ports/fresh-keys.ts'
import { guidFrom } from '../ports/ids.ts'
import type { KeySource } from '../ports/keys.ts'
import { derivedKeys } from '../ports/rsa-keys.ts'
import { freshSeed, seededChance } from '../ports/seeded-chance.ts'
import { decodeCertificate } from '../protocols/x509/certificate.ts'
import { spkiOf } from '../protocols/x509/signature.ts'

export interface TrialDevice {
  device: VirtualDevice
  /** The key of the certificate that it was given. */
  keyOf: (certificate: Uint8Array) => KeyObject | undefined
}

/**
 * A device of this kind that no server has seen, for one enrolment: another serial number, other addresses, and a key for its
 * management that is never written down. It takes what the doctor warns of, so that the examination does not end there.
 */
export function trialDevice(definition: DeviceDefinition, clock: () => number): TrialDevice {
  const made = new Map<number, KeyObject>()
  const fresh = (bits: number): KeyObject => {
    const key = made.get(bits) ?? freshRsaKey(bits)
    made.set(bits, key)
    return key
  }
  const keys: KeySource = {
    rsa2048: derivedKeys.rsa2048,
    rsa: (seed, label, bits) => (label === 'mdm' ? fresh(bits) : derivedKeys.rsa(seed, label, bits)),
  }
  const device = new VirtualDevice({
    definition: {
      ...definition,
      smbios: { ...definition.smbios, serialNumber: `SIM-DOCTOR-${hex(4)}`, uuid: guidFrom(freshBytes(16)) },
      adapters: definition.adapters.map((adapter) => ({ ...adapter, mac: freshMac(adapter.mac) })),
      behaviour: {
        ...definition.behaviour,
        allowsUndeclaredPrefix: true,
        allowsVersion1Certificate: true,
        checksSearchCriteria: false,
      },
    },
    environment: DEFAULT_NETWORK,
    keys,
    journal: { write: () => {} },
    chance: seededChance(freshSeed(), 'identity'),
    clock,
  })
  return {
    device,
    keyOf: (certificate) => {
      const { spki } = decodeCertificate(certificate)
      return [...made.values()].find((key) => Buffer.compare(spkiOf(key), spki) === 0)
    },
  }
}

const hex = (bytes: number): string => Buffer.from(freshBytes(bytes)).toString('hex').toUpperCase()

/** The first half says what kind of address it is. */
const freshMac = (mac: string): string => [...mac.split(':').slice(0, 3), ...hex(3).match(/../g)!].join(':')
