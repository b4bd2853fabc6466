import { DecodeError, UserError } from '../../domain/trouble.ts'
import { fieldRows } from '../../protocols/hardware-hash/field-rows.ts'
import { type HashInspection, inspectHardwareHash } from '../../protocols/hardware-hash/inspect.ts'
import { lintHardwareReport } from '../../protocols/hardware-hash/lint.ts'
import { hardwareReportXml } from '../../protocols/hardware-hash/report-xml.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print, printError, printNote } from '../print.ts'
import { asUserError, type NamedHash, readHashes } from './hash-operand.ts'
import { countText, fieldTable, findingLines, findingsJson, jsonLine, reportJson } from './hash-text.ts'

const COMMAND = 'oobe device decode'

const HELP = `${COMMAND} [FILE|HASH|DEVICE|-]   what a hardware hash says

  FILE     base64 text, the bare bytes, an archive of logs, or any text with hashes in it: a CSV, JSON, XML, a mail,
           a list of PowerShell, a settings file
  HASH     the base64 text itself
  DEVICE   a virtual device
  -        standard input, as without an operand

  --json   an object in a line for each hash
  --xml    as oa3tool /DecodeHwHash prints it

Exit code: 0 a whole hash, 1 a damaged one of which the rest is shown, 2 nothing that can be read`

/** How a hash is printed, by option. */
type Format = 'table' | 'json' | 'xml'

const OPTIONS = { json: { type: 'boolean' }, xml: { type: 'boolean' } } as const

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, COMMAND)
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (positionals.length > 1) throw new UserError('ERR_BAD_ARGUMENTS', 'one operand at a time')
  if (values.json && values.xml) throw new UserError('ERR_BAD_ARGUMENTS', '--json or --xml, not both')
  const format: Format = values.json ? 'json' : values.xml ? 'xml' : 'table'
  const hashes = await readHashes(positionals[0], COMMAND)
  if (format === 'xml' && hashes.length > 1) {
    const hint = 'Without --xml, or with --json, all of them are decoded'
    throw new UserError('ERR_BAD_ARGUMENTS', `there are ${hashes.length} hashes, and XML holds one`, [hint])
  }
  if (hashes.length === 1) return show(hashes[0]!, format)
  const codes = hashes.map((hash, index) => {
    if (format === 'table' && index > 0) print('')
    return showOrComplain(hash, format)
  })
  return Math.max(...codes)
}

/** One bad row does not hide the others. */
function showOrComplain(hash: NamedHash, format: Format): number {
  try {
    return show(hash, format)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    printError(error)
    return EXIT.usage
  }
}

function show({ name, input }: NamedHash, format: Format): number {
  const inspection = inspect(name, input)
  if (format === 'json') print(jsonOf(name, inspection))
  else if (format === 'xml') {
    print(hardwareReportXml(inspection.report))
    for (const line of findingLines(inspection.findings)) printNote(line)
  } else print(tableOf(name, inspection))
  return isDamaged(inspection) ? EXIT.scenarioFailed : EXIT.pass
}

function inspect(name: string, input: Uint8Array | string): HashInspection {
  try {
    return inspectHardwareHash(input)
  } catch (error) {
    if (error instanceof DecodeError) throw asUserError(error, name)
    throw error
  }
}

const isDamaged = ({ findings }: HashInspection): boolean => findings.some(({ severity }) => severity === 'error')

/** Of a hash that was cut its length says more than there is. */
function sizeText({ size, totalLength, readable }: HashInspection): string {
  if (readable === totalLength) return `${size} bytes, ${totalLength} of them records`
  return `${size} bytes, of which ${readable} are whole records; its length announces ${totalLength}`
}

function jsonOf(name: string, { report, findings, ...inspection }: HashInspection): string {
  const { size, totalLength, readable, records, checksum } = inspection
  return jsonLine({
    name,
    size,
    totalLength,
    readable,
    checksum,
    report: reportJson(report),
    records,
    ...findingsJson(findings),
  })
}

function tableOf(name: string, inspection: HashInspection): string {
  const { report, findings, checksum } = inspection
  const sum = checksum.stored === undefined ? 'missing' : checksum.stored === checksum.computed ? 'correct' : 'wrong'
  const lines = [`${name}: ${sizeText(inspection)}, checksum ${sum}`, '']
  lines.push(...fieldTable(fieldRows(report)))
  if (findings.length > 0) lines.push('', ...findingLines(findings))
  else lines.push('', `${countText(lintHardwareReport(report))} about its values: "oobe device lint" tells them`)
  return lines.join('\n')
}
