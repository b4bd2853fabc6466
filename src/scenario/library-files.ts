import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { entriesOf, scenarioFilesBelow } from './scenario-files.ts'
import { workingFolder } from './working-folder.ts'

export type Kind = 'device' | 'scenario' | 'tenant' | 'network' | 'person'

export const FOLDERS: Record<Kind, string> = {
  device: 'devices',
  scenario: 'scenarios',
  tenant: join('scenarios', 'tenants'),
  network: join('scenarios', 'networks'),
  person: join('scenarios', 'persons'),
}

/** A file of the library. */
export interface LibraryFile {
  /** What it is called: its file's name, or `folder/name` where two files of one library have that name. */
  name: string
  /** Below the folder that holds the library, as it is shown in messages: `scenarios/esp/win32-apps.yaml`. */
  file: string
  path: string
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

/** All that is there: what is shipped, and before it the working folder's. Codes `ERR_NOT_READABLE`, `ERR_WORKING_FOLDER`. */
export function libraryFiles(kind: Kind): LibraryFile[] {
  const own = filesBelow(workingFolder(), kind)
  const names = new Set(own.map(({ name }) => name))
  const root = shippedRoot()
  const shipped = root === workingFolder() ? [] : filesBelow(root, kind)
  return [...own, ...shipped.filter(({ name }) => !names.has(name))].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** A file that is in no folder of its kind's: nothing else has to be looked at. Code `ERR_WORKING_FOLDER`. */
export function flatFile(kind: Exclude<Kind, 'scenario'>, name: string): LibraryFile | undefined {
  const file = join(FOLDERS[kind], `${name}.yaml`)
  const path = [join(workingFolder(), file), join(shippedRoot(), file)].find(existsSync)
  return path === undefined ? undefined : { name, file, path }
}

/** The files of one library. Code `ERR_NOT_READABLE`. */
export function filesBelow(root: string, kind: Kind): LibraryFile[] {
  const folder = join(root, FOLDERS[kind])
  const below = kind === 'scenario' ? scenarioFilesBelow(folder) : filesIn(folder)
  const short = below.map((path) => withoutEnding(basename(path)))
  return below.map((path, index) => {
    const isOnly = short.indexOf(short[index]!) === short.lastIndexOf(short[index]!)
    const name = isOnly ? short[index]! : withoutEnding(path)
    return { name, file: join(FOLDERS[kind], path), path: join(folder, path) }
  })
}

const filesIn = (folder: string): string[] =>
  entriesOf(folder).flatMap((entry) => (entry.isDirectory() || !entry.name.endsWith('.yaml') ? [] : [entry.name]))

const withoutEnding = (path: string): string => path.replace(/\.ya?ml$/, '')
