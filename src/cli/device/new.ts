import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { DeviceDefinition } from '../../domain/device.ts'
import { UserError } from '../../domain/trouble.ts'
import { EDITION_NAMES } from '../../domain/windows-versions.ts'
import { freshSeed, seededChance } from '../../ports/seeded-chance.ts'
import { deviceFileText } from '../../scenario/device-file.ts'
import { loadDeviceFile, namesOf } from '../../scenario/library.ts'
import { checked } from '../../scenario/override.ts'
import { deviceSchema } from '../../scenario/schema/device.ts'
import { workingFolder } from '../../scenario/working-folder.ts'
import { readYaml } from '../../scenario/yaml-file.ts'
import { EXIT } from '../exit-codes.ts'
import { removeFile } from '../new-file.ts'
import { parseOptions, parseSeed, refuseWithout } from '../options.ts'
import { print } from '../print.ts'
import { type Ask, askChoices, askUntilGood, oneOf } from './ask-choices.ts'
import { type Choices, ETHERNET_CHOICES, newDevice, TPM_CHOICES } from './new-device.ts'
import { editTenant, nextSteps } from './register-in-tenant.ts'
import { refuseExisting, writeWhole } from './write-new-file.ts'

const DEFAULT_LIKE = 'surface-laptop-se'

const HELP = `oobe device new [ID|FILE]   writes the file of a device like another one, with a new identity

  ID                       devices/ID.yaml of the working folder
  FILE, --out FILE         a path that ends in .yaml
  --like DEVICE            the device that it is like (default: ${DEFAULT_LIKE})
  --title TEXT
  --serial TEXT            SMBIOS serial number (default: a synthetic one)
  --manufacturer TEXT      SMBIOS manufacturer
  --product TEXT           SMBIOS product name
  --edition E              ${EDITION_NAMES.join(', ')}
  --tpm T                  ${TPM_CHOICES.join(', ')}
  --ethernet E             ${ETHERNET_CHOICES.join(', ')}
  --seed N                 the same seed, id and options write the same file (default: a fresh one)
  --force                  replace a file that is there
  --register TENANT        put it among the registered devices of that school's file, which is otherwise left as it is
  --group-tag TAG          with --register: its group tag
  --json                   which file was written, its identity and registration, for programs; it asks nothing

At a terminal, and without --like or another fact, it asks.`

const OPTIONS = {
  out: { type: 'string' },
  like: { type: 'string' },
  title: { type: 'string' },
  serial: { type: 'string' },
  manufacturer: { type: 'string' },
  product: { type: 'string' },
  edition: { type: 'string' },
  tpm: { type: 'string' },
  ethernet: { type: 'string' },
  seed: { type: 'string' },
  force: { type: 'boolean' },
  register: { type: 'string' },
  'group-tag': { type: 'string' },
  json: { type: 'boolean' },
} as const

/** Which option a fact came from, for what the schema says of it. */
const OPTION_OF: Record<string, string> = {
  title: '--title',
  'smbios.serialNumber': '--serial',
  'smbios.manufacturer': '--manufacturer',
  'smbios.productName': '--product',
}

interface Target {
  id: string
  path: string
  /** As the user named it. */
  shown: string
}

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, 'oobe device new')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const seed = values.seed === undefined ? freshSeed() : parseSeed(values.seed)
  refuseWithout(values, 'group-tag', 'register')
  const registration = registrationOf(values.register, values['group-tag'])
  const target = givenTarget(positionals, values.out)
  if (target) refuseExisting(target.path, target.shown, values.force ?? false)
  const facts = ['like', 'title', 'serial', 'manufacturer', 'product', 'edition', 'tpm', 'ethernet'] as const
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY
  if (isTerminal && !values.json && facts.every((name) => values[name] === undefined)) {
    const answers = await askAll(target, values.force ?? false, seed)
    if (answers) return write(answers.target, answers.like, answers.choices, seed, registration)
    print('\nNothing was written.')
    return EXIT.interrupted
  }
  if (!target) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'what is it to be called?', [
      'oobe device new my-laptop   writes devices/my-laptop.yaml',
    ])
  }
  const choices: Choices = {
    ...(values.title === undefined ? {} : { title: values.title }),
    ...(values.serial === undefined ? {} : { serialNumber: values.serial }),
    ...(values.manufacturer === undefined ? {} : { manufacturer: values.manufacturer }),
    ...(values.product === undefined ? {} : { productName: values.product }),
    ...(values.edition === undefined ? {} : { edition: oneOf('edition', values.edition, EDITION_NAMES) }),
    ...(values.tpm === undefined ? {} : { tpm: oneOf('TPM', values.tpm, TPM_CHOICES) }),
    ...(values.ethernet === undefined ? {} : { ethernet: oneOf('Ethernet', values.ethernet, ETHERNET_CHOICES) }),
  }
  return write(target, loadDeviceFile(values.like ?? DEFAULT_LIKE), choices, seed, registration, values.json)
}

/** In which school the new device is registered, and how. */
interface Registration {
  tenant: string
  groupTag?: string
}

const registrationOf = (tenant: string | undefined, groupTag: string | undefined): Registration | undefined =>
  tenant === undefined ? undefined : { tenant, ...(groupTag === undefined ? {} : { groupTag }) }

