import type * as v from 'valibot'
import type { DeviceDefinition } from '../domain/device.ts'
import type { Answers } from '../domain/person.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { UserError } from '../domain/trouble.ts'
import type { Places } from '../run/run-spec.ts'
import { withDiskFiles } from './disk-files.ts'
import { type Loaded, loadDevice, loadNetwork, loadPerson, loadTenant } from './library.ts'
import { checked, type Origin, override, writtenAs } from './override.ts'
import { deviceSchema } from './schema/device.ts'
import { type NetworkFile, networkSchema } from './schema/network.ts'
import { personSchema } from './schema/person.ts'
import { tenantSchema } from './schema/tenant.ts'
import type { Key } from './schema-issues.ts'
import type { Named } from './script.ts'

/** A name, where the scenario's file has it, and the single facts that it changes. */
export interface Used {
  name: string
  path: Key[]
  changes: Record<string, unknown>
}

/** @param folder of the scenario: a file that goes onto the disk is named as seen from there */
export function deviceUsed(used: Used, place: Origin, folder: string): Loaded<DeviceDefinition> {
  const { definition, places } = definitionUsed('device', used, loadDevice, deviceSchema as never, place)
  return { definition: withDiskFiles(definition, folder, within(place, ['device'], used.changes)), places }
}

export const tenantUsed = (used: Used, place: Origin): Loaded<TenantDefinition> =>
  definitionUsed('tenant', used, loadTenant, tenantSchema as never, place)

function definitionUsed<Definition extends { id: string }>(
  kind: 'device' | 'tenant',
  { name, path, changes }: Used,
  load: (name: string) => Loaded<Definition>,
  schema: v.GenericSchema<unknown, Omit<Definition, 'id'>>,
  place: Origin,
): Loaded<Definition> {
  const { definition, places } = placed(place, path, () => load(name))
  if (Object.keys(changes).length === 0) return { definition, places }
  const { id, ...facts } = definition
  const origin = within(place, [kind], changes)
  return { definition: { id, ...checked(schema, override(facts, changes, origin), origin) } as Definition, places }
}

/** The network of a scenario: its own facts, or those of a file. */
export const networkUsed = (given: Named | NetworkFile, place: Origin): Loaded<NetworkFile> =>
  factsUsed('network', given, loadNetwork, networkSchema as never, place)

/** The person of a scenario: its own answers, or those of a file. */
export const personUsed = (given: Named | Answers, place: Origin): Loaded<Answers> =>
  factsUsed('person', given, loadPerson, personSchema as never, place)

/** Others, by the names that the scenario gives them. */
export function peopleUsed(given: Record<string, Named | Answers>, place: Origin): Loaded<Record<string, Answers>> {
  const used = Object.entries(given).map(
    ([name, one]) => [name, factsUsed('people', one, loadPerson, personSchema as never, place, [name])] as const,
  )
  return {
    definition: Object.fromEntries(used.map(([name, { definition }]) => [name, definition])),
    places: allPlaces(...used.map(([name, { places }]) => ({ places: placesOf(name, places) }))),
  }
}

/** A person's file speaks of one person; here it is one of several. */
const placesOf = (name: string, places: Places): Places =>
  Object.fromEntries(
    Object.entries(places).map(([file, facts]) => [
      file,
      Object.fromEntries(
        Object.entries(facts).map(([path, line]) => [path.replace(/^person\b/, `people.${name}`), line]),
      ),
    ]),
  )

function factsUsed<Facts extends object>(
  kind: 'network' | 'person' | 'people',
  given: Named | Facts,
  load: (name: string) => Loaded<unknown>,
  schema: v.GenericSchema<unknown, Facts>,
  place: Origin,
  below: Key[] = [],
): Loaded<Facts> {
  if (!isByName(given)) return { definition: given, places: {} }
  const { name, changes, path } = usedOf(given, [kind, ...below])
  const { definition, places } = placed(place, path, () => load(name))
  const origin = within(place, [kind, ...below], changes)
  return { definition: checked(schema, override(definition, changes, origin), origin), places }
}

const isByName = (given: Named | object): given is Named => typeof given === 'string' || 'use' in given

/** @param path of the reference in the scenario's file */
export const usedOf = (reference: Named, path: Key[]): Used =>
  typeof reference === 'string'
    ? { name: reference, path, changes: {} }
    : { name: reference.use, path: [...path, 'use'], changes: reference.with ?? {} }

/** The changes that a reference makes. */
const within =
  (place: Origin, part: Key[], changes: Record<string, unknown>): Origin =>
  (path, wantsKey) => {
    const { at, frame } = place([...part, 'with', ...writtenAs(changes, path)], wantsKey)
    return { at: `${at}: ${part.join('.')}.with`, frame }
  }

/** Mistakes that name nothing but themselves. */
const UNPLACED = ['ERR_NOT_FOUND', 'ERR_UNKNOWN_STATE', 'ERR_UNKNOWN_EVENT', 'ERR_UNKNOWN_NAME']

/** An error about a name in a file says its place there. */
export function placed<Value>(place: Origin, path: readonly Key[], load: () => Value): Value {
  try {
    return load()
  } catch (error) {
    if (!(error instanceof UserError && UNPLACED.includes(error.code))) throw error
    const { at, frame } = place(path)
    throw new UserError(error.code, `${at}: ${error.message}`, [...frame, ...error.details])
  }
}

/** The places of all; what two say of one file is put together, the first has precedence. */
export function allPlaces(...of: readonly { places: Places }[]): Places {
  const all: Places = {}
  for (const { places } of of)
    for (const [file, facts] of Object.entries(places)) all[file] = { ...facts, ...all[file] }
  return all
}
