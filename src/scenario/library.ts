import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type * as v from 'valibot'
import type { DeviceDefinition } from '../domain/device.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { UserError } from '../domain/trouble.ts'
import { compiledFile } from './compiled-library.ts'
import { nearest } from './nearest.ts'
import { deviceSchema } from './schema/device.ts'
import { type ScenarioFile, scenarioSchema } from './schema/scenario.ts'
import { tenantSchema } from './schema/tenant.ts'
import { readYaml } from './yaml-file.ts'

export type Kind = 'device' | 'scenario' | 'tenant'

const FOLDERS: Record<Kind, string> = { device: 'devices', scenario: 'scenarios', tenant: join('scenarios', 'tenants') }

/** A file of the library: by name from the working folder or from what is shipped, or by path. */
export interface Found {
  id: string
  /** As it is shown in messages. */
  file: string
  text: string
}

/** The folder that holds what is shipped: the nearest one above this module with devices and scenarios. */
function shippedRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'devices')) || !existsSync(join(folder, 'scenarios'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('the shipped devices and scenarios are missing')
    folder = parent
  }
  return folder
}

/** Names of what is there, the working folder's included. */
export function namesOf(kind: Kind): string[] {
  const folders = [join(process.cwd(), FOLDERS[kind]), join(shippedRoot(), FOLDERS[kind])]
  const names = folders.filter(existsSync).flatMap((folder) => readdirSync(folder))
  const ids = names.filter((name) => name.endsWith('.yaml')).map((name) => basename(name, '.yaml'))
  return [...new Set(ids)].sort()
}

/** Finds a file by name or path. Code `ERR_NOT_FOUND`. */
export function find(kind: Kind, name: string): Found {
  const isPath = name.includes('/') || name.includes('\\') || /\.ya?ml$/.test(name)
  const candidates = isPath
    ? [resolve(name)]
    : [join(process.cwd(), FOLDERS[kind], `${name}.yaml`), join(shippedRoot(), FOLDERS[kind], `${name}.yaml`)]
  const path = candidates.find(existsSync)
  if (path === undefined) {
    const near = nearest(basename(name).replace(/\.ya?ml$/, ''), namesOf(kind))
    const hint = near ? `Did you mean "${near}"?` : `There are: ${namesOf(kind).join(', ')}`
    throw new UserError('ERR_NOT_FOUND', `there is no ${kind} "${name}"`, [hint])
  }
  try {
    const file = isPath ? name : join(FOLDERS[kind], `${name}.yaml`)
    return { id: basename(path).replace(/\.ya?ml$/, ''), file, text: readFileSync(path, 'utf8') }
  } catch (error) {
    throw new UserError('ERR_NOT_READABLE', `${name} cannot be read: ${(error as Error).message}`)
  }
}

/** From the compiled library when the text is a shipped one, else by the reader. */
const read = <Schema extends v.GenericSchema<unknown, unknown>>(
  file: string,
  text: string,
  schema: Schema,
): v.InferOutput<Schema> => (compiledFile(text) as v.InferOutput<Schema> | undefined) ?? readYaml(file, text, schema)

export function loadDeviceFile(name: string): DeviceDefinition {
  const { id, file, text } = find('device', name)
  return { id, ...(read(file, text, deviceSchema) as Omit<DeviceDefinition, 'id'>) }
}

export function loadTenantFile(name: string): TenantDefinition {
  const { id, file, text } = find('tenant', name)
  return { id, ...read(file, text, tenantSchema) }
}

export function loadScenarioFile(name: string): Found & { scenario: ScenarioFile } {
  const found = find('scenario', name)
  return { ...found, scenario: read(found.file, found.text, scenarioSchema) }
}
