import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type * as v from 'valibot'
import type { DeviceDefinition } from '../domain/device.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { UserError } from '../domain/trouble.ts'
import type { Places } from '../run/run-spec.ts'
import { compiledFile } from './compiled-library.ts'
import { nearest } from './nearest.ts'
import { LINES_DEPTH, placesIn } from './places.ts'
import { readTextFile } from './read-text-file.ts'
import { deviceSchema } from './schema/device.ts'
import { type ScenarioFile, scenarioSchema } from './schema/scenario.ts'
import { tenantSchema } from './schema/tenant.ts'
import { workingFolder } from './working-folder.ts'
import { readWithLines, SIZE_MAX, type WithLines } from './yaml-file.ts'

export type Kind = 'device' | 'scenario' | 'tenant'

const FOLDERS: Record<Kind, string> = { device: 'devices', scenario: 'scenarios', tenant: join('scenarios', 'tenants') }

/** A file of the library: by name from the working folder or from what is shipped, or by path. */
export interface Found {
  id: string
  /** As it is shown in messages. */
  file: string
  /** Absolute, links resolved: two spellings of one file have the same. */
  path: string
  text: string
}

/** The folder that holds what is shipped: the nearest one above this module with devices and scenarios. */
export function shippedRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'devices')) || !existsSync(join(folder, 'scenarios'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('the shipped devices and scenarios are missing')
    folder = parent
  }
  return folder
}

/** Names of what is there, the working folder's included. Codes `ERR_NOT_READABLE`, `ERR_WORKING_FOLDER`. */
export function namesOf(kind: Kind): string[] {
  const names = [workingFolder(), shippedRoot()].flatMap((root) => filesIn(join(root, FOLDERS[kind])))
  const ids = names.filter((name) => name.endsWith('.yaml')).map((name) => basename(name, '.yaml'))
  return [...new Set(ids)].sort()
}

/** Nothing where there is no such folder. */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw new UserError('ERR_NOT_READABLE', `${folder} cannot be read: ${message}`)
  }
}

/** Finds a file by name or path. Codes `ERR_NOT_FOUND`, `ERR_NOT_READABLE`, `ERR_YAML_TOO_LARGE`, `ERR_FILE_ENCODING`, `ERR_WORKING_FOLDER`. */
export function find(kind: Kind, name: string): Found {
  const isPath = name.includes('/') || name.includes('\\') || /\.ya?ml$/.test(name)
  const candidates = isPath
    ? [isAbsolute(name) ? name : resolve(workingFolder(), name)]
    : [join(workingFolder(), FOLDERS[kind], `${name}.yaml`), join(shippedRoot(), FOLDERS[kind], `${name}.yaml`)]
  const path = candidates.find(existsSync)
  if (path === undefined) {
    const near = nearest(basename(name).replace(/\.ya?ml$/, ''), namesOf(kind))
    const hint = near ? `Did you mean "${near}"?` : `There are: ${namesOf(kind).join(', ')}`
    if (isPath && !near) throw new UserError('ERR_NOT_FOUND', `there is no ${kind} at ${name}`)
    throw new UserError('ERR_NOT_FOUND', `there is no ${kind} "${name}"`, [hint])
  }
  const file = isPath ? name : join(FOLDERS[kind], `${name}.yaml`)
  const text = readTextFile(path, file, SIZE_MAX, name)
  return { id: basename(path).replace(/\.ya?ml$/, ''), file, path: realPathOf(path), text }
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
  file: string,
  text: string,
  schema: Schema,
  depth: number,
): WithLines<v.InferOutput<Schema>> =>
  (compiledFile(text) as WithLines<v.InferOutput<Schema>> | undefined) ?? readWithLines(file, text, schema, depth)

/** A definition, and where its facts are written. */
export interface Loaded<Definition> {
  definition: Definition
  places: Places
}

export function loadDevice(name: string): Loaded<DeviceDefinition> {
  const { id, file, text } = find('device', name)
  const { value, lines } = read(file, text, deviceSchema, LINES_DEPTH.device)
  return { definition: { id, ...(value as Omit<DeviceDefinition, 'id'>) }, places: placesIn(file, lines, 'device') }
}

/** @param schema a school that is only looked at may say what the service refuses: `keptTenantSchema` */
export function loadTenant(name: string, schema: typeof tenantSchema = tenantSchema): Loaded<TenantDefinition> {
  const { id, file, text } = find('tenant', name)
  const { value, lines } = read(file, text, schema, LINES_DEPTH.tenant)
  return { definition: { id, ...value }, places: placesIn(file, lines, 'tenant') }
}

export const loadDeviceFile = (name: string): DeviceDefinition => loadDevice(name).definition

export const loadTenantFile = (name: string): TenantDefinition => loadTenant(name).definition

export function loadScenarioFile(name: string): Found & { scenario: ScenarioFile; lines: Record<string, number> } {
  const found = find('scenario', name)
  const { value, lines } = read(found.file, found.text, scenarioSchema, LINES_DEPTH.scenario)
  return { ...found, scenario: value, lines }
}
