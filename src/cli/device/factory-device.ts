import { VirtualDevice } from '../../device/virtual-device.ts'
import type { DeviceDefinition } from '../../domain/device.ts'
import { DEFAULT_NETWORK } from '../../domain/network.ts'
import { seededChance } from '../../ports/seeded-chance.ts'
import { reportedKeys } from '../reported-keys.ts'
import { CAPTURED_AT } from './captured-at.ts'

/** A device as it left the factory: what it says of itself is the same in every run. */
export const factoryDevice = (definition: DeviceDefinition): VirtualDevice =>
  new VirtualDevice({
    definition,
    environment: DEFAULT_NETWORK,
    keys: reportedKeys,
    journal: { write: () => {} },
    chance: seededChance(0, 'identity'),
    clock: () => CAPTURED_AT,
  })
