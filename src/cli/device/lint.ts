import { DecodeError, UserError } from '../../domain/trouble.ts'
import type { Finding } from '../../protocols/hardware-hash/finding.ts'
import { type HashInspection, inspectHardwareHash } from '../../protocols/hardware-hash/inspect.ts'
import { lintHardwareReport } from '../../protocols/hardware-hash/lint.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { asUserError, type NamedHash, readHashes } from './hash-operand.ts'
import { countText, findingLines, findingsJson, jsonLine } from './hash-text.ts'

const COMMAND = 'oobe device lint'

const HELP = `${COMMAND} [FILE|HASH|DEVICE|-]   checks a hardware hash, as oa3tool /ValidateHwHash does and further

  Damage, fields that Autopilot needs, values that must agree, values that the maker left empty.

  --json   an object in a line for each hash

Exit code: 0 without an error, 1 with one, 2 nothing that can be read`

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } }, COMMAND)
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (positionals.length > 1) throw new UserError('ERR_BAD_ARGUMENTS', 'one operand at a time')
  const hashes = await readHashes(positionals[0], COMMAND)
  let hasErrors = false
  for (const hash of hashes) {
    const findings = lint(hash, hashes.length === 1)
    if (values.json) print(jsonLine({ name: hash.name, ...findingsJson(findings) }))
    else print([`${hash.name}: ${countText(findings)}`, ...findingLines(findings)].join('\n'))
    hasErrors ||= findings.some(({ severity }) => severity === 'error')
  }
  return hasErrors ? EXIT.scenarioFailed : EXIT.pass
}

/** What cannot be read at all ends the command when it is alone, and is a finding among others. */
function lint({ name, input }: NamedHash, isAlone: boolean): Finding[] {
  try {
    const inspection = inspectHardwareHash(input)
    const values = lintHardwareReport(inspection.report)
    return [...inspection.findings, ...(isCut(inspection) ? values.filter(isThere) : values)]
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    if (isAlone) throw asUserError(error, name)
    return [{ severity: 'error', code: error.code, message: error.message }]
  }
}

/** Nothing is missing from the part that was not read. */
const isCut = ({ findings }: HashInspection): boolean =>
  findings.some(({ code }) => /^ERR_HASH_(TRUNC|RECORD)/.test(code))
const isThere = ({ code }: Finding): boolean => code !== 'HASH_FIELD_MISSING'
