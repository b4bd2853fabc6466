import { DecodeError, UserError } from '../../domain/trouble.ts'
import { decodeHardwareHash } from '../../protocols/hardware-hash/decode.ts'
import { diffHardwareReports, type HardwareDiff } from '../../protocols/hardware-hash/diff.ts'
import type { DiffVerdict } from '../../protocols/hardware-hash/diff-tables.ts'
import type { HardwareReport } from '../../protocols/hardware-hash/report.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { asUserError, type NamedHash, readHashes, readOneHash } from './hash-operand.ts'
import { jsonLine, shortText, table, valueText } from './hash-text.ts'

const COMMAND = 'oobe device diff'

const HELP = `${COMMAND} A B   what differs between two hardware hashes, and what that means
${COMMAND} FILE   the same for the two hashes in a file, such as HardwareMismatchRemediationData

  A, B     as "oobe device decode" takes them: a file, a hash, a device, or - for standard input

  --json   an object in a line

Exit code: 0 the same device, though memory, system or screen may differ; 1 other identity, or none; 2 bad input`

const VERDICTS: Readonly<Record<DiffVerdict, string>> = {
  same: 'the same device',
  updated: 'the same device, not as it was',
  changed: 'one device with other parts',
  other: 'two devices',
  unknown: 'nothing tells whether it is one device',
}

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } }, COMMAND)
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const [before, after] = await twoHashes(positionals)
  const diff = diffHardwareReports(decode(before), decode(after))
  print(values.json ? jsonLine({ before: before.name, after: after.name, ...diff }) : textOf(before, after, diff))
  return diff.verdict === 'same' || diff.verdict === 'updated' ? EXIT.pass : EXIT.scenarioFailed
}

async function twoHashes(positionals: string[]): Promise<[NamedHash, NamedHash]> {
  const [first, second, ...more] = positionals
  if (more.length > 0) throw new UserError('ERR_BAD_ARGUMENTS', 'two hashes at a time')
  if (first !== undefined && second !== undefined) {
    if (first === '-' && second === '-') throw new UserError('ERR_BAD_ARGUMENTS', 'standard input is one hash, not two')
    return [await readOneHash(first, COMMAND), await readOneHash(second, COMMAND)]
  }
  const hashes = await readHashes(first, COMMAND)
  const [one, two] = hashes
  if (one !== undefined && two !== undefined && hashes.length === 2) return [one, two]
  const count = hashes.length === 1 ? 'one hash' : `${hashes.length} hashes`
  throw new UserError('ERR_BAD_ARGUMENTS', `there is ${count}, and two are compared`, [
    `"${COMMAND} --help" tells more`,
  ])
}

/** A record that is missing because of damage would look like a change. */
function decode({ name, input }: NamedHash): HardwareReport {
  try {
    return decodeHardwareHash(input)
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const { code, message, details } = asUserError(error, name)
    throw new UserError(code, message, [...details, '"oobe device decode" shows what can be read of it'])
  }
}

function textOf(before: NamedHash, after: NamedHash, { verdict, changes, conclusions }: HardwareDiff): string {
  const names = [`before: ${before.name}`, `after:  ${after.name}`, '']
  const rows = changes.map(({ record, field, before: was, after: is }) => [
    String(record).padStart(6),
    field,
    was === undefined ? '(none)' : valueText(was, 44),
    is === undefined ? '(none)' : valueText(is, 44),
  ])
  const changed = rows.length === 0 ? [] : [...table([['record', 'field', 'before', 'after'], ...rows]), '']
  const meaning = conclusions.map(({ code, text, source }) => `${code}: ${shortText(text, 600)} (${source})`)
  return [...names, ...changed, ...meaning, `Verdict: ${VERDICTS[verdict]}.`].join('\n')
}
