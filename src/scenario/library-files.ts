import { type Dirent, existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError } from '../domain/trouble.ts'
import { workingFolder } from './working-folder.ts'

export type Kind = 'device' | 'scenario' | 'tenant' | 'network' | 'person'

export const FOLDERS: Record<Kind, string> = {
  device: 'devices',
  scenario: 'scenarios',
  tenant: join('scenarios', 'tenants'),
  network: join('scenarios', 'networks'),
  person: join('scenarios', 'persons'),
}

/** Scenarios may be in folders, these are not; deeper than this is no library. */
const OTHER_KINDS = Object.values(FOLDERS).filter((folder) => folder !== FOLDERS.scenario)
const DEPTH_MAX = 4

/** A file of the library. */
export interface LibraryFile {
  /** What it is called: its file's name, or `folder/name` where two files of one library have that name. */
  name: string
  /** Below the folder that holds the library, as it is shown in messages: `scenarios/esp/win32-apps.yaml`. */
  file: string
  path: string
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

/** All that is there: what is shipped, and before it the working folder's. Codes `ERR_NOT_READABLE`, `ERR_WORKING_FOLDER`. */
export function libraryFiles(kind: Kind): LibraryFile[] {
  const own = filesBelow(workingFolder(), kind)
  const names = new Set(own.map(({ name }) => name))
  const root = shippedRoot()
  const shipped = root === workingFolder() ? [] : filesBelow(root, kind)
  return [...own, ...shipped.filter(({ name }) => !names.has(name))].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The files of one library. */
export function filesBelow(root: string, kind: Kind): LibraryFile[] {
  const files = kind === 'scenario' ? inFolders(root, FOLDERS[kind], DEPTH_MAX) : inFolder(root, FOLDERS[kind]).files
  const short = files.map((file) => basename(file, '.yaml'))
  return files.map((file, index) => {
    const isOnly = short.indexOf(short[index]!) === short.lastIndexOf(short[index]!)
    const within = relative(FOLDERS[kind], file).replaceAll('\\', '/')
    return { name: isOnly ? short[index]! : within.replace(/\.yaml$/, ''), file, path: join(root, file) }
  })
}

function inFolders(root: string, folder: string, depth: number): string[] {
  const { files, folders } = inFolder(root, folder)
  const deeper = depth > 0 ? folders.filter((one) => !OTHER_KINDS.includes(one)) : []
  return [...files, ...deeper.flatMap((one) => inFolders(root, one, depth - 1))]
}

/** Nothing where there is no such folder. */
function inFolder(root: string, folder: string): { files: string[]; folders: string[] } {
  const entries = entriesOf(join(root, folder))
  const files = entries.filter((entry) => !entry.isDirectory() && entry.name.endsWith('.yaml'))
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  return { files: files.map(({ name }) => join(folder, name)), folders: folders.map(({ name }) => join(folder, name)) }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw new UserError('ERR_NOT_READABLE', `${folder} cannot be read: ${message}`)
  }
}
