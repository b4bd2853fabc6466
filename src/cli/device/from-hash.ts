import { basename, resolve } from 'node:path'
import { hardwareReportOf } from '../../device/hardware-report.ts'
import { DecodeError, UserError } from '../../domain/trouble.ts'
import { EDITION_NAMES } from '../../domain/windows-versions.ts'
import { freshSeed, seededChance } from '../../ports/seeded-chance.ts'
import { decodeHardwareHash } from '../../protocols/hardware-hash/decode.ts'
import { diffHardwareReports } from '../../protocols/hardware-hash/diff.ts'
import type { HardwareReport } from '../../protocols/hardware-hash/report.ts'
import { deviceFileText } from '../../scenario/device-file.ts'
import { deviceSchema } from '../../scenario/schema/device.ts'
import { workingFolder } from '../../scenario/working-folder.ts'
import { readYaml } from '../../scenario/yaml-file.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions, parseSeed, refuseWithout } from '../options.ts'
import { print, printNote } from '../print.ts'
import { oneOf } from './ask-choices.ts'
import { CAPTURED_AT } from './captured-at.ts'
import { deviceFromReport, type FromReport } from './device-from-report.ts'
import { readOneHash } from './hash-operand.ts'
import { valueText } from './hash-text.ts'
import { refuseExisting, writeWhole } from './write-new-file.ts'

const COMMAND = 'oobe device from-hash'

const HELP = `${COMMAND} [FILE|HASH|DEVICE|-]   the file of a device that says what a hardware hash says

  FILE, HASH, DEVICE, -   as for "oobe device decode"; it holds one hash
  --out FILE              write it there, a path that ends in .yaml (default: standard output)
  --anonymise             replace serial number, UUID, MAC addresses, product key and disk serial number by synthetic ones
  --edition E             ${EDITION_NAMES.join(', ')} (default: SE; no hash tells it)
  --title TEXT
  --seed N                the same seed and file name make the same synthetic values (default: a fresh one)
  --force                 replace a file that is there
  --json                  with --out: which file was written, and what it could not say, for programs

What the hash does not tell is made up, and each such line says so. Without --anonymise the file holds the identifiers of
a real device. The private half of its endorsement key is in no hash: the device has another key.`

const OPTIONS = {
  out: { type: 'string' },
  anonymise: { type: 'boolean' },
  edition: { type: 'string' },
  title: { type: 'string' },
  seed: { type: 'string' },
  force: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, COMMAND)
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (positionals.length > 1) throw new UserError('ERR_BAD_ARGUMENTS', 'one operand at a time')
  refuseWithout(values, 'force', 'out')
  refuseWithout(values, 'json', 'out')
  const id = values.out === undefined ? 'device-from-hash' : idOf(values.out)
  const path = values.out === undefined ? undefined : resolve(workingFolder(), values.out)
  if (path !== undefined) refuseExisting(path, values.out!, values.force ?? false)
  const seed = values.seed === undefined ? freshSeed() : parseSeed(values.seed)
  const report = await readReport(positionals[0])
  const isAnonymous = values.anonymise ?? false
  const choices = {
    isAnonymous,
    ...(values.title === undefined ? {} : { title: values.title }),
    ...(values.edition === undefined ? {} : { edition: oneOf('edition', values.edition, EDITION_NAMES) }),
  }
  const made = deviceFromReport(id, report, choices, seededChance(seed, 'identity', id))
  const { device, remarks } = made
  const whose = isAnonymous ? `Its identity is that of seed ${seed}.` : 'It holds the identifiers of a real device.'
  const comment = `Made by "${COMMAND}" of a hardware hash. ${whose}\nSynthetic values are those of seed ${seed}.`
  const text = deviceFileText(device, comment, remarks)
  readYaml(values.out ?? `${id}.yaml`, text, deviceSchema)
  const notes = notesOf(report, made, isAnonymous)
  if (!values.json) for (const note of notes) printNote(note)
  if (path === undefined) {
    process.stdout.write(text)
    return EXIT.pass
  }
  writeWhole(path, text)
  if (values.json) {
    const { title, smbios } = device
    print(JSON.stringify({ file: values.out, title, serialNumber: smbios.serialNumber, seed, notes }, undefined, 2))
    return EXIT.pass
  }
  print(`${values.out} written: ${device.title}, serial number ${device.smbios.serialNumber}, seed ${seed}`)
  print(`oobe boot ${values.out}`)
  return EXIT.pass
}

function idOf(out: string): string {
  const id = /^(.+)\.ya?ml$/.exec(basename(out))?.[1]
  if (id === undefined) throw new UserError('ERR_BAD_ARGUMENTS', `the file of a device ends in .yaml: ${out}`)
  return id
}

async function readReport(operand: string | undefined): Promise<HardwareReport> {
  const { name, input } = await readOneHash(operand ?? '-', COMMAND)
  try {
    return decodeHardwareHash(input)
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    throw new UserError(error.code, error.message, [`in ${name}`, '"oobe device decode" shows what can be read of it'])
  }
}

const IDENTITY =
  /^(SmbiosSystemSerialNumber|SmbiosUuid|ProductKeyID|ProductKeyPkPn|MacAddress|DiskSerialNumber|DiskSSNKernel)$/

/** What the hash says and the device does not: none of it is lost without a word. */
function notesOf(report: HardwareReport, { device }: FromReport, isAnonymous: boolean): string[] {
  const { ekPublicModulus } = report
  const ek = ekPublicModulus && device.tpm?.version === '2.0' ? { modulus: ekPublicModulus } : undefined
  const own = hardwareReportOf(device, ek, report.tool?.time ?? CAPTURED_AT)
  const changes = diffHardwareReports(report, own).changes.filter(
    ({ field, before, area }) => before !== undefined && area !== 'time' && !(isAnonymous && IDENTITY.test(field)),
  )
  return [
    ...changes.map(({ field, before, after }) => {
      const instead = after === undefined ? 'leaves it out' : `says ${valueText(after)}`
      return `${field} of the hash is ${valueText(before!)}; a device file cannot say so, and the hash of the device ${instead}`
    }),
    ...(ek === undefined || isAnonymous ? [] : [OTHER_KEY]),
  ]
}

const OTHER_KEY =
  'the device has another endorsement key: a service that knows the real one answers 908. Register the hash of the file'