function givenTarget(positionals: readonly string[], out: string | undefined): Target | undefined {
  const names = [...positionals, ...(out === undefined ? [] : [out])]
  if (names.length > 1) throw new UserError('ERR_BAD_ARGUMENTS', `one file at a time: ${names.join(', ')}`)
  const [name] = names
  return name === undefined ? undefined : targetOf(name, out !== undefined)
}

/** Code `ERR_BAD_ARGUMENTS` for what is neither an id nor the path of a YAML file. */
function targetOf(name: string, isFile = false): Target {
  if (isFile || /[/\\.]/.test(name)) {
    const id = /^(.+)\.ya?ml$/.exec(basename(name))?.[1]
    if (id === undefined) {
      throw new UserError('ERR_BAD_ARGUMENTS', `the file of a device ends in .yaml: ${name}`)
    }
    return { id, path: resolve(workingFolder(), name), shown: name }
  }
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw new UserError('ERR_BAD_ARGUMENTS', `"${name}" is no id of a device`, [
      'lower-case letters, digits and hyphens, for example my-laptop',
    ])
  }
  const shown = join('devices', `${name}.yaml`)
  if (namesOf('device').includes(name) && !existsSync(join(workingFolder(), shown))) {
    throw new UserError('ERR_FILE_EXISTS', `"${name}" is a device that is shipped`, ['choose another id'])
  }
  return { id: name, path: join(workingFolder(), shown), shown }
}

async function askAll(given: Target | undefined, force: boolean, seed: number) {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const left = new Promise<undefined>((done) => {
    terminal.once('close', () => done(undefined))
    terminal.on('SIGINT', () => terminal.close())
  })
  const ask: Ask = (question) => Promise.race([terminal.question(question).catch(() => undefined), left])
  try {
    print('An empty answer leaves it as it is in the other device.')
    const target =
      given ??
      (await askUntilGood(ask, print, 'Id of the new device, for example my-laptop: ', (answer) => {
        const wanted = targetOf(answer)
        refuseExisting(wanted.path, wanted.shown, force)
        return wanted
      }))
    const like =
      target &&
      (await askUntilGood(ask, print, `Like which device (${DEFAULT_LIKE}): `, (answer) =>
        loadDeviceFile(answer || DEFAULT_LIKE),
      ))
    if (!target || !like) return undefined
    const choices = await askChoices(ask, print, (soFar) => void make(target, like, soFar, seed))
    return choices && { target, like, choices }
  } finally {
    terminal.close()
  }
}

/** The device, as good as a file's has to be. Code `ERR_FILE_INVALID`. */
function make(target: Target, like: DeviceDefinition, choices: Choices, seed: number): DeviceDefinition {
  const device = newDevice(target.id, like, choices, seededChance(seed, 'identity', target.id))
  const { id: _, ...facts } = device
  checked(deviceSchema, facts, (path) => ({ at: OPTION_OF[path.join('.')] ?? path.join('.'), frame: [] }))
  return device
}

function write(
  target: Target,
  like: DeviceDefinition,
  choices: Choices,
  seed: number,
  registration: Registration | undefined,
  isJson = false,
): number {
  const device = make(target, like, choices, seed)
  const isBesideSchema = existsSync(join(dirname(target.path), 'device.schema.json'))
  const comment = [
    ...(isBesideSchema ? ['yaml-language-server: $schema=./device.schema.json'] : []),
    `Made by "oobe device new", like ${like.id}; its identity is that of seed ${seed}.`,
  ]
  const text = deviceFileText(device, comment.join('\n'))
  refuseUnreadable(target, text)
  const isNamed = target.path === join(workingFolder(), 'devices', `${target.id}.yaml`)
  const name = isNamed ? target.id : target.shown
  const edit = registration && editTenant(registration.tenant, entryOf(name, registration), target.path)
  const before = edit && existsSync(target.path) ? readFileSync(target.path) : undefined
  writeWhole(target.path, text)
  try {
    edit?.write()
  } catch (error) {
    // All of it or nothing.
    if (before) writeWhole(target.path, before)
    else removeFile(target.path)
    throw error
  }
  if (isJson) {
    const registered = edit && { file: edit.file, ...edit.entry }
    const { serialNumber } = device.smbios
    print(
      JSON.stringify({ file: target.shown, device: name, like: like.id, serialNumber, seed, registered }, undefined, 2),
    )
    return EXIT.pass
  }
  print(`${target.shown} written: like ${like.id}, serial number ${device.smbios.serialNumber}, seed ${seed}`)
  for (const line of edit ? nextSteps(edit) : [`oobe boot ${name}`]) print(line)
  return EXIT.pass
}

const entryOf = (device: string, { groupTag }: Registration) => ({
  device,
  ...(groupTag === undefined ? {} : { groupTag }),
})

/** What is written can be read again. Codes of {@link readYaml}. */
function refuseUnreadable({ shown }: Target, text: string): void {
  try {
    readYaml(shown, text, deviceSchema)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError(error.code, `nothing is written, for it could not be read: ${error.message}`, error.details)
  }
}
