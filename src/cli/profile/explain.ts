import { hasBit, OOBE_CONFIG, unknownBitsIn } from '../../domain/autopilot.ts'
import {
  certaintyOfBit,
  knownProfile,
  modeIn,
  OOBE_BIT_NAMES,
  OOBE_EFFECTS,
  oobeBitsIn,
  PAGES_BY_BIT,
} from '../../domain/explanations/oobe-config.ts'
import { UserError } from '../../domain/trouble.ts'
import type { ConfigurationFile } from '../../protocols/autopilot/configuration-file.ts'
import { columns } from '../columns.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { type NamedProfile, readProfile } from './profile-operand.ts'

const COMMAND = 'oobe profile explain'

const HELP = `${COMMAND} VALUE|FILE   what a profile shows and hides, and its mode

  --json   the same for programs

VALUE is a CloudAssignedOobeConfig: 1310, or 0x51e. FILE is AutopilotConfigurationFile.json, or another file with a profile
as a device has it; "-" is standard input. Of a file it says also whether Windows takes it.`

export async function run(args: string[]): Promise<number> {
  // A negative number is a mistake in the value, and no option.
  const operands = args.map((arg) => (/^-\d/.test(arg) ? ` ${arg}` : arg))
  const { values, positionals } = parseOptions(operands, { json: { type: 'boolean' } }, COMMAND)
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const [operand, ...more] = positionals.map((one) => one.trim())
  if (operand === undefined || more.length > 0) {
    throw new UserError('ERR_BAD_ARGUMENTS', operand === undefined ? 'which profile?' : 'one profile at a time', [
      `"${COMMAND} --help" tells what it may be`,
    ])
  }
  const profile = await readProfile(operand)
  const told = toldOf(profile)
  if (values.json) print(JSON.stringify(told, null, 2))
  else for (const line of linesOf(told)) print(line)
  return EXIT.pass
}

function toldOf({ value, file }: NamedProfile) {
  const unknown = unknownBitsIn(value)
  const bits = [
    ...oobeBitsIn(value).map((bit) => ({
      value: OOBE_CONFIG[bit],
      name: OOBE_BIT_NAMES[bit],
      effect: OOBE_EFFECTS[bit],
      certainty: certaintyOfBit(bit),
    })),
    ...singleBits(unknown).map((one) => ({
      value: one,
      name: 'unknown',
      effect: 'no source says what it does',
      certainty: 'unknown' as const,
    })),
  ]
  const profile = { oobeConfig: value }
  const isHidden = ({ bit }: (typeof PAGES_BY_BIT)[number]) => hasBit(profile, bit)
  return {
    oobeConfig: value,
    known: knownProfile(value) ?? null,
    ...modeIn(value),
    account: hasBit(profile, 'userNotLocalAdmin') ? 'standard user' : 'local administrator',
    shown: PAGES_BY_BIT.filter((one) => !isHidden(one)).map(({ page }) => page),
    hidden: PAGES_BY_BIT.filter(isHidden).map(({ page, unless }) => ({ page, only: unless ?? null })),
    bits,
    file: file ? { name: file.name, ...verdictOn(file.read) } : null,
  }
}

const singleBits = (value: number): number[] =>
  Array.from({ length: 32 }, (_, index) => 2 ** index).filter((bit) => Math.floor(value / bit) % 2 === 1)

/** What Windows makes of it as `AutopilotConfigurationFile.json`. */
function verdictOn(read: ConfigurationFile): { isUsed: boolean; why: string; unread: string[] } {
  if (read.kind !== 'profile') return { isUsed: false, why: read.why, unread: [] }
  const { tenantDomain, ztdCorrelationId = '' } = read.profile
  return { isUsed: true, why: `a profile of ${tenantDomain}, correlation id ${ztdCorrelationId}`, unread: read.unread }
}

function linesOf(told: ReturnType<typeof toldOf>): string[] {
  const { oobeConfig, known, mode, why, account, shown, hidden, bits, file } = told
  const hiddenText = hidden.map(({ page, only }) => (only === null ? page : `${page} (${only})`))
  return [
    `CloudAssignedOobeConfig ${oobeConfig}${known === null ? '' : `: ${known}`}`,
    ...columns(bits.map((bit) => [`  ${String(bit.value).padStart(5)}`, bit.name, bit.effect, bit.certainty])),
    ...(bits.length === 0 ? ['  no bit is set'] : []),
    ...columns([
      ['mode', `${mode}: ${why}`],
      ['account', account],
      ['shown', shown.join(', ') || 'none of these pages'],
      ['hidden', hiddenText.join(', ') || 'none of these pages'],
    ]),
    ...(file === null
      ? []
      : [
          `As AutopilotConfigurationFile.json Windows ${file.isUsed ? 'takes' : 'does not take'} it: ${file.why}`,
          ...(file.unread.length === 0 ? [] : [`Not read: ${file.unread.join(', ')}`]),
        ]),
  ]
}
