import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UserError } from '../domain/trouble.ts'
import { namesOf } from '../scenario/library.ts'
import { type Kind, ownFolders, shippedRoot } from '../scenario/library-files.ts'
import { projectHere } from '../scenario/project.ts'
import { workingFolder } from '../scenario/working-folder.ts'
import { EXIT } from './exit-codes.ts'
import { makeOutputFolder, replaceFile, writing } from './new-file.ts'
import { parseOptions } from './options.ts'
import { print } from './print.ts'

const HELP = `oobe schema    the JSON Schemas of scenarios, schools, networks, persons, devices and settings, for your editor

  --out DIR    all of them into this folder (default: into the project in this folder, each beside its files)
  --json       which were written, for programs

Names of the project's devices, schools, networks, persons and scenarios are in that of scenarios, for completion. Schemas of an earlier
version are replaced. In a scenario this line names its schema:

# yaml-language-server: $schema=./scenario.schema.json`

const SCHEMAS = ['scenario', 'tenant', 'network', 'person'].map((name) => `${name}.schema.json`)
const SCENARIO_SCHEMA = 'scenario.schema.json'
const KINDS: readonly Kind[] = ['device', 'tenant', 'network', 'person', 'scenario']
const DEVICE_SCHEMA = 'device.schema.json'
export const CONFIG_SCHEMA = 'oobe.config.schema.json'

export function schemaCommand(args: string[]): number {
  const { values, positionals } = parseOptions(
    args,
    { out: { type: 'string' }, json: { type: 'boolean' } },
    'oobe schema',
  )
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (positionals.length > 0) {
    throw new UserError('ERR_BAD_ARGUMENTS', `oobe schema takes no argument: ${positionals.join(', ')}`, [
      `A folder: oobe schema --out ${positionals[0]}`,
    ])
  }
  const { scenario, device } = ownFolders()
  const places =
    values.out === undefined ? schemaPlaces(scenario, device) : schemaPlaces(values.out, values.out, values.out)
  if (values.out === undefined && !projectHere() && !existsSync(join(workingFolder(), scenario))) {
    throw new UserError('ERR_NO_PROJECT', `this folder has no ${scenario}/ and no oobe.config.yaml`, [
      '"oobe init" makes a project; --out DIR names a folder',
    ])
  }
  for (const { file } of places) refuseForeign(file)
  const written = places.map(({ file, text }) => {
    const isSame = existsSync(pathOf(file)) && readFileSync(pathOf(file), 'utf8') === text
    if (!isSame) writeSchema(file, text)
    return { file, written: !isSame }
  })
  if (values.json) print(JSON.stringify(written, undefined, 2))
  else for (const one of written) print(`${one.file} ${one.written ? 'written' : 'is as it was'}`)
  return EXIT.pass
}

/** Each schema, and where a project has it: paths from its first folder. */
export function schemaPlaces(scenarios: string, devices: string, first = ''): { file: string; text: string }[] {
  const root = shippedRoot()
  const shipped = (folder: string, name: string) => readFileSync(join(root, folder, name), 'utf8')
  return [
    ...SCHEMAS.map((name) => {
      const text = shipped('scenarios', name)
      return { file: join(scenarios, name), text: name === SCENARIO_SCHEMA ? withNames(text) : text }
    }),
    { file: join(devices, DEVICE_SCHEMA), text: shipped('devices', DEVICE_SCHEMA) },
    { file: join(first, CONFIG_SCHEMA), text: shipped('scenarios', CONFIG_SCHEMA) },
  ]
}

/** An editor completes the names of this project. */
function withNames(text: string): string {
  const schema = JSON.parse(text) as { $defs: Record<string, unknown> }
  for (const kind of KINDS) {
    schema.$defs[`${kind}Name`] = { anyOf: [{ enum: namesOf(kind) }, { type: 'string', minLength: 1 }] }
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}

const pathOf = (file: string): string => resolve(workingFolder(), file)

function writeSchema(file: string, text: string): void {
  const path = pathOf(file)
  makeOutputFolder(dirname(path))
  writing(path, () => replaceFile(path, text))
}

/** A file of another kind stays as it is. Code `ERR_FILE_EXISTS`. */
function refuseForeign(file: string): void {
  const path = pathOf(file)
  if (!existsSync(path)) return
  const schema = writing(path, () => readFileSync(path, 'utf8'))
  if (/^\s*\{\s*"\$schema"/.test(schema)) return
  throw new UserError('ERR_FILE_EXISTS', `${file} exists already, and is no JSON Schema`, ['Move it, or use --out DIR'])
}
