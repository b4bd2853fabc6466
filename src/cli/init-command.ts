import { existsSync, lstatSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UserError } from '../domain/trouble.ts'
import { workingFolder } from '../scenario/working-folder.ts'
import { EXIT } from './exit-codes.ts'
import { PACKAGE_FILE, packageFile, projectFiles } from './init/project-files.ts'
import { makeFolderBelow, makeOutputFolder, writing } from './new-file.ts'
import { parseOptions } from './options.ts'
import { print } from './print.ts'

const HELP = `oobe init [DIR]    a project of your own (default: in this folder)

  oobe.config.yaml             settings: folders, defaults, reporters, limits
  scenarios/first-boot.yaml    a scenario that passes, to begin with
  test/first-boot.test.ts      the same as a test of Vitest
  .github/workflows/oobe.yml   both in CI, on GitHub Actions
  *.schema.json                for your editor: scenarios, settings and devices; "oobe schema" brings them up to date
  package.json                 where there is none

  --json                       which files were written, for programs

A file that is there already is not overwritten: then nothing is written.`

export function initCommand(args: string[]): number {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } }, 'oobe init')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (positionals.length > 1)
    throw new UserError('ERR_BAD_ARGUMENTS', `one folder at a time: ${positionals.join(', ')}`)
  const shown = positionals[0] ?? '.'
  const root = resolve(workingFolder(), shown)
  const hasPackage = existsSync(join(root, PACKAGE_FILE))
  const files = [...projectFiles(), ...(hasPackage ? [] : [packageFile()])]
  refuseExisting(
    root,
    files.map(({ file }) => file),
  )
  makeOutputFolder(root)
  for (const { file, text } of files) {
    const folders = file.split('/').slice(0, -1)
    const folder = folders.reduce(makeFolderBelow, root)
    const path = join(folder, file.split('/').at(-1)!)
    writing(path, () => writeFileSync(path, text, { flag: 'wx' }))
    if (!values.json) print(`${file} written`)
  }
  if (values.json) {
    print(JSON.stringify({ folder: shown, files: files.map(({ file }) => file) }, undefined, 2))
    return EXIT.pass
  }
  const here = shown === '.' ? '' : `cd ${shown} && `
  print(
    hasPackage
      ? `\nNext: ${here}npm install --save-dev oobe-sim vitest`
      : `\nNext: ${here}npm install, which fetches oobe-sim and vitest`,
  )
  print(`Then: ${here}npx oobe run, and npx vitest run`)
  return EXIT.pass
}

/** Links that lead nowhere count too. Code `ERR_FILE_EXISTS`. */
function refuseExisting(root: string, files: readonly string[]): void {
  const there = files.filter((file) => isThere(join(root, file)))
  if (there.length === 0) return
  throw new UserError('ERR_FILE_EXISTS', `${there.join(', ')}: already there. Nothing was written`, [
    'Move it, or name another folder: oobe init DIR. "oobe schema" brings schemas up to date',
  ])
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    // What is above it is no folder: making it says so.
    return false
  }
}
