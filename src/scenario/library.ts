import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, resolve } from 'node:path'
import * as v from 'valibot'
import type { DeviceDefinition } from '../domain/device.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { UserError } from '../domain/trouble.ts'
import type { Places } from '../run/run-spec.ts'
import { compiledFile } from './compiled-library.ts'
import { withDiskFiles } from './disk-files.ts'
import { flatFile, type Kind, type LibraryFile, libraryFiles } from './library-files.ts'
import { nearest } from './nearest.ts'
import { unwritten } from './override.ts'
import { LINES_DEPTH, placesIn } from './places.ts'
import { readTextFile } from './read-text-file.ts'
import { deviceSchema } from './schema/device.ts'
import { networkSchema } from './schema/network.ts'
import { personSchema } from './schema/person.ts'
import { type ScenarioFile, scenarioSchema } from './schema/scenario.ts'
import { tenantSchema } from './schema/tenant.ts'
import { written } from './schema/written.ts'
import { workingFolder } from './working-folder.ts'
import { readWithLines, SIZE_MAX, type WithLines } from './yaml-file.ts'

/** A file of the library: by name from the working folder or from what is shipped, or by path. */
export interface Found {
  id: string
  /** As it is shown in messages. */
  file: string
  /** Absolute, links resolved: two spellings of one file have the same. */
  path: string
  text: string
}

/** Names of what is there, the working folder's included. Codes `ERR_NOT_READABLE`, `ERR_WORKING_FOLDER`. */
export const namesOf = (kind: Kind): string[] => libraryFiles(kind).map(({ name }) => name)

/** Finds a file by name or path. Codes `ERR_NOT_FOUND`, `ERR_NOT_READABLE`, `ERR_YAML_TOO_LARGE`, `ERR_FILE_ENCODING`, `ERR_WORKING_FOLDER`. */
export function find(kind: Kind, name: string): Found {
  const { path, file } = atPath(name) ?? byName(kind, name) ?? { path: undefined, file: name }
  if (path === undefined) {
    const near = nearest(basename(name).replace(/\.ya?ml$/, ''), namesOf(kind))
    const hint = near ? `Did you mean "${near}"?` : thereAre(kind)
    if (isPath(name) && !near) throw new UserError('ERR_NOT_FOUND', `there is no ${kind} at ${name}`)
    throw new UserError('ERR_NOT_FOUND', `there is no ${kind} "${name}"`, [hint])
  }
  const text = readTextFile(path, file, SIZE_MAX, name)
  return { id: basename(path).replace(/\.ya?ml$/, ''), file, path: realPathOf(path), text }
}

/** More names than these are no help on a screen. */
const NAMES_SHOWN = 40

const LISTED_BY: Partial<Record<Kind, string>> = { device: 'oobe device list', scenario: 'oobe run --list' }

function thereAre(kind: Kind): string {
  const names = namesOf(kind)
  const listed = LISTED_BY[kind]
  if (names.length <= NAMES_SHOWN || listed === undefined) return `There are: ${names.join(', ')}`
  return `There are ${names.length}: "${listed}" lists them`
}

const isPath = (name: string): boolean => name.includes('/') || name.includes('\\') || /\.ya?ml$/.test(name)

function atPath(name: string): { path: string; file: string } | undefined {
  if (!isPath(name)) return undefined
  const path = isAbsolute(name) ? name : resolve(workingFolder(), name)
  return existsSync(path) ? { path, file: name } : undefined
}

/** By its name alone, or with its folder. */
const byName = (kind: Kind, name: string): LibraryFile | undefined => {
  if (kind !== 'scenario') return flatFile(kind, name)
  const files = libraryFiles(kind)
  return files.find((one) => one.name === name) ?? files.find(({ below }) => below.replaceAll('\\', '/') === name)
}

/** A pipe of the shell has none. */
function realPathOf(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}

/** From the compiled library when the text is a shipped one, else by the reader. */
const read = <Schema extends v.GenericSchema<unknown, unknown>>(
  kind: Kind,
  { file, text }: Found,
  schema: Schema,
): WithLines<v.InferOutput<Schema>> =>
  (compiledFile(kind, text) as WithLines<v.InferOutput<Schema>> | undefined) ??
  readWithLines(file, text, schema, LINES_DEPTH[kind])

/** A definition, and where its facts are written. */
export interface Loaded<Definition> {
  definition: Definition
  places: Places
}

export function loadDevice(name: string): Loaded<DeviceDefinition> {
  const { definition, places, folder } = loadDefinition<DeviceDefinition>('device', name, deviceSchema as never)
  return { definition: withDiskFiles(definition, folder, unwritten(name)), places }
}

/** @param schema a school that is only looked at may say what the service refuses: `keptTenantSchema` */
export const loadTenant = (name: string, schema: typeof tenantSchema = tenantSchema): Loaded<TenantDefinition> =>
  loadDefinition('tenant', name, schema as never)

function loadDefinition<Definition extends { id: string }>(
  kind: 'device' | 'tenant',
  name: string,
  schema: v.GenericSchema<unknown, Omit<Definition, 'id'>>,
): Loaded<Definition> & { folder: string } {
  const found = find(kind, name)
  const { value, lines } = read(kind, found, schema)
  const definition = { id: found.id, ...value } as Definition
  return { definition, places: placesIn(found.file, lines, kind), folder: dirname(found.path) }
}

/** As it is written: single facts of it may be changed before it is read. */
export const loadNetwork = (name: string): Loaded<unknown> => loadWritten('network', name, networkSchema as never)

/** The same of a person's answers. */
export const loadPerson = (name: string): Loaded<unknown> => loadWritten('person', name, personSchema as never)

function loadWritten(
  kind: 'network' | 'person',
  name: string,
  schema: v.GenericSchema<unknown, unknown>,
): Loaded<unknown> {
  const found = find(kind, name)
  const { value, lines } = read(kind, found, written(schema))
  return { definition: value, places: placesIn(found.file, lines, kind) }
}

export const loadDeviceFile = (name: string): DeviceDefinition => loadDevice(name).definition

export const loadTenantFile = (name: string): TenantDefinition => loadTenant(name).definition

/** How deep lines are told of a file whose facts are put together: a device of several is two deeper than one. */
const writtenDepth = (path: string): number => LINES_DEPTH.scenario(path) + 2

/** A scenario as it is written, checked by no schema. Codes as `readYaml`. */
export function readWritten({ file, text }: Pick<Found, 'file' | 'text'>): WithLines<Record<string, unknown>> {
  return readWithLines(file, text, v.looseObject({}), writtenDepth)
}

export function loadScenarioFile(name: string): Found & { scenario: ScenarioFile; lines: Record<string, number> } {
  const found = find('scenario', name)
  const { value, lines } = read('scenario', found, scenarioSchema)
  return { ...found, scenario: value, lines }
}
