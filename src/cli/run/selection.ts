import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fixedPart, globPattern, isGlob } from '../../domain/glob.ts'
import { UserError } from '../../domain/trouble.ts'
import { find, namesOf } from '../../scenario/library.ts'
import { ownFolders, shippedRoot, withOneListing } from '../../scenario/library-files.ts'
import { nearest } from '../../scenario/nearest.ts'
import { loadScenarios, type Scenario } from '../../scenario/scenario.ts'
import { isFolder, isProject, scenarioFilesBelow } from '../../scenario/scenario-files.ts'
import { workingFolder } from '../../scenario/working-folder.ts'

export interface Selection {
  scenarios: Scenario[]
  /** What was taken where nothing was named, for a person to know. */
  note?: string
}

/** Where scenarios are looked for, besides the working folder. */
interface Library {
  /** The folder of the scenarios. */
  folder: string
  /** Paths below it, with forward slashes. */
  files: string[]
}

/**
 * The scenarios that arguments name, each once: names, files, folders with all that is below them, and patterns. Without an
 * argument those of the project in the working folder, and the shipped ones where it holds no project.
 *
 * @param isShipped the shipped ones alone, whatever is in the working folder
 * @throws UserError `ERR_NO_SCENARIO` for a folder without a scenario and a pattern without a match; codes as `loadScenarios`
 */
export const selectScenarios = (operands: readonly string[], isShipped: boolean): Selection =>
  withOneListing(() => selected(operands, isShipped))

function selected(operands: readonly string[], isShipped: boolean): Selection {
  const here = workingFolder()
  const hasOwn = isProject(here)
  let listed: Library | undefined
  const library = (): Library => {
    listed ??= libraryIn(isShipped || !hasOwn ? join(shippedRoot(), 'scenarios') : join(here, ownFolders().scenario))
    return listed
  }
  if (operands.length === 0) {
    const { folder, files } = library()
    if (files.length === 0) {
      throw new UserError(
        'ERR_NO_SCENARIO',
        `this project has no scenario: ${ownFolders().scenario}/ is empty or missing`,
        ['"oobe run --shipped" plays those that come with oobe-sim'],
      )
    }
    const note = 'this folder has no scenarios/ and no oobe.config.yaml: the shipped scenarios are played'
    return {
      scenarios: files.flatMap((file) => loadScenarios(nameOf(folder, file))),
      ...(hasOwn || isShipped ? {} : { note }),
    }
  }
  const names = operands.flatMap((operand) => expand(operand, library, isShipped))
  return { scenarios: [...new Set(names)].flatMap(loadScenarios) }
}

const libraryIn = (folder: string): Library => ({ folder, files: scenarioFilesBelow(folder) })

/** What `loadScenarios` takes for each file that an argument is for. */
function expand(operand: string, library: () => Library, isShipped: boolean): string[] {
  const path = process.platform === 'win32' ? operand.replaceAll('\\', '/') : operand
  const here = workingFolder()
  const isName = !/[/\\]|\.ya?ml$/.test(operand)
  if (isShipped) {
    const { folder, files } = library()
    const own = files.filter((file) => file === path || withoutEnding(file) === path || idOf(file) === path)
    if (own.length > 0) return own.map((file) => nameOf(folder, file))
  } else if (isName && namesOf('scenario').includes(operand)) return [operand]
  if (!isShipped && isFolder(resolve(here, path))) return inFolder(resolve(here, path), operand, path)
  if (!isShipped && existsSync(resolve(here, path))) return [operand]
  if (!isGlob(path)) {
    const { folder } = library()
    const below = path.replace(/\/+$/, '')
    if (isFolder(join(folder, below))) return inFolder(join(folder, below), operand)
    if (isShipped) refuseUnshipped(operand, library())
    return [operand]
  }
  const found = [...(isShipped ? [] : matchesHere(path)), ...matchesIn(library(), path)]
  if (found.length > 0) return found
  throw new UserError('ERR_NO_SCENARIO', `no scenario matches "${operand}"`, [
    '"oobe run --list" lists those that are there',
  ])
}

function inFolder(folder: string, operand: string, shown?: string): string[] {
  const files = scenarioFilesBelow(folder)
  if (files.length === 0) throw new UserError('ERR_NO_SCENARIO', `there is no scenario in the folder ${operand}`)
  return files.map((file) => (shown === undefined ? nameOf(folder, file) : pathBelow(shown, file)))
}

const pathBelow = (folder: string, file: string): string => {
  const base = folder.replace(/\/+$/, '')
  return base === '.' ? `./${file}` : `${base}/${file}`
}

/** Below the working folder, or wherever the pattern begins. */
function matchesHere(glob: string): string[] {
  const base = fixedPart(glob)
  const root = glob.startsWith('/') ? '/' : ''
  const pattern = globPattern(glob.replace(/^\.\//, ''))
  const start = base.replace(/^\.(\/|$)/, '')
  return scenarioFilesBelow(resolve(workingFolder(), base === '' ? root || '.' : base))
    .map((file) => (start === '' ? root + file : `${start}/${file}`))
    .filter((path) => pattern.test(path))
    .map((path) => (/[/\\]/.test(path) ? path : `./${path}`))
}

/** By name, or by path below `scenarios/`. */
function matchesIn({ folder, files }: Library, glob: string): string[] {
  const pattern = globPattern(glob)
  const matches = (file: string) =>
    pattern.test(file) || pattern.test(withoutEnding(file)) || (!glob.includes('/') && pattern.test(idOf(file)))
  return files.filter(matches).map((file) => nameOf(folder, file))
}

const withoutEnding = (file: string): string => file.replace(/\.ya?ml$/, '')
const idOf = (file: string): string => withoutEnding(file).split('/').at(-1)!

/** The name of a file of a library, by which its journal is the same wherever the library lies; else its path. */
function nameOf(folder: string, file: string): string {
  const path = join(folder, file)
  const id = idOf(file)
  try {
    return find('scenario', id).path === find('scenario', path).path ? id : path
  } catch (error) {
    if (error instanceof UserError) return path
    throw error
  }
}

function refuseUnshipped(operand: string, { files }: Library): never {
  const near = nearest(operand.replace(/\.ya?ml$/, ''), files.map(idOf))
  throw new UserError('ERR_NOT_FOUND', `there is no shipped scenario "${operand}"`, [
    near ? `Did you mean "${near}"?` : '"oobe run --shipped --list" lists them',
  ])
}

/** Cases whose name, title or file an expression is for, upper and lower case alike. Codes `ERR_BAD_ARGUMENTS`, `ERR_NO_SCENARIO`. */
export function grepped<Case extends { name: string; title: string; file: string }>(
  cases: readonly Case[],
  expression: string,
): Case[] {
  const found = cases.filter(({ name, title, file }) => [name, title, file].some((text) => searched(expression)(text)))
  if (found.length > 0) return found
  throw new UserError('ERR_NO_SCENARIO', `no scenario has a name, title or file with "${expression}"`, [
    '"oobe run --list" lists those that are there',
  ])
}

function searched(expression: string): (text: string) => boolean {
  try {
    const pattern = new RegExp(expression, 'iu')
    return (text) => pattern.test(text)
  } catch (error) {
    throw new UserError('ERR_BAD_ARGUMENTS', `--grep: ${(error as Error).message}`, [
      'A sign such as ( or [ for itself has a backslash before it',
    ])
  }
}
