import type { DeviceAssociationDefinition } from '../../domain/device-association.ts'
import { stableGuid } from '../stable-guid.ts'
import { identityOf, keyOf } from './hardware-identity.ts'

/** A device that an administrator has bound to the tenant. */
export interface DeviceAssociation extends DeviceAssociationDefinition {
  /** In the place of a registration id: a contract of ours. */
  id: string
}

/** The associations of a tenant. The marker in the UEFI of a device stays for good: so does what is found here. */
export class Associations {
  readonly #tenantId: string
  readonly #associated: () => { hardwareHash: string; association: DeviceAssociationDefinition }[]
  #byKey: Map<string, DeviceAssociation> | undefined

  constructor(
    tenantId: string,
    associated: () => { hardwareHash: string; association: DeviceAssociationDefinition }[],
  ) {
    this.#tenantId = tenantId
    this.#associated = associated
  }

  get #all(): Map<string, DeviceAssociation> {
    this.#byKey ??= new Map(
      this.#associated().map(({ hardwareHash, association }) => [
        keyOf(identityOf(hardwareHash)),
        { ...association, id: stableGuid(this.#tenantId, 'association', association.device) },
      ]),
    )
    return this.#byKey
  }

  /** @throws DecodeError `ERR_HASH_…` */
  of(hardwareHash: string): DeviceAssociation | undefined {
    return this.#all.size === 0 ? undefined : this.#all.get(keyOf(identityOf(hardwareHash)))
  }

  /** By what an enrolment says of it. */
  byId(id: string): DeviceAssociation | undefined {
    return [...this.#all.values()].find((one) => one.id === id)
  }
}
