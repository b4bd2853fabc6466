import type { Prerequisite, PrerequisiteId } from '../../../src/mock-service/prerequisites/prerequisite.ts'
import { prerequisitesOf } from '../../../src/mock-service/prerequisites/prerequisites.ts'
import { loadDeviceFile } from '../../../src/scenario/library.ts'
import { type TenantScene, tenantOf } from '../directory/tenant-of.ts'

type Registered = NonNullable<Parameters<typeof tenantOf>[1]>

/** A school in which nothing is amiss. */
const GOOD = {
  users: [
    { email: 'alice@contoso.example', password: 'x', name: 'Alice' },
    { email: 'dana@contoso.example', password: 'x', name: 'Dana', isGlobalAdministrator: true },
  ],
  partners: [{ id: 'f', name: 'Fabrikam', kind: 'reseller', consentedBy: 'dana@contoso.example' }],
}
const DEVICES: Registered = [
  { device: 'surface-laptop-se', details: { groupTag: 'Classroom' } },
  { device: 'asus-br1100fka', details: { groupTag: 'Library' } },
]

export interface Scene extends TenantScene {
  all: () => Prerequisite[]
  of: (id: PrerequisiteId) => Prerequisite
}

/** The good school with changes of it, and other devices. */
export function schoolOf(
  changes: Record<string, unknown> = {},
  devices: Registered = DEVICES,
  knowsDevices = true,
): Scene {
  const scene = tenantOf({ ...GOOD, ...changes }, devices)
  const registered = [...scene.tenant.directory.now.devices.values()]
  const definitions = new Map(
    knowsDevices
      ? devices.map(({ device }) => {
          const definition = loadDeviceFile(device)
          return [
            registered.find(({ serialNumber }) => serialNumber === definition.smbios.serialNumber)!.id,
            definition,
          ] as const
        })
      : [],
  )
  const all = () => prerequisitesOf({ tenant: scene.tenant, definitions })
  return { ...scene, all, of: (id) => all().find((each) => each.id === id)! }
}

/** Status and texts of one prerequisite. */
export function foundIn(scene: Scene, id: PrerequisiteId): [string, ...string[]] {
  const { status, reasons } = scene.of(id)
  return [status, ...reasons.map(({ text }) => text)]
}
