import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError } from '../domain/trouble.ts'
import { projectHere } from './project.ts'
import { entriesOf, isFolder, scenarioFilesBelow } from './scenario-files.ts'
import { workingFolder } from './working-folder.ts'

export type Kind = 'device' | 'scenario' | 'tenant' | 'network' | 'person'

const FOLDERS: Record<Kind, string> = {
  device: 'devices',
  scenario: 'scenarios',
  tenant: join('scenarios', 'tenants'),
  network: join('scenarios', 'networks'),
  person: join('scenarios', 'persons'),
}

/**
 * Where the project in the working folder keeps its files. Codes as `projectHere`; `ERR_NOT_FOUND` for a folder that it names and that is
 * missing.
 */
export function ownFolders(): Record<Kind, string> {
  const project = projectHere()
  if (!project) return FOLDERS
  const { folders } = project.config
  for (const [name, path] of Object.entries(folders)) {
    if (name === 'results' || path === undefined || isFolder(join(workingFolder(), path))) continue
    const { at, frame } = project.place(['folders', name])
    throw new UserError('ERR_NOT_FOUND', `${at}: folders.${name}: there is no folder ${path}`, [...frame])
  }
  const { scenarios = FOLDERS.scenario, devices = FOLDERS.device } = folders
  return {
    device: devices,
    scenario: scenarios,
    tenant: folders.tenants ?? join(scenarios, 'tenants'),
    network: folders.networks ?? join(scenarios, 'networks'),
    person: folders.persons ?? join(scenarios, 'persons'),
  }
}

/** A file of the library. */
export interface LibraryFile {
  /** What it is called: its file's name, or `folder/name` where two files of one library have that name. */
  name: string
  /** Its path below the folder of its kind, without the ending. */
  below: string
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

/** @param path with its links resolved */
export const isShipped = (path: string): boolean =>
  path.startsWith(join(realpathSync.native(shippedRoot()), 'scenarios'))

let listed: Map<Kind, LibraryFile[]> | undefined

/** Does a piece of work for which the folders are read once, however many files it finds by name. */
export function withOneListing<Result>(work: () => Result): Result {
  if (listed) return work()
  listed = new Map()
  try {
    return work()
  } finally {
    listed = undefined
  }
}

/** All that is there: what is shipped, and before it the working folder's. Codes `ERR_NOT_READABLE`; as {@link ownFolders}. */
export function libraryFiles(kind: Kind): readonly LibraryFile[] {
  const files = listed?.get(kind) ?? allFiles(kind)
  listed?.set(kind, files)
  return files
}

function allFiles(kind: Kind): LibraryFile[] {
  const own = filesBelow(workingFolder(), kind, ownFolders())
  const names = new Set(own.map(({ name }) => name))
  const root = shippedRoot()
  const shipped = root === workingFolder() ? [] : filesBelow(root, kind)
  return [...own, ...shipped.filter(({ name }) => !names.has(name))].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** A file outside the folders of its kind: no other file has to be read. Codes as {@link ownFolders}. */
export function flatFile(kind: Exclude<Kind, 'scenario'>, name: string): LibraryFile | undefined {
  const places: [root: string, folder: string][] = [
    [workingFolder(), ownFolders()[kind]],
    [shippedRoot(), FOLDERS[kind]],
  ]
  for (const [root, folder] of places) {
    const file = join(folder, `${name}.yaml`)
    if (existsSync(join(root, file))) return { name, below: name, file, path: join(root, file) }
  }
  return undefined
}

/** The files of one library. Code `ERR_NOT_READABLE`. */
export function filesBelow(root: string, kind: Kind, folders: Readonly<Record<Kind, string>> = FOLDERS): LibraryFile[] {
  const folder = join(root, folders[kind])
  const below = kind === 'scenario' ? scenarioFilesBelow(folder) : filesIn(folder)
  const short = below.map((path) => withoutEnding(basename(path)))
  const seen = new Map<string, number>()
  for (const name of short) seen.set(name, (seen.get(name) ?? 0) + 1)
  return below.map((path, index) => {
    const name = seen.get(short[index]!) === 1 ? short[index]! : withoutEnding(path)
    return { name, below: withoutEnding(path), file: join(folders[kind], path), path: join(folder, path) }
  })
}

const filesIn = (folder: string): string[] =>
  entriesOf(folder).flatMap((entry) => (entry.isDirectory() || !entry.name.endsWith('.yaml') ? [] : [entry.name]))

const withoutEnding = (path: string): string => path.replace(/\.ya?ml$/, '')
