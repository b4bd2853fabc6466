import { type Dirent, existsSync, readdirSync, type Stats, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { UserError } from '../domain/trouble.ts'
import { PROJECT_FILE, projectHere } from './project.ts'
import { workingFolder } from './working-folder.ts'

/** What lies beside scenarios, and is used by them. */
const OTHERS = new Set(['tenants', 'persons', 'networks', 'schools', 'devices', 'node_modules', 'oobe-results'])

const isScenarioFile = (name: string): boolean =>
  /\.ya?ml$/.test(name) && !name.startsWith('.') && name !== PROJECT_FILE

/**
 * Scenario files in a folder and in all that are below it, by paths with forward slashes from there, sorted by name. Left out are
 * hidden files and folders, `oobe.config.yaml`, and the folders of what scenarios use: `tenants/`, `persons/`, `networks/`,
 * `schools/`, `devices/`, and those that the project names for them; `node_modules/` and `oobe-results/` too. None where there is no such
 * folder. Code `ERR_NOT_READABLE`.
 */
export function scenarioFilesBelow(folder: string): string[] {
  const found: string[] = []
  const others = othersBelow(folder)
  const walk = (below: string) => {
    for (const entry of entriesOf(join(folder, below))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory()) {
        if (!OTHERS.has(entry.name) && !others.has(path) && !entry.name.startsWith('.')) walk(path)
      } else if (isScenarioFile(entry.name) && (entry.isFile() || isFile(join(folder, path)))) found.push(path)
    }
  }
  walk('')
  const nameOf = (path: string) => path.replace(/\.ya?ml$/, '')
  return found.sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
}

/** Folders of the project in the working folder that hold no scenarios, by their paths from here. */
function othersBelow(folder: string): ReadonlySet<string> {
  const { scenarios: _, ...others } = projectHere()?.config.folders ?? {}
  const here = workingFolder()
  return new Set(
    Object.values(others).flatMap((path) =>
      path === undefined ? [] : [relative(folder, resolve(here, path)).replaceAll('\\', '/')],
    ),
  )
}

/** Nothing where there is no such folder. Code `ERR_NOT_READABLE`. */
export function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw new UserError('ERR_NOT_READABLE', `${folder} cannot be read: ${message}`)
  }
}

/** Links to files count, links to folders are not followed: they may lead back. */
const isFile = (path: string): boolean => statsOf(path)?.isFile() === true

/** False also for a path that cannot be looked at: who opens it tells why. */
export const isFolder = (path: string): boolean => statsOf(path)?.isDirectory() === true

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

/** A working folder with its scenarios, or with the settings of a project. */
export const isProject = (folder: string): boolean =>
  isFolder(join(folder, 'scenarios')) || existsSync(join(folder, PROJECT_FILE))
