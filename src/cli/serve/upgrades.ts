import type { PackedState } from '../../mock-service/state/packed-state.ts'

/**
 * Of what the second line of a state file holds. The log is cut behind a snapshot, so that every later version has to read
 * it: what changes in `TenantState` raises this number and the state's `version`, and gets a step in `UPGRADES`.
 */
export const FORMAT = 3

export interface KeptState {
  tenant: PackedState
  chance: number[]
  now: number
}

/** From the format of its key to the next one. */
const UPGRADES: Record<number, (state: unknown) => unknown> = {
  // Orders for a person got queues of their own.
  1: (state) => {
    const { tenant } = state as { tenant: { managed: Map<string, { userPending?: unknown; chunkOf?: unknown }> } }
    for (const device of tenant.managed.values()) {
      device.userPending = new Map()
      if (device.chunkOf !== undefined) device.chunkOf = { order: device.chunkOf, user: undefined }
    }
    return state
  },
  // What a tenant remembers got a part for each slice.
  2: (state) => {
    const { tenant, ...others } = state as { tenant: Record<string, unknown> }
    const part = (...names: string[]) => Object.fromEntries(names.map((name) => [name, tenant[name]]))
    const { directory, imports } = tenant
    return {
      ...others,
      tenant: {
        version: 3,
        directory: { ...(directory as object), ...part('contacts', 'synchronisation') },
        imports,
        entra: part(
          ...['codes', 'deviceCodes', 'refreshTokens', 'joined', 'primaryTokens', 'nonces', 'proofs', 'assertions'],
        ),
        enrolment: part('webSignIns', 'acceptedTerms', 'authorities'),
        management: part('managed'),
        attestation: part('challenges'),
      },
    }
  },
}

/** A state as this version has it. @param format of the file, not greater than `FORMAT` */
export function upgraded(state: unknown, format: number): KeptState {
  let current = state
  for (let step = format; step < FORMAT; step++) current = UPGRADES[step]!(current)
  return current as KeptState
}
