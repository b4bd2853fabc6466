import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Origin } from './override.ts'
import { readTextFile } from './read-text-file.ts'
import { type ConfigFile, configSchema } from './schema/config.ts'
import { workingFolder } from './working-folder.ts'
import { placeIn, readYaml, SIZE_MAX } from './yaml-file.ts'

/** Settings of a project, in its first folder. */
export const PROJECT_FILE = 'oobe.config.yaml'

export const RESULTS_FOLDER = 'oobe-results'

export interface Project {
  config: ConfigFile
  /** Where the settings are written. */
  place: Origin
}

const NOTHING: ConfigFile = { folders: {}, defaults: {}, limits: {} }

let known: { path: string; text: string; project: Project } | undefined

/**
 * The settings of the project in the working folder; undefined where it has no `oobe.config.yaml`. One without a key says nothing.
 * Codes as `readYaml` and `readTextFile`; `ERR_WORKING_FOLDER`.
 */
export function projectHere(): Project | undefined {
  const path = join(workingFolder(), PROJECT_FILE)
  if (!existsSync(path)) return undefined
  const text = readTextFile(path, PROJECT_FILE, SIZE_MAX)
  if (known?.path !== path || known.text !== text) known = { path, text, project: projectOf(text) }
  return known.project
}

function projectOf(text: string): Project {
  const isEmpty = text.split('\n').every((line) => /^\s*(#.*)?$/.test(line))
  return {
    config: isEmpty ? NOTHING : readYaml(PROJECT_FILE, text, configSchema),
    place: (path, needsKey) => placeIn(PROJECT_FILE, text, path, needsKey),
  }
}

/** Where runs and reports go when nothing else is said. Codes as {@link projectHere}. */
export const resultsFolder = (): string => projectHere()?.config.folders.results ?? RESULTS_FOLDER
